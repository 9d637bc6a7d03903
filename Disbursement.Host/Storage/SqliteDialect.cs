using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>SQLite: the embedded default. Write-ahead log, flushed at every commit.</summary>
public class SqliteDialect(string path, bool pooled = true) : Dialect
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        DefaultTimeout = 60,
        Pooling = pooled,
    }.ToString();

    /// <summary>SQLITE_NOTADB.</summary>
    private const int NotADatabase = 26;

    public string Path => path;
    public override string Engine => "sqlite";
    public override string ForUpdate => "";
    public override int BulkRows => 24;

    public override IReadOnlyDictionary<string, string> Tokens { get; } = new Dictionary<string, string>
    {
        ["BIGINT"] = "INTEGER",
        ["TEXT"] = "TEXT",
        ["BYTES"] = "BLOB",
        ["DATE"] = "TEXT",
        ["INSTANT"] = "TEXT",
        // Without a rowid: INSERT OR REPLACE naming an existing rowid would delete that row, whatever its key.
        ["STRICT"] = "STRICT, WITHOUT ROWID",
    };

    public override DbConnection Open()
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var connection = new SqliteConnection(_connection);
        Looked(() =>
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;");
            return true;
        });
        return connection;
    }

    public override DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);
    public override DbTransaction BeginRead(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override void WriteBulk<T>(
        DbConnection connection, DbTransaction transaction, TableMap<T> map, IReadOnlyList<T> rows)
    {
        using var bulk = new SqliteBulk<T>(connection, map.Insert, map.Columns);
        foreach (var row in rows) bulk.Insert(row);
    }

    public override IStatementBatch Batch(DbConnection connection, DbTransaction transaction) =>
        new SqliteBatch(connection, transaction);

    // The database is a file of this host: there is no other clock.
    public override Instant Clock(DbConnection connection) => SystemClock.Instance.GetCurrentInstant();

    // A row deleted stays in its page, in pages that were split before, and in the write-ahead log.
    public override bool Scrub()
    {
        using var connection = Open();
        connection.Execute("VACUUM");
        return connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    /// <summary>A consistent copy in a new file, while others go on reading and writing.</summary>
    public void BackUp(string into)
    {
        using var connection = Open();
        connection.Execute("VACUUM INTO @into", new { into });
    }

    /// <summary>Reads every page of the file; throws where one is not in order.</summary>
    public void Check()
    {
        using var connection = Open();
        if (connection.ExecuteScalar<string>("PRAGMA integrity_check") is var said && said != "ok")
            throw new IOException(said);
    }

    public override bool HoldsLedgers()
    {
        if (!File.Exists(path)) return false;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connection)
        {
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        return Looked(() =>
        {
            connection.Open();
            return connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'log_leaf'") == 1;
        });
    }

    /// <summary>The library says only "file is not a database": which one, and what to do, is ours to say.</summary>
    private T Looked<T>(Func<T> look)
    {
        try
        {
            return look();
        }
        catch (SqliteException other) when (other.SqliteErrorCode == NotADatabase)
        {
            throw Cli.Usage.NoSqlite(path);
        }
    }

    public override UpgradeEngineBuilder Upgrade() => DeployChanges.To.SqliteDatabase(_connection);

    /// <summary>Runs at once: there is no network to save.</summary>
    private sealed class SqliteBatch(DbConnection connection, DbTransaction transaction) : IStatementBatch
    {
        public void Add<T>(TableMap<T> map, T row, bool update) where T : class, IRow
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = update ? map.Update : map.Insert;
            foreach (var column in map.Columns)
                command.Parameters.Add(new SqliteParameter("@" + column.Name, column.Boxed(row, postgres: false)));
            var affected = command.ExecuteNonQuery();
            Invariant.Holds(affected == 1, $"{map.Name}: a header was changed by somebody without the ledger's lock");
        }

        public void Flush()
        {
        }
    }
}
