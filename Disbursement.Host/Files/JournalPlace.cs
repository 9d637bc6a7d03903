using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// Where the send journal lies. It is the witness against an older backup of the database, so it must not come back
/// with it: beside an SQLite file, one restore of the folder takes database, anchor and journal back together, and all
/// three agree. A PostgreSQL database lies elsewhere; its anchor and journal are both outside of it.
/// </summary>
public static class JournalPlace
{
    /// <summary>sending.journal-beside-database for a production ledger; null where it may send.</summary>
    public static Finding? Refusal(LedgerStore store, long ledger, string journal) =>
        store.Dialect is SqliteDialect database && store.Ledgers().Any(l => l.Ledger == ledger && l.Rehearsal == 0)
        && FolderOver(database, journal) is { } folder
            ? new Finding(FileRules.JournalBeside, Place.Of("--journal", journal), journal, folder) : null;

    /// <summary>sending.journal-near, for whoever plays in a rehearsal or begins a ledger; null where it lies
    /// apart.</summary>
    public static Finding? Warning(Dialect dialect, string journal) =>
        dialect is SqliteDialect database && FolderOver(database, journal) is { } folder
            ? new Finding(FileRules.JournalNear, Place.Of("--journal", journal), journal, folder) : null;

    /// <summary>The database's folder, where the journal lies anywhere below it.</summary>
    private static string? FolderOver(SqliteDialect database, string journal)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(database.Path))!;
        // The database by its own link too: its file is where a backup finds it.
        return new[] { Path.GetDirectoryName(Real(database.Path))!, Real(folder) }
            .Any(f => Real(journal).StartsWith(f.TrimEnd('/') + '/', StringComparison.Ordinal)) ? folder : null;
    }

    /// <summary>The path with every link followed; what does not exist yet is taken as it is named.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } above) return full;
        var named = Path.Combine(Real(above), Path.GetFileName(full));
        return Path.Exists(named) && File.ResolveLinkTarget(named, returnFinalTarget: true) is { } target
            ? Real(target.FullName) : named;
    }
}
