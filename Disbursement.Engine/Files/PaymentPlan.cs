using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Files;

/// <summary>The head of a disbursement file (代发文件) as planned: what a codec encodes, with no bank in it yet.</summary>
/// <param name="Reference">Our file reference, unique per bank customer id, in the profile's batch width.</param>
/// <param name="PayerAccount">Number of the wage account (or its bank account), full.</param>
/// <param name="PayerName">Name of the wage account as the bank holds it.</param>
/// <param name="PayerBankCode">CNAPS number of the payer's branch, 12 digits.</param>
/// <param name="CustomerId">The bank's id of its customer, or the agreement number the profile asks for.</param>
/// <param name="ExecutionDate">The day the bank is asked to pay on.</param>
/// <param name="CreatedAt">The decision's moment in the bank's local time. Never the clock.</param>
/// <param name="Lines">How many instructions follow.</param>
/// <param name="Total">Their sum.</param>
/// <param name="Purpose">Text for the payee's statement, e.g. 代发工资.</param>
public sealed record PaymentPlan(string Reference, string PayerAccount, string PayerName, string PayerBankCode,
    string CustomerId, LocalDate ExecutionDate, LocalDateTime CreatedAt, int Lines, Money Total, string Purpose);

/// <summary>One credit to one worker.</summary>
/// <param name="Row">Position in the file, from 1.</param>
/// <param name="RowReference">Our row reference in the profile's row width.</param>
/// <param name="Account">Payee account or card, digits.</param>
/// <param name="Name">Payee name exactly as the bank holds it.</param>
/// <param name="BankCode">CNAPS number of the payee's bank or branch,
/// 12 digits; empty for an account at the payer's bank.</param>
/// <param name="BankName">Name of the payee's bank; empty for an account at the payer's bank.</param>
/// <param name="Amount">The claim's net.</param>
/// <param name="Remark">Text of this line, e.g. the pay period.</param>
public readonly record struct CreditInstruction(int Row, string RowReference, string Account, string Name,
    string BankCode, string BankName, Money Amount, string Remark);
