using Dapper;
using Disbursement.Host.Storage;
using Npgsql;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>The engines every store test runs on.</summary>
public static class Engines
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    /// <summary>Use: [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))].</summary>
    public static TheoryData<string> Both => [Sqlite, Postgres];
}

/// <summary>Makes databases for tests: nothing is shared between two of them but the PostgreSQL server.</summary>
public static class Databases
{
    // Roles belong to the whole server: two migrations at once would write the same row of its catalogue.
    private static readonly Lock Migrating = new();
    private static int _made;

    /// <summary>A migrated database without a ledger.</summary>
    public static Database Fresh(string engine)
    {
        var database = Empty(engine);
        if (engine == Engines.Sqlite) database.Store.Migrate();
        else lock (Migrating) database.Store.Migrate();
        return database;
    }

    /// <summary>A database without any table.</summary>
    public static Database Empty(string engine)
    {
        var name = $"disburse_{Environment.ProcessId}_{Interlocked.Increment(ref _made)}";
        if (engine == Engines.Sqlite)
        {
            var folder = Path.Combine(Path.GetTempPath(), name);
            Directory.CreateDirectory(folder);
            return new SqliteDatabase(new SqliteDialect(Path.Combine(folder, "ledger.db")), folder);
        }
        var server = PostgresServer.Running;
        using var owner = new NpgsqlConnection(server.Connection("postgres", "postgres"));
        owner.Execute($"CREATE DATABASE {name}");
        return new PostgresDatabase(new PostgresDialect(server.Connection(name, "postgres")), server, name);
    }
}
