using System.Data.Common;
using Disbursement.Engine.Primitives;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Disbursement.Host.Storage;

/// <summary>
/// One prepared insert, run once per row. SQLite's own calls: a command of Microsoft.Data.Sqlite looks every parameter
/// up by its name for every row, a sixth of the time a roster of 50,000 holds the ledger's lock.
/// </summary>
internal sealed class SqliteBulk<T> : IDisposable where T : class
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly IReadOnlyList<Column<T>> _columns;
    private readonly int[] _places;

    public SqliteBulk(DbConnection connection, string insert, IReadOnlyList<Column<T>> columns)
    {
        _database = ((SqliteConnection)connection).Handle!;
        _columns = columns;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, insert, out _insert), _database);
        _places = [.. columns.Select(c => raw.sqlite3_bind_parameter_index(_insert, "@" + c.Name))];
        Invariant.Holds(Array.TrueForAll(_places, place => place > 0), "an insert names every column");
    }

    /// <summary>Inserts a row. What a law says against it throws <see cref="SqliteException"/>.</summary>
    public void Insert(T row)
    {
        for (var i = 0; i < _places.Length; i++)
            SqliteException.ThrowExceptionForRC(Bind(_places[i], _columns[i].Boxed(row, postgres: false)), _database);
        var stepped = raw.sqlite3_step(_insert);
        // The reset of a step that failed repeats its code; the words of the law stand until the next call.
        if (stepped != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(stepped, _database);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_insert), _database);
    }

    private int Bind(int place, object value) => value switch
    {
        long number => raw.sqlite3_bind_int64(_insert, place, number),
        string text => raw.sqlite3_bind_text(_insert, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(_insert, place, bytes),
        DBNull => raw.sqlite3_bind_null(_insert, place),
        _ => throw new DefectException($"no form in SQLite for {value.GetType().Name}"),
    };

    public void Dispose() => _insert.Dispose();
}
