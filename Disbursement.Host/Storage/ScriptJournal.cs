using System.Data;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;

namespace Disbursement.Host.Storage;

/// <summary>
/// DbUp's journal with the digest of each script instead of the hour it ran: a changed script is refused.
/// </summary>
internal sealed class ScriptJournal(IReadOnlyDictionary<string, string> digests, bool postgres) : IJournal
{
    // Every start comes by here: one that only looks writes nothing, for two that grant at once trip over each
    // other.
    private const string MadeOnce = """
        DO $do$ BEGIN
            IF to_regclass('schema_version') IS NULL THEN
                CREATE TABLE schema_version (script text NOT NULL PRIMARY KEY, digest text NOT NULL);
                GRANT SELECT ON schema_version TO disburse_app;
            END IF;
        END $do$
        """;

    private Func<IConnectionManager>? _connections;

    public ScriptJournal Bind(Func<IConnectionManager> connections, Func<IUpgradeLog> log)
    {
        _ = log;
        _connections = connections;
        return this;
    }

    public string[] GetExecutedScripts() => _connections!().ExecuteCommandsWithManagedConnection(command =>
    {
        var names = new List<string>();
        using var create = command();
        // SQLite: a row of a table with a rowid could be replaced by naming that.
        create.CommandText = postgres ? MadeOnce
            : "CREATE TABLE IF NOT EXISTS schema_version (script text NOT NULL PRIMARY KEY, digest text NOT NULL)"
                + " WITHOUT ROWID";
        create.ExecuteNonQuery();
        using var read = command();
        read.CommandText = "SELECT script, digest FROM schema_version ORDER BY script";
        using var rows = read.ExecuteReader();
        while (rows.Read())
        {
            var name = rows.GetString(0);
            if (!digests.TryGetValue(name, out var digest))
                throw Cli.Usage.NewerProgram(name);
            if (digest != rows.GetString(1)) throw Cli.Usage.OtherProgram(name);
            names.Add(name);
        }
        return names.ToArray();
    });

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        using var command = dbCommandFactory();
        command.CommandText = "INSERT INTO schema_version (script, digest) VALUES (@script, @digest)";
        Bind(command, "script", script.Name);
        Bind(command, "digest", digests[script.Name]);
        command.ExecuteNonQuery();
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
    }

    private static void Bind(IDbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
