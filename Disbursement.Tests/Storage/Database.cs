using System.Data.Common;
using Disbursement.Host.Storage;
using Disbursement.Tests.Security;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Disbursement.Tests.Storage;

/// <summary>One database of one test, and the ways to it that go around the product.</summary>
public abstract class Database(Dialect dialect) : IDisposable
{
    public Dialect Dialect => dialect;
    public LedgerStore Store { get; } = new(dialect);
    public bool Postgres => dialect.Engine == Engines.Postgres;

    /// <summary>What --db takes.</summary>
    public abstract string Option { get; }

    /// <summary>A raw connection: the file's on SQLite, the owner's on PostgreSQL.</summary>
    public abstract DbConnection Owner();

    /// <summary>A copy as it stands: a backup that is a database of its own.</summary>
    public abstract Database Copy();

    /// <summary>
    /// Runs SQL from another process: python3's sqlite3 at its defaults; psql as the application role. Each script is a
    /// transaction of its own, tried whatever became of the one before; the code is the last one's.
    /// </summary>
    public abstract (int Code, string Output) Outside(params IReadOnlyList<string> scripts);

    public void Dispose()
    {
        Remove();
        GC.SuppressFinalize(this);
    }

    protected abstract void Remove();
}

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteDatabase(SqliteDialect dialect, string folder) : Database(dialect)
{
    private const string Script = """
        import sqlite3, sys
        c = sqlite3.connect(sys.argv[1], timeout=60)
        for script in sys.argv[2:]:
            code = 0
            try:
                for statement in script.split(';\n'):
                    for row in c.execute(statement): print('|'.join('' if v is None else str(v) for v in row))
                c.commit()
            except sqlite3.Error as error:
                print('ERROR: ', error)
                c.rollback()
                code = 1
        sys.exit(code)
        """;

    public override string Option => "sqlite:" + dialect.Path;

    public override DbConnection Owner()
    {
        var connection = new SqliteConnection($"Data Source={dialect.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public override Database Copy()
    {
        var beside = Directory.CreateDirectory(folder + "-copy-" + Directory.GetDirectories(Path.GetTempPath(),
            Path.GetFileName(folder) + "-copy-*").Length).FullName;
        var copy = new SqliteDialect(Path.Combine(beside, "ledger.db"));
        dialect.BackUp(copy.Path);
        return new SqliteDatabase(copy, beside);
    }

    public override (int Code, string Output) Outside(params IReadOnlyList<string> scripts) =>
        OutsideTool.Run("python3", ["-c", Script, dialect.Path, .. scripts]);

    protected override void Remove()
    {
        using (var connection = dialect.Open()) SqliteConnection.ClearPool((SqliteConnection)connection);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A database of the run's own server; it goes with the server.</summary>
internal sealed class PostgresDatabase(PostgresDialect dialect, PostgresServer server, string name) : Database(dialect)
{
    public override string Option => "postgres:" + dialect.OwnerConnection;

    public override DbConnection Owner()
    {
        var connection = new NpgsqlConnection(dialect.OwnerConnection);
        connection.Open();
        return connection;
    }

    public override (int Code, string Output) Outside(params IReadOnlyList<string> scripts) =>
        OutsideTool.Run(Path.Combine(server.Binaries, "psql"),
        [
            "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", $"{server.Port}", "-d", name,
            "-U", PostgresDialect.ApplicationRole, .. scripts.SelectMany(script => new[] { "-c", script }),
        ]);

    public override Database Copy()
    {
        var copy = name + "_copy";
        DumpedDatabase.Restore(server, name, copy);
        return new PostgresDatabase(new PostgresDialect(server.Connection(copy, "postgres")), server, copy);
    }

    // Nothing to remove: dropping a database that pools still hold costs more than it frees.
    protected override void Remove()
    {
    }
}
