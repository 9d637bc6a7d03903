using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Payroll;

[Table("payroll", "ledger payroll", Header = true, Fixed = "project employer team period kind number sheet sheet_name")]
public sealed record PayrollRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Payroll { get; init; }
    public required long Version { get; init; }
    public required PayrollState State { get; init; }
    public required long Project { get; init; }
    public required long Employer { get; init; }
    public required string Team { get; init; }
    public required string Period { get; init; }
    public required PayrollKind Kind { get; init; }
    public required long Number { get; init; }
    public required LocalDate DueDate { get; init; }
    public required string Sheet { get; init; }

    /// <summary>The sheet as its user named the file; findings name it so.</summary>
    public required string SheetName { get; init; }
    public required string LinesDocument { get; init; }
    public required string LinesRoot { get; init; }
    public string? EarningsDocument { get; init; }
    public long? SubmittedBy { get; init; }

    /// <summary>The reason it was last sent back for.</summary>
    public string? SentBackDocument { get; init; }
    public long? ApprovedBy { get; init; }
    public required long LinesDeclared { get; init; }
    public required long LinesPaid { get; init; }
    public required long LinesInFlight { get; init; }
    public required long LinesUnpaid { get; init; }
    public required long LinesVoided { get; init; }
    public required long DeclaredFen { get; init; }
    public required long PaidFen { get; init; }
    public required long InFlightFen { get; init; }
    public required long UnpaidFen { get; init; }
    public required long VoidedFen { get; init; }
}

[Table("payroll_finding", "ledger payroll n")]
public sealed record PayrollFindingRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Payroll { get; init; }
    public required long N { get; init; }
    public required string Rule { get; init; }
    public required string Severity { get; init; }
    public required long Line { get; init; }
    public required string DocumentColumn { get; init; }
    public required string Arguments { get; init; }
}

[Table("wage_claim", "ledger claim",
    Unique = ["worker project employer period component revision", "payroll payroll_line revision"])]
public sealed record WageClaimRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Claim { get; init; }
    public required long Worker { get; init; }
    public required long Project { get; init; }
    public required long Employer { get; init; }
    public required string Period { get; init; }
    public required long Component { get; init; }
    public required long Revision { get; init; }
    public required long Payroll { get; init; }
    public required long PayrollLine { get; init; }

    /// <summary>Attended days in hundredths.</summary>
    public required long Days { get; init; }

    /// <summary>Worked time in minutes.</summary>
    public required long Hours { get; init; }
    public required long GrossFen { get; init; }
    public required long DeductionsFen { get; init; }
    public required long NetFen { get; init; }
}
