using System.Data.Common;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Audit;

/// <summary>
/// Holds every table of a live database against the rebuilt one, row by row in key order and both ways. The two may be
/// of different engines. Of each table the first row that differs is named.
/// </summary>
public sealed class TableComparison(Dialect live, Dialect rebuilt, long? ledger)
{
    // Checkpoints are signatures over the log and come from no decision: they are verified, not compared.
    private const string Checkpoints = "checkpoint";

    public IReadOnlyList<Finding> Run()
    {
        var findings = new List<Finding>();
        using var left = live.Open();
        using var right = rebuilt.Open();
        using var leftView = live.BeginRead(left);
        using var rightView = rebuilt.BeginRead(right);
        foreach (var (_, table) in Migrations.Tables.Where(t => t.Table.Name != Checkpoints))
        {
            try
            {
                if (Table(table, leftView, rightView) is { } finding) findings.Add(finding);
            }
            // A table or column that is not there, or a value that the engine cannot give.
            catch (Exception e) when (e is DbException or InvalidCastException)
            {
                findings.Add(RebuildRules.TableUnreadable.Of(table.Name, e.Message));
                if (live.Engine == "postgres") break;
            }
        }
        return [.. findings, .. Scripts(leftView)];
    }

    private Finding? Table(TableAttribute table, DbTransaction left, DbTransaction right)
    {
        var key = table.Key.Split(' ');
        var columns = Columns(table.Name, right)
            .OrderBy(c => Array.IndexOf(key, c) is var at && at < 0 ? key.Length : at).ToArray();
        var sql = $"SELECT {string.Join(", ", columns)} FROM {table.Name}"
            + (ledger is null ? "" : $" WHERE ledger = {ledger}") + $" ORDER BY {string.Join(", ", key)}";
        using var ours = Rows(left, sql, columns.Length).GetEnumerator();
        using var theirs = Rows(right, sql, columns.Length).GetEnumerator();
        var (more, due) = (ours.MoveNext(), theirs.MoveNext());
        while (more || due)
        {
            var order = !more ? 1 : !due ? -1 : Order(ours.Current, theirs.Current, key.Length);
            if (order < 0) return RebuildRules.RowUnfounded.Of(table.Name, Named(key, ours.Current));
            if (order > 0) return RebuildRules.RowMissing.Of(table.Name, Named(key, theirs.Current));
            for (var i = key.Length; i < columns.Length; i++)
                if (Text(ours.Current[i]) is var has && Text(theirs.Current[i]) is var should && has != should)
                    return RebuildRules.RowDiffers.Of(table.Name, Named(key, ours.Current),
                        columns[i], Shown(has), Shown(should));
            (more, due) = (ours.MoveNext(), theirs.MoveNext());
        }
        return null;
    }

    private static string[] Columns(string table, DbTransaction view)
    {
        using var reader = view.Connection!.ExecuteReader($"SELECT * FROM {table} WHERE 1 = 0", transaction: view);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static IEnumerable<object[]> Rows(DbTransaction view, string sql, int columns)
    {
        using var reader = view.Connection!.ExecuteReader(sql, transaction: view);
        while (reader.Read())
        {
            var row = new object[columns];
            reader.GetValues(row);
            yield return row;
        }
    }

    private IEnumerable<Finding> Scripts(DbTransaction view)
    {
        const string Table = "schema_version";
        var should = Migrations.Digests(live);
        Dictionary<string, string> has;
        try
        {
            has = view.Connection!.Query<(string Script, string Digest)>($"SELECT script, digest FROM {Table}",
                transaction: view)
                .ToDictionary(s => s.Script, s => s.Digest);
        }
        catch (DbException e)
        {
            return [RebuildRules.TableUnreadable.Of(Table, e.Message)];
        }
        return
        [
            .. should.Where(s => !has.ContainsKey(s.Key)).Select(s => RebuildRules.RowMissing.Of(Table, s.Key)),
            .. has.Where(h => !should.ContainsKey(h.Key)).Select(h => RebuildRules.RowUnfounded.Of(Table, h.Key)),
            .. has.Where(h => should.TryGetValue(h.Key, out var digest) && digest != h.Value)
                .Select(h => RebuildRules.RowDiffers.Of(Table, h.Key, "digest", h.Value, should[h.Key])),
        ];
    }

    /// <summary>The order of keys on both engines: numbers by value, texts by code point.</summary>
    private static int Order(object[] left, object[] right, int keys)
    {
        for (var i = 0; i < keys; i++)
        {
            var order = left[i] is long a && right[i] is long b
                ? a.CompareTo(b)
                : System.Text.Encoding.UTF8.GetBytes(Text(left[i]) ?? "").AsSpan()
                    .SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(Text(right[i]) ?? ""));
            if (order != 0) return order;
        }
        return 0;
    }

    /// <summary>One text per value, the same from either engine; null stays null.</summary>
    private static string? Text(object value) => value switch
    {
        DBNull => null,
        string text => text,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        LocalDate day => TimeText.Date.Format(day),
        Instant moment => TimeText.Moment.Format(moment),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Named(string[] key, object[] row) =>
        string.Join(' ', key.Select((k, i) => $"{k}={Text(row[i])}"));

    private static string Shown(string? text) => text switch
    {
        null => "NULL",
        { Length: > 120 } => string.Concat(text.AsSpan(0, 117), "..."),
        _ => text,
    };
}
