using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Complaints;

/// <summary>What two people answered a complaint: Owed ends nothing, the other two end it. The names are what the
/// database holds.</summary>
public enum ComplaintOutcome { Paid, Owed, Withdrawn }

/// <summary>A worker says "not paid" (投诉未付), whatever the books say. Open until an answer ends it.</summary>
[Table("wage_complaint", "ledger complaint")]
public sealed record WageComplaintRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Complaint { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }

    /// <summary>"2026-01-01/2026-01-31", the time it is about; null: every wage of the project due by then.</summary>
    public string? Period { get; init; }
    public required LocalDate MadeOn { get; init; }

    /// <summary>Who took it.</summary>
    public required long Person { get; init; }
    public required string Document { get; init; }
}

/// <summary>An answer to a complaint, by two people and a document.</summary>
[Table("wage_complaint_answer", "ledger complaint n")]
public sealed record WageComplaintAnswerRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Complaint { get; init; }

    /// <summary>1, 2, … of one complaint.</summary>
    public required long N { get; init; }
    public required ComplaintOutcome Outcome { get; init; }
    public required LocalDate AnsweredOn { get; init; }
    public required string Document { get; init; }

    /// <summary>Whether it ends the complaint.</summary>
    public static bool Ends(ComplaintOutcome? outcome) =>
        outcome is ComplaintOutcome.Paid or ComplaintOutcome.Withdrawn;
}

/// <summary>A worker confirms a payroll's sheet (本人确认), or that a wage was received (确认收到).</summary>
[Table("wage_confirmation", "ledger confirmation")]
public sealed record WageConfirmationRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Confirmation { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }

    /// <summary>The payroll whose line is confirmed; null where receipt is.</summary>
    public long? Payroll { get; init; }

    /// <summary>The wage that was received; null where a sheet is confirmed.</summary>
    public long? Claim { get; init; }
    public required LocalDate ConfirmedOn { get; init; }
    public required long Person { get; init; }
    public required string Document { get; init; }
}

/// <summary>An open complaint with its newest answer, and whether the worker is still on the site.</summary>
public sealed record OpenComplaint
{
    public required long Complaint { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }
    public string? Period { get; init; }
    public required LocalDate MadeOn { get; init; }

    /// <summary>Owed, or null before any answer.</summary>
    public ComplaintOutcome? Answer { get; init; }

    /// <summary>The last day on the project, with every employer there; null where one registration has none.</summary>
    public LocalDate? LeftOn { get; init; }
}

/// <summary>Workers who left a project with neither settlement nor confirmation.</summary>
public sealed record UnsettledLeavers
{
    public required long Project { get; init; }
    public required long Heads { get; init; }
}
