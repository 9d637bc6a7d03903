using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Disbursement.Engine.Ports;
using Disbursement.Host.Storage;
using Npgsql;

namespace Disbursement.Host.Simulation;

/// <summary>Where worlds get their databases: all of one run begin with the same base.</summary>
internal sealed class Worlds : IDisposable
{
    private readonly string? _server;
    private readonly string _name = $"disburse_sim_{Environment.ProcessId}_"
        + RandomNumberGenerator.GetHexString(8, lowercase: true);

    private Worlds(string? server) => _server = server;

    public SimulationBase Base { get; } = new();

    /// <summary>Backups are copies of a file.</summary>
    public bool HasBackups => _server is null;

    /// <param name="postgres">The owner's connection to a server; null for SQLite.</param>
    public static Worlds Of(string? postgres)
    {
        var worlds = new Worlds(postgres);
        if (postgres is null) worlds.Base.MakeFile();
        else
        {
            PostgresWorld.Run(postgres, $"CREATE DATABASE {worlds._name}");
            worlds.Base.Make(new PostgresDialect(PostgresWorld.To(postgres, worlds._name)));
            NpgsqlConnection.ClearAllPools();
        }
        return worlds;
    }

    public WorldDatabase Make(string name) => _server is null ? SqliteWorld.Of(Base, name)
        : PostgresWorld.Of(Base, _server, _name, name);

    public void Dispose()
    {
        if (_server is not null) PostgresWorld.Run(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        Base.Dispose();
    }
}

/// <summary>A database of a PostgreSQL server, made of the base's.</summary>
internal sealed class PostgresWorld : WorldDatabase
{
    private static readonly Lock s_making = new();
    private readonly string _server, _name;
    private readonly SimulatedPostgres _dialect;
    private DbConnection? _eye;

    private PostgresWorld(string server, string name)
    {
        (_server, _name) = (server, name);
        _dialect = new SimulatedPostgres(To(server, name), Hazard, Watch);
    }

    public static PostgresWorld Of(SimulationBase template, string server, string from, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(template.Folder, name)).FullName;
        var database = $"{from}_{name.Replace('-', '_')}";
        lock (s_making)
        {
            // A template may have no guests: those that stay are the pools' idle connections.
            Run(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
            Run(server, $"CREATE DATABASE {database} TEMPLATE {from}");
        }
        return new PostgresWorld(server, database) { Folder = folder };
    }

    public override Dialect Dialect => _dialect;
    public override DbConnection Eye => _eye ??= _dialect.OpenOwner();
    public override bool HasBackups => false;

    public override void Backup()
    {
    }

    public override bool Restore() => false;

    public override void Dispose()
    {
        _eye?.Dispose();
        Run(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    public static string To(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database }.ToString();

    public static void Run(string server, string sql)
    {
        using var owner = new NpgsqlConnection(To(server, "postgres"));
        owner.Open();
        owner.Execute(sql);
    }
}

/// <summary>PostgreSQL as the product has it, with the hooks that faults come by.</summary>
internal sealed class SimulatedPostgres(string connection, Hazard hazard, WriteWatch watch)
    : PostgresDialect(connection)
{
    public override DbConnection Open()
    {
        hazard.Alive();
        return base.Open();
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
}
