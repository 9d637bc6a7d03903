using System.Data.Common;
using Dapper;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>Takes the laws off a bench's own database and lays them on again as they were.</summary>
internal sealed class FloorLaws
{
    private readonly DbConnection _connection;
    private readonly IReadOnlyList<string> _lay;

    private FloorLaws(DbConnection connection, IReadOnlyList<string> lay)
    {
        _connection = connection;
        _lay = lay;
    }

    public static FloorLaws Lift(Dialect dialect, DbConnection connection)
    {
        if (dialect is SqliteDialect)
        {
            var triggers = connection.Query<(string Name, string Sql)>(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").AsList();
            foreach (var (name, _) in triggers) connection.Execute($"DROP TRIGGER {name}");
            return new FloorLaws(connection, [.. triggers.Select(t => t.Sql)]);
        }
        var tables = connection.Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").AsList();
        foreach (var table in tables) connection.Execute($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        return new FloorLaws(connection, [.. tables.Select(t => $"ALTER TABLE {t} ENABLE TRIGGER ALL")]);
    }

    public void Lay()
    {
        foreach (var statement in _lay) _connection.Execute(statement);
    }
}
