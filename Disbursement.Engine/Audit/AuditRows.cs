using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Audit;

[Table("ledger_head", "ledger", Header = true, Fixed = "epoch rehearsal")]
public sealed record LedgerHeadRow : IHeaderRow
{
    public long Ledger { get; set; }
    public required long Version { get; init; }
    public required string Epoch { get; init; }
    public required long Rehearsal { get; init; }
    public required Instant LastAt { get; init; }
    public required long Leaves { get; init; }
    public required string Frontier { get; init; }
    public required string Counters { get; init; }

    /// <summary>The head of a ledger before its first leaf.</summary>
    public static LedgerHeadRow Before(long ledger, string epoch, long rehearsal) => new()
    {
        Ledger = ledger,
        Version = 1,
        Epoch = epoch,
        Rehearsal = rehearsal,
        LastAt = Instant.FromUnixTimeTicks(0),
        Leaves = 0,
        Frontier = "0",
        Counters = "",
    };
}

[Table("log_leaf", "ledger n")]
public sealed record LogLeafRow : IFactRow
{
    public long Ledger { get; set; }
    public required long N { get; init; }
    public required byte[] LeafHash { get; init; }
    public required byte[] Leaf { get; init; }
}

[Table("checkpoint", "ledger size")]
public sealed record CheckpointRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Size { get; init; }
    public required string Note { get; init; }
}

[Table("subject_key", "ledger subject")]
public sealed record SubjectKeyRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Subject { get; init; }
    public required byte[] Secret { get; init; }
}

[Table("document", "ledger digest", Unique = ["kind content_mac"])]
public sealed record DocumentRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Digest { get; init; }
    public required string Kind { get; init; }
    public required string ContentMac { get; init; }
    public string? KeySubject { get; init; }
    public required byte[] Bytes { get; init; }
}

[Table("adoption", "ledger kind name version")]
public sealed record AdoptionRow : IFactRow
{
    public long Ledger { get; set; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required long Version { get; init; }
    public required string Document { get; init; }
}
