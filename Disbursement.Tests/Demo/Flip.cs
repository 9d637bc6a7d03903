using System.Data;
using System.Data.Common;
using Dapper;
using Disbursement.Host.Storage;
using Disbursement.Tests.Audit;

namespace Disbursement.Tests.Demo;

/// <summary>
/// One value of one row changed and put back, around every guard: the first row of the table with a value in that
/// column; where no row has one, the first row gets one.
/// </summary>
internal sealed class Flip
{
    private readonly string _table;
    private readonly string _column;
    private readonly string[] _keys;
    private readonly object[] _row;
    private readonly object _was;
    private readonly object _now;

    private Flip(string table, string column, string[] keys, object[] row, object was, object now)
    {
        (_table, _column, _keys, _row, _was, _now) = (table, column, keys, row, was, now);
    }

    public static Flip Of(DbConnection raw, string table, string column)
    {
        var keys = Migrations.Tables.Select(t => t.Table).FirstOrDefault(t => t.Name == table)?.Key.Split(' ')
            ?? ["script"];
        using var found = new DataTable();
        using (var reader = raw.ExecuteReader($"SELECT {column} AS flipped, {string.Join(", ", keys)} FROM {table} "
            + $"ORDER BY {column} IS NULL, {string.Join(", ", keys)} LIMIT 1")) found.Load(reader);
        object[] row = [.. found.Rows[0].ItemArray.Select(v => v!)];
        var now = row[0] is DBNull ? First(raw, table, column) : RebuildTests.Changed(row[0]);
        // Another row's key is no place to go to.
        while (keys.Contains(column) && raw.ExecuteScalar<long>($"SELECT count(*) FROM {table} WHERE {column} = @now",
            new { now }) > 0) now = now is string text ? text + "1" : RebuildTests.Changed(now);
        return new Flip(table, column, keys, row[1..], row[0], now);
    }

    /// <summary>Whether a finding's words for a row name this one: its key as it was, or as it is now.</summary>
    public bool Names(string row) => row == Named(_was) || row == Named(_now);

    public void Write(DbConnection raw) => Write(raw, _now, _was);

    public void PutBack(DbConnection raw) => Write(raw, _was, _now);

    private void Write(DbConnection raw, object value, object held)
    {
        var values = new DynamicParameters();
        values.Add("value", value is DBNull ? null : value);
        for (var i = 0; i < _keys.Length; i++) values.Add($"k{i}", _keys[i] == _column ? held : _row[i]);
        var changed = raw.Execute($"UPDATE {_table} SET {_column} = @value WHERE "
            + string.Join(" AND ", _keys.Select((k, i) => $"{k} = @k{i}")), values);
        if (changed != 1) throw new InvalidOperationException($"{_table}.{_column}: {changed} rows changed");
    }

    private string Named(object held) => _table == "schema_version" ? $"{(_column == "script" ? held : _row[0])}"
        : string.Join(' ', _keys.Select((k, i) => $"{k}={(k == _column ? held : _row[i])}"));

    private static object First(DbConnection raw, string table, string column) =>
        raw.ExecuteScalar<string>("SELECT type FROM pragma_table_info(@table) WHERE name = @column",
            new { table, column }) switch
        {
            "INTEGER" => 1L,
            "BLOB" => new byte[] { 1 },
            _ => "2026-01-01",
        };
}
