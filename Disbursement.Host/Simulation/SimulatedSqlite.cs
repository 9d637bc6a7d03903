using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Disbursement.Engine.Ports;
using Disbursement.Host.Storage;
using Microsoft.Data.Sqlite;

namespace Disbursement.Host.Simulation;

/// <summary>
/// SQLite as the product has it, schema, laws and transactions, in a file that lies in memory and is not flushed: a
/// death of the process loses nothing that the system has. Connections stay open, and each keeps its statements.
/// </summary>
internal sealed class SimulatedSqlite(string path, Hazard hazard, WriteWatch watch) : SqliteDialect(path), IDisposable
{
    private readonly ConcurrentStack<KeptConnection> _idle = new();

    public override DbConnection Open()
    {
        hazard.Alive();
        if (_idle.TryPop(out var kept)) return kept;
        var fresh = new KeptConnection($"Data Source={Path};Pooling=False;Default Timeout=60", this);
        fresh.Open();
        fresh.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;");
        return fresh;
    }

    public override IStatementBatch Batch(DbConnection connection, DbTransaction transaction) =>
        new WatchedBatch(base.Batch(connection, transaction), watch);

    public override void WriteBulk<T>(
        DbConnection connection, DbTransaction transaction, TableMap<T> map, IReadOnlyList<T> rows)
    {
        watch.See(rows);
        base.WriteBulk(connection, transaction, map, rows);
    }

    public override void Commit(DbTransaction transaction) =>
        hazard.Commit(watch.What, () => base.Commit(transaction));

    /// <summary>Takes back a connection that its user is done with.</summary>
    internal void Return(KeptConnection connection) => _idle.Push(connection);

    /// <summary>Nobody holds the file any more, and all of it is in one file.</summary>
    public void CloseAll()
    {
        while (_idle.TryPop(out var kept)) kept.End();
    }

    public void Dispose() => CloseAll();
}

/// <summary>A connection that outlives its users, with the statements they prepared.</summary>
internal sealed class KeptConnection(string text, SimulatedSqlite owner) : SqliteConnection(text)
{
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private bool _ended;

    public override SqliteCommand CreateCommand() =>
        _ended || State != System.Data.ConnectionState.Open ? base.CreateCommand()
            : new ShellCommand(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>The prepared command of that text, where nobody reads from it; else a fresh one.</summary>
    internal Kept Of(string sql)
    {
        if (!_kept.TryGetValue(sql, out var kept))
            _kept[sql] = kept = new Kept(new SqliteCommand(sql, this));
        return kept.Reader is { IsClosed: false } ? new Kept(new SqliteCommand(sql, this)) : kept;
    }

    /// <summary>Closes it for good.</summary>
    public void End()
    {
        _ended = true;
        foreach (var kept in _kept.Values) kept.Command.Dispose();
        base.Dispose(true);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _ended) base.Dispose(disposing);
        else owner.Return(this);
    }

    internal sealed class Kept(SqliteCommand command)
    {
        public SqliteCommand Command => command;
        public SqliteDataReader? Reader { get; set; }
    }
}

/// <summary>A command as its user sees it: text and parameters. It runs as the connection's kept one.</summary>
internal sealed class ShellCommand(KeptConnection connection) : SqliteCommand("", connection)
{
    public override SqliteDataReader ExecuteReader(System.Data.CommandBehavior behavior)
    {
        var kept = connection.Of(CommandText);
        var inner = kept.Command;
        inner.Transaction = Transaction;
        inner.CommandTimeout = CommandTimeout;
        inner.Parameters.Clear();
        foreach (SqliteParameter parameter in Parameters) inner.Parameters.Add(parameter);
        return kept.Reader = inner.ExecuteReader(behavior);
    }

    public override void Prepare()
    {
    }
}
