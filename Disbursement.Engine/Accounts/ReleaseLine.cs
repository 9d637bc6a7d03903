namespace Disbursement.Engine.Accounts;

/// <summary>A claim that could be paid: nothing is on its way for it and nothing has met it.</summary>
public sealed record UnpaidClaim
{
    public required long Claim { get; init; }
    public required long PayrollLine { get; init; }
    public required long NetFen { get; init; }

    /// <summary>Attempts before, all dead.</summary>
    public required long Attempts { get; init; }
}

/// <summary>Lines of a payroll that a release holds and has not yet filed, or (Left) that have left it again.</summary>
public sealed record HeldRange
{
    public required long Release { get; init; }
    public required ReleaseState State { get; init; }
    public required long FromLine { get; init; }
    public required long ToLine { get; init; }
    public required long Left { get; init; }
}

/// <summary>A claim in a release, with where its money would go.</summary>
public sealed record ReleaseLine
{
    public required long Claim { get; init; }
    public required long Worker { get; init; }
    public required long Payroll { get; init; }
    public required long PayrollLine { get; init; }
    public required string Period { get; init; }
    public required long NetFen { get; init; }
    public required long Attempts { get; init; }
    public required long Deaths { get; init; }
    public long? PayeeVersion { get; init; }
    public byte[]? PayeeHash { get; init; }

    /// <summary>Attempts that the bank, or people, now say were credited, also those once recorded as dead.</summary>
    public required long Credited { get; init; }

    /// <summary>A payment of it is on its way, or has met it outside of this release, or it is voided.</summary>
    public bool Met => Attempts > Deaths || Credited > 0;
}
