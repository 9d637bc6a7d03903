using Dapper;
using Npgsql;

namespace Disbursement.Host.Storage;

/// <summary>The application role: reads everything, inserts facts, updates headers, and nothing more.</summary>
internal static class PostgresRoles
{
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
            GRANT {PostgresDialect.ApplicationRole} TO CURRENT_USER;
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {PostgresDialect.ApplicationRole};
            """);
    }
}
