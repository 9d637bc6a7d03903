using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Cards;

/// <summary>A batch of card applications on its way to a bank. Its number is of the same row as the files', so that its
/// reference is as unique at the bank as theirs.</summary>
[Table("card_batch", "ledger batch", Header = true,
    Fixed = "project account profile profile_version reference name person lines",
    Unique = ["profile reference"])]
public sealed record CardBatchRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Batch { get; init; }
    public required long Version { get; init; }
    public required long Project { get; init; }
    public required long Account { get; init; }
    public required string Profile { get; init; }
    public required long ProfileVersion { get; init; }
    public required string Reference { get; init; }
    public required string Name { get; init; }

    /// <summary>Who applied: the proposer of every account that comes of it.</summary>
    public required long Person { get; init; }
    public required FileState State { get; init; }
    public required Instant BuiltAt { get; init; }
    public string? SealedDocument { get; init; }
    public string? SignatureDocument { get; init; }
    public Instant? FirstSentAt { get; init; }

    /// <summary>Digest of the records of the send journal that showed, after a restore, that it went out.</summary>
    public string? JournalDocument { get; init; }
    public Instant? LeaseUntil { get; init; }
    public required long Lines { get; init; }
    public required long LinesOpen { get; init; }
    public required long LinesIssued { get; init; }
    public required long LinesRefused { get; init; }
}

/// <summary>A batch that the send journal knows and the restored database did not know as sent: here by now, or lost
/// with those who were on it.</summary>
[Table("journalled_cards", "ledger reference digest")]
public sealed record JournalledCardsRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Reference { get; init; }
    public required string Digest { get; init; }
    public required long Restore { get; init; }
    public required string Profile { get; init; }
    public required long Lines { get; init; }
}

/// <summary>One worker's application in a batch.</summary>
[Table("card_application", "ledger batch row_reference", Unique = ["batch worker"])]
public sealed record CardApplicationRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Batch { get; init; }
    public required long RowReference { get; init; }
    public required long Worker { get; init; }
}

/// <summary>The bank's word on one application: a version of the worker's account, or why there is none.</summary>
[Table("card_answer", "ledger batch row_reference")]
public sealed record CardAnswerRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Batch { get; init; }
    public required long RowReference { get; init; }
    public long? PayeeVersion { get; init; }
    public string? Reason { get; init; }
    public required string Document { get; init; }
    public required long DocumentLine { get; init; }
}

/// <summary>Somebody a card can be applied for.</summary>
public sealed record CardApplicant
{
    public required long Worker { get; init; }
    public required byte[] Sealed { get; init; }
    public byte[]? Secret { get; init; }
}

/// <summary>An application with what is known of it now.</summary>
public sealed record CardLine
{
    public required long RowReference { get; init; }
    public required long Worker { get; init; }
    public required byte[] Sealed { get; init; }
    public byte[]? Secret { get; init; }

    /// <summary>1 once the bank has answered.</summary>
    public required long Answered { get; init; }

    /// <summary>The version of the account that the answer gave.</summary>
    public long? Issued { get; init; }
    public byte[]? IssuedHash { get; init; }
    public string? Reason { get; init; }

    /// <summary>The worker's newest payee account.</summary>
    public long? PayeeVersion { get; init; }
    public byte[]? PayeeHash { get; init; }
}
