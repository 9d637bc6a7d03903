using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Recalls;

/// <summary>Why a payment is called back, of ISO 20022's ExternalCancellationReason1Code.</summary>
public enum RecallReason
{
    /// <summary>DUPL: the payment is a duplicate of another.</summary>
    Duplicate,
    /// <summary>AM09: not the amount that was meant.</summary>
    WrongAmount,
    /// <summary>AC03: not the account that was meant.</summary>
    WrongAccount,
    /// <summary>TECH: sent by a technical error.</summary>
    TechnicalProblem,
    /// <summary>CUST: asked for by the payer.</summary>
    RequestedByPayer,
    /// <summary>FRAD: of fraudulent origin.</summary>
    Fraud,
}

/// <summary>A request to the bank not to pay a file, or lines of it, or to get the money back (撤销代发). A request
/// changes nothing: only the bank's answer is evidence.</summary>
/// <param name="Reference">Our reference of the request: the file's, a C and two digits.</param>
/// <param name="File">The head of the file as it was sent.</param>
/// <param name="Lines">The lines called back, as they were sent; empty for the whole file.</param>
/// <param name="CreatedAt">The decision's moment in the bank's local time. Never the clock.</param>
public sealed record RecallRequest(string Reference, PaymentPlan File, IReadOnlyList<CreditInstruction> Lines,
    RecallReason Reason, NodaTime.LocalDateTime CreatedAt)
{
    /// <summary>Two digits number the requests about a file.</summary>
    public const int MostOfAFile = 99;

    /// <summary>The n-th request about a file, n from 1 to 99.</summary>
    public static string ReferenceOf(string file, int n)
    {
        Invariant.Holds(n is >= 1 and <= MostOfAFile, "a file is called back 1 to 99 times");
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}C{n:00}");
    }

    /// <summary>What is called back, in lines and fen.</summary>
    public (int Lines, Money Total) Sums => Lines.Count == 0 ? (File.Lines, File.Total)
        : (Lines.Count, Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount));
}
