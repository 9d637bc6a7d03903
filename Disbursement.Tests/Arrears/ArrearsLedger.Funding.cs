using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Returns;

namespace Disbursement.Tests.Arrears;

/// <summary>What the owner agreed to pay, and what came.</summary>
internal sealed partial class ArrearsLedger
{
    private const string Statements = "statement";

    /// <summary>A day the owner agreed to pay on; a later version of one that stands is the next.</summary>
    public void Agreed(string day, long? fen = null, long version = 1) => Put(new FundingDateRow
    {
        Project = Project,
        AgreedOn = Day(day),
        Version = version,
        AmountFen = fen,
        Document = "d",
        DocumentRow = 2,
    });

    /// <summary>A credit of the first account by a statement of that day.</summary>
    /// <param name="file">The file of ours it gives money of back, or null.</param>
    public void Deposit(string day, long fen, long? file = null)
    {
        var entries = All<AccountEntryRow>().Count(e => e.Account == 1);
        var posted = All<AccountEntryRow>().Where(e => e.Account == 1).Sum(e => e.PostedDeltaFen);
        Run((context, changes) =>
        {
            var document = context.InputDigest(Statements);
            changes.Insert(new BankStatementRow
            {
                Statement = entries + 1,
                BankAccount = 1,
                StatementId = string.Create(CultureInfo.InvariantCulture, $"S{entries + 1}"),
                Document = document,
                FromDate = Day(day),
                ToDate = Day(day),
                OpeningFen = posted,
                ClosingFen = posted + fen,
            }).Insert(new StatementEntryRow
            {
                Statement = entries + 1,
                Line = 1,
                BookedOn = Day(day),
                AmountFen = fen,
                Kind = "Credit",
                BankReference = "",
                Reference = "",
                Account = 1,
                File = file,
            }).Insert(new AccountEntryRow
            {
                Account = 1,
                N = entries + 1,
                Kind = EntryKind.BankCredit,
                PostedDeltaFen = fen,
                ReservedDeltaFen = 0,
                PostedAfterFen = posted + fen,
                ReservedAfterFen = 0,
                Document = document,
                DocumentLine = 1,
            });
        }, Paper(Statements, day));
    }
}
