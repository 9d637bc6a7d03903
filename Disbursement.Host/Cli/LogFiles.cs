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
public sealed class LogFiles(Dialect dialect, string? keyPath, string? anchorPath)
{
    private readonly string _beside = dialect is SqliteDialect sqlite
        ? Path.GetFullPath(sqlite.Path)
        : Path.GetFullPath(Path.Combine("data",
            new NpgsqlConnectionStringBuilder(((PostgresDialect)dialect).OwnerConnection).Database ?? "postgres"));

    public string KeyPath => keyPath ?? Path.Combine(Path.GetDirectoryName(_beside)!, "keys", "log.key.pem");

    /// <summary>Each ledger has a log of its own, hence an anchor of its own.</summary>
    public string AnchorPath(long ledger) => anchorPath is null ? $"{_beside}.{ledger}.anchor" : anchorPath;

    public IReadOnlyList<INoteVerifier> Verifiers(string origin) => LogKey.Find(KeyPath)?.Verifiers(origin) ?? [];

    /// <summary>
    /// Refusals of ledgers that are not at or beyond their anchor. Without an anchor nothing is read at all; with one
    /// that is the head itself, no leaf.
    /// </summary>
    public IReadOnlyList<Finding> CheckAnchors()
    {
        var findings = new List<Finding>();
        foreach (var head in new LedgerStore(dialect).Ledgers().Where(l => File.Exists(AnchorPath(l.Ledger))))
        {
            using var log = new LiveLog(dialect, head.Ledger);
            findings.AddRange(CheckAnchor(log));
        }
        return findings;
    }

    /// <summary>Holds one ledger against its anchor; a missing anchor is a warning.</summary>
    public IReadOnlyList<Finding> CheckAnchor(LiveLog log) => log.Head is { } head
        ? new Anchor(AnchorPath(log.Ledger)).Check(head, log.LeafHashes(), Verifiers(log.Origin))
        : [RebuildRules.HeadDiffers.Of(log.Ledger.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
