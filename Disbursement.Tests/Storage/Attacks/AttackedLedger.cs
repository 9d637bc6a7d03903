using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.Host.Storage;

namespace Disbursement.Tests.Storage.Attacks;

/// <summary>A seeded ledger, what can be tried on it from outside, and whether anything changed.</summary>
internal sealed partial class AttackedLedger : IDisposable
{
    private readonly Dictionary<string, IReadOnlyList<(string Name, string Type, bool Required)>> _columns = [];

    public AttackedLedger(string engine)
    {
        Database = Databases.Fresh(engine);
        using var owner = Database.Owner();
        foreach (var (_, table) in Migrations.Tables) _columns[table.Name] = ColumnsOf(owner, table.Name);
        foreach (var row in SeededRows.All) Insert(owner, row);
    }

    public Database Database { get; }

    /// <summary>Each form in which the engine takes an insert; all but the first are ways around a plain refusal.</summary>
    public IEnumerable<string> Forms(Forgery forgery)
    {
        var columns = _columns[forgery.Table].Select(c => c.Name).ToList();
        var changes = Changes().Matches(forgery.Changes).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var names = string.Join(", ", columns);
        var into = $"INTO {forgery.Table} ({names}) SELECT "
            + string.Join(", ", columns.Select(c => changes.Remove(c, out var value) ? value : c))
            + $" FROM {forgery.Table} WHERE {forgery.Of}";
        if (changes.Count > 0) throw new ArgumentException($"{forgery.Table} has no {string.Join(", ", changes.Keys)}");
        var key = Migrations.Tables.Single(t => t.Table.Name == forgery.Table).Table.Key.Replace(" ", ", ", StringComparison.Ordinal);
        var update = string.Join(", ", columns.Select(c => $"{c} = excluded.{c}"));
        yield return Bytes($"INSERT {into}");
        yield return Bytes($"INSERT {into} ON CONFLICT DO NOTHING");
        yield return Bytes($"INSERT {into} ON CONFLICT ({key}) DO UPDATE SET {update}");
        if (Database.Postgres) yield break;
        yield return Bytes($"INSERT OR REPLACE {into}");
        yield return Bytes($"REPLACE {into}");
        yield return Bytes($"INSERT OR IGNORE {into}");
        yield return Bytes($"INSERT OR FAIL {into}");
    }

    /// <summary>Runs statements from outside as one transaction; writes bytes as the engine spells them.</summary>
    public (int Code, string Output) Try(params IReadOnlyList<string> scripts) =>
        Database.Outside([.. scripts.Select(Bytes)]);

    /// <summary>Every row of every table, as text.</summary>
    public string Everything()
    {
        using var owner = Database.Owner();
        var text = new StringBuilder();
        foreach (var (_, table) in Migrations.Tables)
        {
            text.Append(table.Name).Append('\n');
            var order = table.Key.Replace(" ", ", ", StringComparison.Ordinal);
            using var reader = owner.ExecuteReader($"SELECT * FROM {table.Name} ORDER BY {order}");
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    text.Append(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i)).Append('|');
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    public void Dispose() => Database.Dispose();

    private void Insert(DbConnection owner, SeedRow row)
    {
        var given = Changes().Matches(row.Values).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        foreach (var (name, type, required) in _columns[row.Table])
            if (required && !given.ContainsKey(name)) given[name] = Blank(name, type);
        // A proposal begins pending, whatever it came to.
        var decided = row.Table == "proposal" && given.Remove("decided_by", out var by) ? by : null;
        if (decided is not null) given["state"] = "'Pending'";
        owner.Execute(Bytes($"INSERT INTO {row.Table} ({string.Join(", ", given.Keys)}) VALUES ({string.Join(", ", given.Values)})"));
        if (decided is not null)
            owner.Execute($"UPDATE proposal SET version = version + 1, state = 'Decided', decided_by = {decided} "
                + $"WHERE proposal = {given["proposal"]}");
    }

    private static string Blank(string name, string type) => type switch
    {
        _ when name == "ledger" || name == "version" => "1",
        "INTEGER" or "bigint" => "0",
        "BLOB" or "bytea" => "x'00'",
        "date" => "'2026-01-31'",
        "timestamp with time zone" => "'2026-01-31T00:00:00.000000Z'",
        _ => "'2026-01-31T00:00:00.000000Z'",
    };

    private IReadOnlyList<(string Name, string Type, bool Required)> ColumnsOf(DbConnection owner, string table) =>
        [.. owner.Query<(string, string, bool)>(Database.Postgres
            ? "SELECT column_name, data_type, is_nullable = 'NO' FROM information_schema.columns WHERE table_name = @table"
                + " AND table_schema = 'public' ORDER BY ordinal_position"
            : "SELECT name, type, \"notnull\" FROM pragma_table_info(@table) ORDER BY cid", new { table })];

    private string Bytes(string sql) => Database.Postgres ? Literal().Replace(sql, @"'\x$1'") : sql;

    [GeneratedRegex(@"(\w+) = ('[^']*'|x'\w*'|[^,]+)")]
    private static partial Regex Changes();

    [GeneratedRegex(@"\bx'(\w*)'")]
    private static partial Regex Literal();
}

/// <summary>A row of the seed: columns given as "name = literal, …"; the others get a blank that their type allows.</summary>
internal sealed record SeedRow(string Table, string Values);

/// <summary>A copy of a seeded row with some columns changed.</summary>
internal sealed record Forgery(string Table, string Of, string Changes);
