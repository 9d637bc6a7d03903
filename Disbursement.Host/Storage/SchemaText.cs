using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Disbursement.Host.Storage;

/// <summary>
/// The objects of a database's schema, each as its kind, name and a digest of what it says. What a server writes out of
/// its own parse (checks, views, WHEN clauses) may read otherwise in another version: kind "deparsed", compared on the
/// version it was taken on alone. Triggers and functions are compared on every version.
/// </summary>
public static class SchemaText
{
    /// <summary>Kinds of which one too many is as wrong as one too few: they act.</summary>
    public static readonly IReadOnlyList<string> Acting = ["trigger", "rule"];

    public const string Deparsed = "deparsed";
    private const int DigestWidth = 16;

    // SQLite keeps the text itself. Its own tables, indexes of keys among them, are no laws.
    private const string Sqlite = """
        SELECT type || ' ' || name AS name, coalesce(sql, '') AS says FROM sqlite_master
        WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'
        """;

    private const string Postgres = """
        WITH tables AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
        SELECT 'setting session_replication_role' AS name, current_setting('session_replication_role') AS says
        UNION ALL
        SELECT 'table ' || c.relname, concat_ws(' ', c.relrowsecurity,
            has_table_privilege('disburse_app', c.oid, 'INSERT'),
            has_any_column_privilege('disburse_app', c.oid, 'UPDATE'),
            has_table_privilege('disburse_app', c.oid, 'DELETE'),
            has_table_privilege('disburse_app', c.oid, 'TRUNCATE'),
            (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), ','
                ORDER BY a.attname)
             FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
        FROM tables c
        UNION ALL
        SELECT 'function ' || p.proname, concat_ws(' ', p.prosecdef, array_to_string(p.proconfig, ' '), p.prosrc)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'trigger ' || c.relname || '.' || t.tgname, concat_ws(' ', t.tgtype, t.tgenabled, f.proname,
            t.tgoldtable, t.tgnewtable, t.tgattr, t.tgqual IS NULL)
        FROM pg_trigger t JOIN tables c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT 'keys ' || c.relname, string_agg(DISTINCT t.tgenabled::text, '')
        FROM pg_trigger t JOIN tables c ON c.oid = t.tgrelid WHERE t.tgisinternal GROUP BY c.relname
        UNION ALL
        SELECT 'rule ' || c.relname || '.' || r.rulename, '' FROM pg_rewrite r JOIN tables c ON c.oid = r.ev_class
        UNION ALL
        SELECT 'constraint ' || c.relname || '.' || k.conname, concat_ws(' ', k.contype, k.convalidated,
            array_to_string(k.conkey, ','))
        FROM pg_constraint k JOIN tables c ON c.oid = k.conrelid WHERE k.contype IN ('c', 'f', 'p', 'u')
        UNION ALL
        SELECT 'index ' || n.relname, concat_ws(' ', c.relname, i.indisvalid, i.indkey)
        FROM pg_index i JOIN tables c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid WHERE i.indisunique
        UNION ALL
        SELECT 'view ' || relname, '' FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
        UNION ALL
        SELECT 'deparsed view ' || relname, pg_get_viewdef(oid) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
        UNION ALL
        SELECT 'deparsed constraint ' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN tables c ON c.oid = k.conrelid WHERE k.contype IN ('c', 'f')
        UNION ALL
        SELECT 'deparsed index ' || n.relname, pg_get_indexdef(n.oid)
        FROM pg_index i JOIN tables c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid WHERE i.indisunique
        UNION ALL
        SELECT 'deparsed trigger ' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN tables c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgqual IS NOT NULL
        """;

    /// <summary>Lines "KIND NAME DIGEST" in order; the first names the version "deparsed" stands for.</summary>
    public static IReadOnlyList<string> Of(DbConnection connection)
    {
        var server = connection as NpgsqlConnection;
        using var transaction = connection.BeginTransaction();
        // What is written out names schemas that are not on the path: one and the same for whoever asks.
        if (server is not null) connection.Execute("SET LOCAL search_path = public", transaction: transaction);
        var objects = connection.Query<(string Name, string Says)>(server is null ? Sqlite : Postgres,
                transaction: transaction)
            .Select(o => $"{o.Name} {Digest(o.Says)}").Order(StringComparer.Ordinal);
        var version = server?.PostgreSqlVersion.Major.ToString(CultureInfo.InvariantCulture) ?? "-";
        return [$"version {version}", .. objects];
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestWidth];
}
