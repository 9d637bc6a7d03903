using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// A claim with its latest attempt and the obligation line it stands on: what the due-date clock asks of it.
/// </summary>
public sealed record ClaimFacts
{
    public required long Claim { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }
    public required long Subcontractor { get; init; }
    public required long Payroll { get; init; }
    public required long PayrollLine { get; init; }
    public required string Period { get; init; }
    public required long NetFen { get; init; }
    public required LocalDate DueDate { get; init; }

    /// <summary>Number of the latest attempt; 0 before the first.</summary>
    public required long Attempt { get; init; }
    public PaymentChannel? Channel { get; init; }
    public ReleaseKind? ReleaseKind { get; init; }
    public FileState? FileState { get; init; }
    public Instant? AnswerBy { get; init; }

    /// <summary>The attempt's outcomes as bits: source × 4 + kind, in the order of their enums.</summary>
    public required long Outcomes { get; init; }

    /// <summary>The obligation whose open line this claim is, or null.</summary>
    public long? Obligation { get; init; }

    /// <summary>Where the claim stands, by the same derivation as everywhere.</summary>
    public ClaimState State(Instant at) => ClaimStates.Of(Latest(at), reserved: false);

    /// <summary>Unpaid or in flight: past its due date such a claim is owed (L4).</summary>
    public bool Owing(Instant at) => ClaimStates.Standing(State(at)) is ClaimStanding.Unpaid or ClaimStanding.InFlight;

    /// <summary>
    /// Only in flight, and its bank may still answer in time (answerBy of the profile): a line without demand or
    /// warning. A file not yet sent has no such time; what was contradicted is no mere waiting.
    /// </summary>
    public bool AwaitsAnswer(Instant at) =>
        AnswerBy is { } by && at <= by && State(at) is ClaimState.Sent or ClaimState.Unknown;

    private LatestAttempt? Latest(Instant at) => Channel is not { } channel
        ? null
        : new LatestAttempt(channel, ReleaseKind ?? default, FileState, OutcomesAsSet(), AnswerBy is { } by && at > by);

    private OutcomeSet OutcomesAsSet()
    {
        var set = OutcomeSet.Empty;
        foreach (var source in Enum.GetValues<OutcomeSource>())
            foreach (var kind in Enum.GetValues<OutcomeKind>())
                if ((Outcomes & 1L << 4 * (int)source + (int)kind) != 0) set = set.With(source, kind);
        return set;
    }
}

/// <summary>A payroll past due, and how many of its claims are unpaid or in flight by its counters (L3).</summary>
public sealed record DuePayroll
{
    public required long Payroll { get; init; }
    public required long Owing { get; init; }
}

/// <summary>A day somebody worked and no standing claim covers, with the terms that held on it.</summary>
public sealed record UncoveredDay
{
    public required long Project { get; init; }
    public required long Subcontractor { get; init; }
    public required long Worker { get; init; }
    public required LocalDate Day { get; init; }
    public LocalDate? LeftOn { get; init; }
    public required long Minutes { get; init; }
    public required long OvertimeMinutes { get; init; }
    public required long RestDayMinutes { get; init; }
    public required long HolidayMinutes { get; init; }
    public required long Pieces { get; init; }
    public required string Document { get; init; }
    public required long DocumentRow { get; init; }

    /// <summary>The terms' columns; null where no terms held.</summary>
    public LocalDate? SignedOn { get; init; }
    public string? RateKind { get; init; }
    public long? RateFen { get; init; }
    public string? PayCycle { get; init; }
    public long? PayDay { get; init; }
    public LocalDate? PieceDueOn { get; init; }
    public long? StandardMinutes { get; init; }
}

/// <summary>Heads of one project and month: with attendance, with a wage claim, and paid.</summary>
public sealed record MonthHeads
{
    public required long Project { get; init; }
    public required string Month { get; init; }
    public required long Attended { get; init; }
    public required long Claimed { get; init; }
    public required long Paid { get; init; }
}

/// <summary>What a bank returned of one payroll and nothing has paid since.</summary>
public sealed record ReturnedClaims
{
    public required long Payroll { get; init; }
    public required long Lines { get; init; }
    public required long AmountFen { get; init; }
    public LocalDate? Since { get; init; }
}

/// <summary>A day the owner agreed to pay on; the amount is null where no sum is agreed.</summary>
public sealed record AgreedFunding
{
    public required long Project { get; init; }
    public required LocalDate AgreedOn { get; init; }
    public long? AmountFen { get; init; }
}

/// <summary>What came into a project's wage account in all, and the day of the last of it.</summary>
public sealed record OwnerDeposit
{
    public required long Project { get; init; }
    public required long SumFen { get; init; }
    public required LocalDate LastOn { get; init; }
}
