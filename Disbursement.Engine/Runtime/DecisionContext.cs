using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Runtime;

/// <summary>
/// What a handler decides with: the command, the moment, who asks, the locked ledger's rows, ids and vault.
/// </summary>
public sealed class DecisionContext(LedgerHeadRow head, Instant at, Command command, ILedgerSession session,
    IReadOnlyList<StoredDocument> inputs)
{
    private readonly Counters _counters = Counters.Parse(head.Counters);
    private readonly Dictionary<long, string> _regions = [];

    public long Ledger => head.Ledger;
    public LedgerHeadRow Head => head;

    /// <summary>Decision time: max(clock, the ledger's last time), read once.</summary>
    public Instant At => at;

    /// <summary>The day in China the moment falls on (UTC+8 all year).</summary>
    public LocalDate Today => at.InZone(China).Date;
    public static readonly DateTimeZone China = DateTimeZone.ForOffset(Offset.FromHours(8));

    public Command Command => command;

    /// <summary>The enrolled person whose signature over this command was verified, or null.</summary>
    public PersonRow? Actor { get; internal set; }

    public IRowReader Rows => session.Rows;
    public ISetQueries Queries => session.Queries;
    public IVault Vault => session.Vault;

    /// <summary>What the handler's Prepare gave.</summary>
    public object? Prepared { get; internal init; }

    /// <summary>The command's input documents as they are stored, in its order.</summary>
    public IReadOnlyList<StoredDocument> Inputs => inputs;

    /// <summary>Digest of the first input of that kind.</summary>
    public string InputDigest(string kind) => inputs.FirstOrDefault(d => d.Row.Kind == kind)?.Row.Digest
        ?? throw new DefectException($"{command.Verb}: no input document of kind {kind}");

    public InputDocument? Input(string kind) => command.Inputs.FirstOrDefault(d => d.Kind == kind);

    /// <summary>The next id of a noun: derived from the ledger alone, so a replay allocates the same.</summary>
    public long NextId(string noun, long count = 1) => _counters.Allocate(noun, count);

    /// <summary>No later id of a noun is this or less.</summary>
    public void Beyond(string noun, long last) => _counters.Raise(noun, last);

    /// <summary>Code of the place of a project; the ledger's own where there is none. Asked once of each project: a
    /// sweep tells of thousands of warnings.</summary>
    public string RegionOf(long? project)
    {
        if (project is not { } id) return $"{Ledger}";
        if (!_regions.TryGetValue(id, out var region))
            _regions[id] = region = Rows.Find<ProjectRow>(("project", id))?.Region ?? $"{Ledger}";
        return region;
    }

    /// <summary>The head's counters after this decision.</summary>
    public string CountersText => _counters.ToString();

    /// <summary>Makes a document of this decision: stored in its transaction, named by its leaf.</summary>
    public StoredDocument Document(string kind, ReadOnlyMemory<byte> content, bool personal) =>
        session.Vault.Seal(new InputDocument(kind, content, personal), output: true);
}

/// <summary>The ledger's id counters, kept as "noun=last" pairs in the head row.</summary>
public sealed class Counters
{
    private readonly SortedDictionary<string, long> _last = new(StringComparer.Ordinal);

    public static Counters Parse(string text)
    {
        var counters = new Counters();
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            counters._last[pair[..at]] =
                long.Parse(pair[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        }
        return counters;
    }

    /// <summary>The first of <paramref name="count"/> contiguous ids.</summary>
    public long Allocate(string noun, long count)
    {
        _last.TryGetValue(noun, out var last);
        _last[noun] = checked(last + count);
        return last + 1;
    }

    /// <summary>Lifts a counter to at least this; never lowers it.</summary>
    public void Raise(string noun, long last)
    {
        if (last > _last.GetValueOrDefault(noun)) _last[noun] = last;
    }

    public override string ToString() => string.Join(' ', _last.Select(p => $"{p.Key}={p.Value}"));
}
