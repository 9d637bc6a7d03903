namespace Disbursement.Engine.Payroll;

/// <summary>A claim that stands where another would be written.</summary>
public sealed record StandingClaim
{
    public required long Claim { get; init; }
    public required long Worker { get; init; }
    public required long Payroll { get; init; }
    public required string Period { get; init; }
    public required long Revision { get; init; }

    /// <summary>1 where it was voided: the next revision may then be written.</summary>
    public required long Voided { get; init; }
}
