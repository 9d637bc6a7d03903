using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Files;

[Table("disbursement_file", "ledger file", Header = true,
    Fixed = "release account profile reference name lines total_fen")]
public sealed record DisbursementFileRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }
    public required long Version { get; init; }
    public required long Release { get; init; }
    public required long Account { get; init; }
    public required string Profile { get; init; }
    public required long ProfileVersion { get; init; }
    public required string Reference { get; init; }
    public required string Name { get; init; }
    public required FileState State { get; init; }
    public required Instant BuiltAt { get; init; }
    public required long Lines { get; init; }
    public required long TotalFen { get; init; }
    public string? SealedDocument { get; init; }
    public string? SignatureDocument { get; init; }

    /// <summary>The stored records of the send journal that told of its sending after a restore.</summary>
    public string? JournalDocument { get; init; }
    public Instant? FirstSentAt { get; init; }

    /// <summary>When the newest sending was begun: until the quiet period after it is over a copy may be on its way.
    /// </summary>
    public Instant? LastSentAt { get; init; }
    public Instant? LeaseUntil { get; init; }
    public Instant? AnswerBy { get; init; }
    public required long LinesOpen { get; init; }
    public required long LinesSettled { get; init; }
    public required long LinesRejected { get; init; }
    public required long LinesReturned { get; init; }
    public required long OpenFen { get; init; }
    public required long SettledFen { get; init; }
    public required long RejectedFen { get; init; }
    public required long ReturnedFen { get; init; }
    public required long DebitedFen { get; init; }
    public required long RefundedFen { get; init; }
    public required long ReservedFen { get; init; }
}

/// <summary>A question to the bank about a file: a request, of which only the answer is evidence.</summary>
[Table("file_query", "ledger file query")]
public sealed record FileQueryRow : IFactRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }
    public required long Query { get; init; }
    public required string Reference { get; init; }
    public required string Document { get; init; }
    public string? Signature { get; init; }
    public required Instant AskedAt { get; init; }
}

[Table("payment", "ledger claim attempt", Unique = ["file row_reference"])]
public sealed record PaymentRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Claim { get; init; }
    public required long Attempt { get; init; }
    public long? PriorAttempt { get; init; }
    public required PaymentChannel Channel { get; init; }
    public long? Release { get; init; }
    public long? File { get; init; }
    public long? RowReference { get; init; }
    public required long AmountFen { get; init; }
    public long? PayeeVersion { get; init; }
    public byte[]? PayeeHash { get; init; }
    public string? Document { get; init; }
}
