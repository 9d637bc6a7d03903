using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Npgsql;

namespace Disbursement.Host.Cli;

/// <summary>
/// Where the log's key and the anchors of a database are: beside an SQLite file, under ./data for a PostgreSQL
/// database, or where the options say. In production both belong outside the data folder.
/// </summary>
/// <param name="keyPath">The key's file; null: log.key.pem in the folder of keys.</param>
/// <param name="anchorPath">A folder of anchors, or the anchor of a database with one ledger.</param>
/// <param name="keys">The folder of keys; null: keys beside the database.</param>
public sealed class LogFiles(Dialect dialect, string? keyPath, string? anchorPath, string? keys = null)
{
    private int? _ledgers;

    private readonly string _beside = dialect is SqliteDialect sqlite
        ? Path.GetFullPath(sqlite.Path)
        : Path.GetFullPath(Path.Combine("data",
            new NpgsqlConnectionStringBuilder(((PostgresDialect)dialect).OwnerConnection).Database ?? "postgres"));

    public string KeyPath => keyPath
        ?? Path.Combine(keys is null ? Path.Combine(Path.GetDirectoryName(_beside)!, "keys") : Path.GetFullPath(keys),
            "log.key.pem");

    /// <summary>
    /// Each ledger has a log of its own, hence an anchor of its own: in a folder that is named one for each, in a file
    /// that is named the one of a database with one ledger: of several, one's anchor would contradict the others.
    /// </summary>
    public string AnchorPath(long ledger)
    {
        if (anchorPath is null) return $"{_beside}.{ledger}.anchor";
        if (Directory.Exists(anchorPath))
            return Path.Combine(anchorPath, $"{Path.GetFileName(_beside)}.{ledger}.anchor");
        _ledgers ??= new LedgerStore(dialect).Ledgers().Count;
        return _ledgers > 1 ? throw Usage.AnchorOfOne(anchorPath, _ledgers.Value) : anchorPath;
    }

    /// <summary>Refuses, before anything is made, a further ledger where --anchor names one file.</summary>
    public void OneMore()
    {
        if (anchorPath is null || Directory.Exists(anchorPath) || !dialect.HoldsLedgers()) return;
        var ledgers = new LedgerStore(dialect).Ledgers().Count;
        if (ledgers > 0) throw Usage.AnchorOfOne(anchorPath, ledgers + 1);
    }

    public IReadOnlyList<INoteVerifier> Verifiers(string origin) => LogKey.Find(KeyPath)?.Verifiers(origin) ?? [];

    /// <summary>
    /// What a start is told: refusals of ledgers that are not at or beyond their anchor, and a warning for each that
    /// has checkpoints and no anchor any more. Where the anchor is the head itself, no leaf is read.
    /// </summary>
    public IReadOnlyList<Finding> CheckAnchors()
    {
        var findings = new List<Finding>();
        foreach (var head in new LedgerStore(dialect).Ledgers())
        {
            using var log = new LiveLog(dialect, head.Ledger);
            findings.AddRange(CheckAnchor(log));
        }
        return findings;
    }

    /// <summary>
    /// Holds one ledger against its anchor. That there is none is a warning once a checkpoint was signed: a first start
    /// has neither.
    /// </summary>
    public IReadOnlyList<Finding> CheckAnchor(LiveLog log)
    {
        var path = AnchorPath(log.Ledger);
        if (!File.Exists(path))
            return log.LastCheckpoint() is null ? [] : [AuditRules.AnchorMissing.Of(path)];
        return log.Head is { } head
            ? new Anchor(path).Check(head, log.LeafHashes(), Verifiers(log.Origin))
            : [RebuildRules.HeadDiffers.Of(log.Ledger.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// After the commits of a run: signs the ledger's head and makes it the anchor. One that is gone, is ahead or is of
    /// another history stays so, for whoever finds it at a start must see it; a log that another key signed before is
    /// not signed by a new one. A crash before it leaves a database beyond its anchor, which may start.
    /// </summary>
    /// <returns>What stands against signing this head.</returns>
    public IReadOnlyList<Finding> Advance(long ledger)
    {
        using var log = new LiveLog(dialect, ledger);
        var anchor = new Anchor(AnchorPath(ledger));
        var signedBefore = log.LastCheckpoint() is not null;
        if (File.Exists(AnchorPath(ledger)) ? !(anchor.Stated() is { } kept && log.GoesOnFrom(kept)) : signedBefore)
            return [];
        if (LogKey.Find(KeyPath) is null && signedBefore) return [RebuildRules.LogKeyMissing.Of(KeyPath)];
        var note = log.Sign(LogKey.Ensure(KeyPath), whole: false);
        if (!note.Accepted) return note.Findings;
        log.Alone(() => anchor.Advance(note.Value));
        return [];
    }
}
