using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Arrears;

[Table("obligation", "ledger obligation", Header = true,
    Fixed = "kind project subcontractor payroll period episode",
    Unique = ["project subcontractor kind period payroll episode"])]
public sealed record ObligationRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Obligation { get; init; }
    public required long Version { get; init; }
    public required ObligationKind Kind { get; init; }
    public required long Project { get; init; }
    public required long Subcontractor { get; init; }
    public long? Payroll { get; init; }
    public required string Period { get; init; }
    public required long Episode { get; init; }
    public required ObligationState State { get; init; }
    public required LocalDate DueDate { get; init; }
    public LocalDate? DemandedOn { get; init; }
    public required LocalDate NextDeadline { get; init; }
    public required long Lines { get; init; }
    public required long AmountFen { get; init; }
    public required long LinesOpen { get; init; }
    public required long OpenFen { get; init; }
}

[Table("obligation_line", "ledger obligation line")]
public sealed record ObligationLineRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Obligation { get; init; }
    public required long Line { get; init; }
    public required long Worker { get; init; }
    public long? Claim { get; init; }
    public required long AmountFen { get; init; }
}

[Table("obligation_line_left", "ledger obligation line")]
public sealed record ObligationLineLeftRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Obligation { get; init; }
    public required long Line { get; init; }
    public required LeftCause Cause { get; init; }
    public string? Document { get; init; }
}

[Table("pay_order", "ledger pay_order", Unique = ["number"])]
public sealed record PayOrderRow : IFactRow
{
    public long Ledger { get; set; }
    public required long PayOrder { get; init; }
    public required string Number { get; init; }
    public required string Authority { get; init; }
    public required LocalDate IssuedOn { get; init; }
    public required LocalDate Deadline { get; init; }
    public required string Document { get; init; }
}

[Table("pay_order_line", "ledger pay_order line")]
public sealed record PayOrderLineRow : IFactRow
{
    public long Ledger { get; set; }
    public required long PayOrder { get; init; }
    public required long Line { get; init; }
    public required long Project { get; init; }
    public required long Subcontractor { get; init; }
    public long? Payroll { get; init; }
    public required long AmountFen { get; init; }
    public required long DocumentRow { get; init; }
}

[Table("recovery_claim", "ledger recovery", Header = true, Fixed = "debtor_kind debtor amount_fen")]
public sealed record RecoveryClaimRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Recovery { get; init; }
    public required long Version { get; init; }
    public required RecoveryState State { get; init; }
    public required DebtorKind DebtorKind { get; init; }
    public required long Debtor { get; init; }
    public long? Release { get; init; }
    public long? Claim { get; init; }
    public required long AmountFen { get; init; }
}

[Table("warning", "ledger warning", Header = true, Fixed = "rule subject episode", Unique = ["rule subject episode"])]
public sealed record WarningRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Warning { get; init; }
    public required long Version { get; init; }
    public required string Rule { get; init; }
    public required string Subject { get; init; }
    public required long Episode { get; init; }
    public required WarningTier Tier { get; init; }
    public required WarningLevel Level { get; init; }
    public required WarningState State { get; init; }
    public required Instant RaisedAt { get; init; }
    public required long AmountFen { get; init; }
    public required long Lines { get; init; }
}

[Table("outbox", "ledger sequence")]
public sealed record OutboxRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Sequence { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }

    /// <summary>Code of GB/T 2260 of the place it happened at; the ledger's own where it is no project's.</summary>
    public required string Region { get; init; }
    public required string Body { get; init; }
}
