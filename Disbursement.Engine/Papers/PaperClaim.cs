using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>A wage claim as papers ask for it: who is owed what, by which payroll, and its latest attempt.</summary>
public sealed record PaperClaim
{
    public required long Claim { get; init; }
    public required long Worker { get; init; }

    /// <summary>The worker's sealed text and its key; no key once two people had it deleted.</summary>
    public required byte[] Sealed { get; init; }
    public byte[]? Secret { get; init; }
    public required string Employer { get; init; }
    public required string EmployerCode { get; init; }
    public required string Period { get; init; }
    public required long Payroll { get; init; }
    public required PayrollKind Kind { get; init; }
    public required long PayrollLine { get; init; }

    /// <summary>Attended days in hundredths, worked time in minutes.</summary>
    public required long Days { get; init; }
    public required long Hours { get; init; }
    public required long GrossFen { get; init; }
    public required long DeductionsFen { get; init; }
    public required long NetFen { get; init; }
    public required LocalDate DueDate { get; init; }

    /// <summary>The latest attempt; 0 and nulls before the first.</summary>
    public required long Attempt { get; init; }
    public PaymentChannel? Channel { get; init; }
    public long? Release { get; init; }
    public ReleaseKind? ReleaseKind { get; init; }
    public string? Profile { get; init; }
    public long? ProfileVersion { get; init; }
    public string? FileReference { get; init; }
    public long? RowReference { get; init; }
    public long? PayeeVersion { get; init; }
    public byte[]? PayeeSealed { get; init; }

    /// <summary>Evidence of a payment outside, or of a void.</summary>
    public string? Evidence { get; init; }

    /// <summary>The bank's newest word that it was credited: value date, when it reached us, its reference.</summary>
    public LocalDate? ValueDate { get; init; }
    public Instant? ReceivedAt { get; init; }
    public string? BankReference { get; init; }

    /// <summary>The newest word that it was not.</summary>
    public string? FailedReason { get; init; }
}
