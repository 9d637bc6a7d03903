using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Returns;

[Table("payment_outcome", "ledger claim attempt seq")]
public sealed record PaymentOutcomeRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Claim { get; init; }
    public required long Attempt { get; init; }
    public required long Seq { get; init; }
    public required OutcomeKind Kind { get; init; }
    public required OutcomeSource Source { get; init; }
    public required string Reason { get; init; }
    public required long AmountFen { get; init; }
    public required string BankReference { get; init; }
    public LocalDate? ValueDate { get; init; }
    public required string Document { get; init; }
    public required long DocumentLine { get; init; }
}

[Table("payment_death", "ledger claim attempt")]
public sealed record PaymentDeathRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Claim { get; init; }
    public required long Attempt { get; init; }
    public required long Seq { get; init; }
}

[Table("bank_message", "ledger message", Unique = ["document profile name"])]
public sealed record BankMessageRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Message { get; init; }
    public required string Profile { get; init; }
    public required string Name { get; init; }
    public required string Document { get; init; }
    public string? Signature { get; init; }
    public required Instant ReceivedAt { get; init; }
}

[Table("message_progress", "ledger message", Header = true)]
public sealed record MessageProgressRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Message { get; init; }
    public required long Version { get; init; }
    public required MessageState State { get; init; }
    public required long LinesApplied { get; init; }
    public required long Exceptions { get; init; }
}

[Table("bank_exception", "ledger exception")]
public sealed record BankExceptionRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Exception { get; init; }
    public required string Kind { get; init; }
    public long? Message { get; init; }

    /// <summary>The statement that a treasurer imported; a message names its own document.</summary>
    public string? Document { get; init; }
    public required long DocumentLine { get; init; }
    public long? File { get; init; }
    public long? Claim { get; init; }
    public long? Account { get; init; }
    public required long AmountFen { get; init; }
    public required long ExpectedFen { get; init; }
    public required string Detail { get; init; }
}

[Table("bank_statement", "ledger statement", Unique = ["bank_account statement_id"])]
public sealed record BankStatementRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Statement { get; init; }
    public required long BankAccount { get; init; }
    public required string StatementId { get; init; }
    public required string Document { get; init; }
    public required LocalDate FromDate { get; init; }
    public required LocalDate ToDate { get; init; }
    public required long OpeningFen { get; init; }
    public required long ClosingFen { get; init; }
}

[Table("statement_entry", "ledger statement line")]
public sealed record StatementEntryRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Statement { get; init; }
    public required long Line { get; init; }
    public required LocalDate BookedOn { get; init; }
    public required long AmountFen { get; init; }
    public required string Kind { get; init; }
    public required string BankReference { get; init; }
    public required string Reference { get; init; }
    public required long Account { get; init; }
    public long? File { get; init; }
}
