using System.Data.Common;
using Dapper;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Simulation;

/// <summary>A world's database: where the dead find what they left, with the hooks that faults come by.</summary>
internal abstract class WorldDatabase : IDisposable
{
    public Hazard Hazard { get; } = new();
    public WriteWatch Watch { get; } = new();

    /// <summary>Everything of the world stands in it.</summary>
    public required string Folder { get; init; }

    public abstract Dialect Dialect { get; }

    /// <summary>The connection laws and marks are asked over.</summary>
    public abstract DbConnection Eye { get; }

    /// <summary>Whether <see cref="Backup"/> and <see cref="Restore"/> can be done.</summary>
    public abstract bool HasBackups { get; }

    /// <summary>Keeps the database as it stands.</summary>
    public abstract void Backup();

    /// <summary>The database is again what it was at the newest backup. False where there is none.</summary>
    public abstract bool Restore();

    public abstract void Dispose();
}

/// <summary>A file that lies in memory, copied from the base.</summary>
internal sealed class SqliteWorld : WorldDatabase
{
    private readonly SimulatedSqlite _dialect;
    private DbConnection? _eye;

    private SqliteWorld(string path) => _dialect = new SimulatedSqlite(path, Hazard, Watch);

    public static SqliteWorld Of(SimulationBase template, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(template.Folder, name)).FullName;
        // In a folder of its own: beside the database a production ledger takes no send journal.
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "data")).FullName, "ledger.db");
        File.Copy(template.Database, path);
        return new SqliteWorld(path) { Folder = folder };
    }

    public override Dialect Dialect => _dialect;
    public override DbConnection Eye => _eye ??= _dialect.Open();
    public override bool HasBackups => true;
    private string Kept => _dialect.Path + ".backup";

    public override void Backup()
    {
        Eye.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        File.Copy(_dialect.Path, Kept, overwrite: true);
    }

    public override bool Restore()
    {
        if (!File.Exists(Kept)) return false;
        Close();
        foreach (var part in new[] { "-wal", "-shm" }) File.Delete(_dialect.Path + part);
        File.Copy(Kept, _dialect.Path, overwrite: true);
        return true;
    }

    public override void Dispose() => Close();

    private void Close()
    {
        _eye?.Dispose();
        _eye = null;
        _dialect.CloseAll();
    }
}
