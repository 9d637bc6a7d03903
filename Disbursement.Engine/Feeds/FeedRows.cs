using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Feeds;

/// <summary>
/// A subscriber (订阅方) of the warning feed: what it is told, what was made up into batches for it, and what it has said
/// that it holds.
/// </summary>
[Table("feed_subscriber", "ledger subscriber", Header = true, Fixed = "name region kinds algorithm from_sequence",
    Unique = ["name"])]
public sealed record FeedSubscriberRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Subscriber { get; init; }
    public required long Version { get; init; }
    public required string Name { get; init; }
    public required SubscriberState State { get; init; }

    /// <summary>Code of GB/T 2260 whose records it gets; empty: every region's.</summary>
    public required string Region { get; init; }

    /// <summary>Kinds of record, separated by blanks; empty: every kind.</summary>
    public required string Kinds { get; init; }
    public required string Algorithm { get; init; }
    public required long FromSequence { get; init; }

    /// <summary>Where batches are posted; null: the subscriber comes for them.</summary>
    public string? Url { get; init; }

    /// <summary>Digest of the public key (PEM) that its batches are signed with from now on.</summary>
    public required string KeyDocument { get; init; }
    public required long Batches { get; init; }

    /// <summary>The subscriber's own number of its last record: 1, 2, 3 … without a gap.</summary>
    public required long Records { get; init; }

    /// <summary>The outbox's number of that record; up to it everything has been looked at.</summary>
    public required long ToSequence { get; init; }

    /// <summary>SHA-256 of the last batch, which the next one names.</summary>
    public required string Digest { get; init; }

    /// <summary>The last record that the subscriber said it holds.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Attempts that failed since the last one that did not.</summary>
    public required long Attempts { get; init; }
    public required FeedAnswer Answer { get; init; }

    /// <summary>HTTP status of the last answer, where there was one.</summary>
    public long? AnswerStatus { get; init; }
    public Instant? AttemptedAt { get; init; }
    public Instant? NextAttemptAt { get; init; }
    public Instant? LeaseUntil { get; init; }
}

/// <summary>
/// Some records of the outbox made up for one subscriber. Its bytes follow from the outbox, which never changes, so
/// that they need not be kept a second time; the signature is kept, for SM2's is another each time.
/// </summary>
[Table("feed_batch", "ledger subscriber batch")]
public sealed record FeedBatchRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Subscriber { get; init; }
    public required long Batch { get; init; }

    /// <summary>The subscriber's numbers of its first and last record.</summary>
    public required long FirstN { get; init; }
    public required long LastN { get; init; }

    /// <summary>The outbox's numbers that it comes from: those after the first, up to the second.</summary>
    public required long AfterSequence { get; init; }
    public required long ToSequence { get; init; }
    public required string Previous { get; init; }
    public required string Digest { get; init; }
    public required string KeyDocument { get; init; }
    public required string Signature { get; init; }
}
