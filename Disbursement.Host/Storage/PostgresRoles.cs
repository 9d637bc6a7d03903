using Dapper;
using Npgsql;

namespace Disbursement.Host.Storage;

/// <summary>The application role: reads everything, inserts facts, updates headers, and nothing more.</summary>
internal static class PostgresRoles
{
    // Any number that is only this program's.
    private const long MigrationLock = 0x64_69_73_62_75_72_73_65;

    /// <summary>Of two programs that bring one database to the newest schema the second waits for the first.</summary>
    public static NpgsqlConnection Alone(PostgresDialect dialect)
    {
        // A connection of its own: what a pool keeps would keep the lock.
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(dialect.OwnerConnection) { Pooling = false }.ToString());
        connection.Open();
        connection.Execute($"SELECT pg_advisory_lock({MigrationLock})");
        return connection;
    }

    public static void Ensure(PostgresDialect dialect)
    {
        using var connection = new NpgsqlConnection(dialect.OwnerConnection);
        connection.Open();
        connection.Execute($"""
            DO $do$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{PostgresDialect.ApplicationRole}') THEN
                    CREATE ROLE {PostgresDialect.ApplicationRole} LOGIN;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $do$;
            -- Roles are the whole server's: granted once, for two programs that grant at once trip over the same row.
            DO $do$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_auth_members WHERE roleid = '{PostgresDialect.ApplicationRole}'::regrole
                    AND member = CURRENT_USER::regrole) THEN
                    GRANT {PostgresDialect.ApplicationRole} TO CURRENT_USER;
                END IF;
            END $do$;
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {PostgresDialect.ApplicationRole};
            """);
    }
}
