namespace Disbursement.Engine.Arrears;

/// <summary>An approved payroll, voided lines left out, that may be below the minimum wage.</summary>
public sealed record LowMean
{
    public required long Payroll { get; init; }

    /// <summary>GB/T 2260, of its project.</summary>
    public required string Region { get; init; }
    public required string Period { get; init; }
    public required long Heads { get; init; }
    public required long NetFen { get; init; }
}

/// <summary>
/// Of one project and month ("2026-01") or year ("2026"): workers paid too much, and what it paid them.
/// </summary>
public sealed record OverpaidSpan
{
    public required long Project { get; init; }
    public required string Span { get; init; }
    public required long Heads { get; init; }
    public required long PaidFen { get; init; }
}

/// <summary>Of one payroll: lines whose stated days are the money ÷ the day rate and not the gate's.</summary>
public sealed record BackwardLines
{
    public required long Payroll { get; init; }
    public required long Lines { get; init; }
    public required long GrossFen { get; init; }
}

/// <summary>What one obligation's open lines owe a worker.</summary>
public sealed record OwedToWorker
{
    public required long Obligation { get; init; }
    public required long Worker { get; init; }
    public required long AmountFen { get; init; }
}

/// <summary>Workers of one project whose card is another's too, or has been theirs for a short time only.</summary>
public sealed record OddCards
{
    public required long Project { get; init; }
    public required long Heads { get; init; }
}
