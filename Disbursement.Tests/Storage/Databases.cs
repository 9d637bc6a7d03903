using System.Diagnostics;
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
    private const string Shared = "/dev/shm";
    private static int _made;

    // Not the process alone: mutants are judged by a copy of the tests beside them.
    private static readonly string s_run = $"{Environment.ProcessId}_{Stopwatch.GetTimestamp():x}";

    /// <summary>A migrated database without a ledger.</summary>
    public static Database Fresh(string engine)
    {
        var database = Empty(engine);
        if (engine == Engines.Sqlite) database.Store.Migrate();
        else lock (Migrating) database.Store.Migrate();
        return database;
    }

    /// <summary>A database with everything another holds. Nobody may be writing the other.</summary>
    public static Database Copy(Database other)
    {
        if (!other.Postgres)
        {
            // In memory where the system has such a folder: a copy is made to be written often and thrown away.
            var (folder, dialect) = SqliteFile(Directory.Exists(Shared) ? Shared : Path.GetTempPath());
            Directory.CreateDirectory(folder);
            using var whole = other.Owner();
            whole.Execute($"VACUUM INTO '{dialect.Path}'");
            return new SqliteDatabase(dialect, folder);
        }
        var server = PostgresServer.Running;
        var from = new NpgsqlConnectionStringBuilder(((PostgresDialect)other.Dialect).OwnerConnection).Database;
        var name = Name();
        using var owner = new NpgsqlConnection(server.Connection("postgres", "postgres"));
        // A template may have no guests: those that stay are the pools' idle connections.
        lock (Migrating)
            owner.Execute($"""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}';
                """);
        owner.Execute($"CREATE DATABASE {name} TEMPLATE {from}");
        return new PostgresDatabase(new PostgresDialect(server.Connection(name, "postgres")), server, name);
    }

    /// <summary>A database without any table.</summary>
    public static Database Empty(string engine)
    {
        if (engine == Engines.Sqlite)
        {
            var (folder, dialect) = SqliteFile(Path.GetTempPath());
            Directory.CreateDirectory(folder);
            return new SqliteDatabase(dialect, folder);
        }
        var name = Name();
        var server = PostgresServer.Running;
        using var owner = new NpgsqlConnection(server.Connection("postgres", "postgres"));
        owner.Execute($"CREATE DATABASE {name}");
        return new PostgresDatabase(new PostgresDialect(server.Connection(name, "postgres")), server, name);
    }

    private static string Name() => $"disburse_{s_run}_{Interlocked.Increment(ref _made)}";

    private static (string Folder, SqliteDialect Dialect) SqliteFile(string root)
    {
        var folder = Path.Combine(root, Name());
        return (folder, new SqliteDialect(Path.Combine(folder, "ledger.db")));
    }
}
