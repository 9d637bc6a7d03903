using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Recalls;

/// <summary>What a bank says of a recall itself. What it says of the payment is an outcome like any other.</summary>
public enum RecallWord
{
    /// <summary>Accepted and carried out.</summary>
    Cancelled,
    /// <summary>Not carried out: the payment goes on.</summary>
    Refused,
    /// <summary>Being looked at.</summary>
    Pending,
    /// <summary>Accepted, not confirmed: the money may be on its way.</summary>
    Doubtful,
}

/// <summary>A recall (撤销) as two people decided it: a request, of which only the bank's answer is evidence.</summary>
[Table("recall", "ledger file recall", Unique = ["reference"])]
public sealed record RecallRow : IFactRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }

    /// <summary>From 1 within its file; no number stands twice, also none that the send journal shows.</summary>
    public required long Recall { get; init; }
    public required string Reference { get; init; }

    /// <summary>The name its bytes go to the bank under.</summary>
    public required string Name { get; init; }
    public required RecallReason Reason { get; init; }

    /// <summary>The rows called back, rising, with commas between; * is the whole file.</summary>
    public required string Rows { get; init; }
    public required long Lines { get; init; }
    public required long TotalFen { get; init; }
    public required Instant AskedAt { get; init; }
}

/// <summary>The request as encoded and signed. Every sending of it uses these bytes.</summary>
[Table("recall_seal", "ledger file recall")]
public sealed record RecallSealRow : IFactRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }
    public required long Recall { get; init; }
    public required string Document { get; init; }
    public string? Signature { get; init; }
}

/// <summary>What one call to the bank came to, with the transport's words.</summary>
[Table("recall_sending", "ledger file recall sending")]
public sealed record RecallSendingRow : IFactRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }
    public required long Recall { get; init; }
    public required long Sending { get; init; }
    public required SendingResult Result { get; init; }
    public required string Document { get; init; }
    public required Instant SentAt { get; init; }
}

/// <summary>What the bank said of a recall, of one row or (row 0) of all that was asked.</summary>
[Table("recall_answer", "ledger file recall row_reference word")]
public sealed record RecallAnswerRow : IFactRow
{
    public long Ledger { get; set; }
    public required long File { get; init; }
    public required long Recall { get; init; }
    public required long RowReference { get; init; }
    public required RecallWord Word { get; init; }
    public required long Message { get; init; }
    public required long DocumentLine { get; init; }
}

/// <summary>A recall that the send journal knows and the restored database did not: its answer may still come.
/// </summary>
[Table("journalled_recall", "ledger reference digest")]
public sealed record JournalledRecallRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Reference { get; init; }
    public required string Digest { get; init; }
    public required long Restore { get; init; }
    public required string Profile { get; init; }
    public required string FileReference { get; init; }
    public required string Rows { get; init; }
}
