using System.Data.Common;
using System.Text;
using Dapper;
using Disbursement.Engine.Ports;
using Disbursement.Host.Security;

namespace Disbursement.Host.Storage;

/// <summary>Reads one ledger inside one transaction.</summary>
public class LedgerView : IRowReader, ILedgerReading
{
    internal LedgerView(DbConnection connection, DbTransaction transaction, long ledger, Vault vault)
    {
        Connection = connection;
        Transaction = transaction;
        Ledger = ledger;
        OwnVault = vault;
        Queries = new SetQueries(this);
    }

    public long Ledger { get; }
    IRowReader ILedgerReading.Rows => this;
    public IVault Vault => OwnVault;
    public ISetQueries Queries { get; }

    /// <summary>What only people ask for.</summary>
    internal SetQueries Lists => (SetQueries)Queries;
    internal DbConnection Connection { get; }
    internal DbTransaction Transaction { get; }
    internal Vault OwnVault { get; }
    internal bool Postgres => Connection is Npgsql.NpgsqlConnection;

    public T? Find<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow
    {
        var (sql, parameters) = Filter(TableMap<T>.Shared.Select, where);
        return Connection.QuerySingleOrDefault<T>(sql, parameters, Transaction);
    }

    public IReadOnlyList<T> List<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow
    {
        var (sql, parameters) = Filter(TableMap<T>.Shared.Select, where);
        return Connection.Query<T>(sql + TableMap<T>.Shared.OrderByKey, parameters, Transaction).AsList();
    }

    /// <summary>Rows one by one in key order, none kept: for tables of any size.</summary>
    internal IEnumerable<T> Stream<T>() where T : class, IRow => Connection.Query<T>(
        TableMap<T>.Shared.Select + " WHERE ledger = @ledger" + TableMap<T>.Shared.OrderByKey,
        new { ledger = Ledger }, Transaction, buffered: false);

    /// <summary>The same in the order of one column, then of the key.</summary>
    internal IEnumerable<T> StreamBy<T>(string column) where T : class, IRow => Connection.Query<T>(
        TableMap<T>.Shared.Select + " WHERE ledger = @ledger"
            + TableMap<T>.Shared.OrderByKey.Replace(" BY ", $" BY {column}, ", StringComparison.Ordinal),
        new { ledger = Ledger }, Transaction, buffered: false);

    public long Count<T>(params ReadOnlySpan<(string Column, object Value)> where) where T : class, IRow
    {
        var (sql, parameters) = Filter($"SELECT count(*) FROM {TableMap<T>.Shared.Name}", where);
        return Connection.ExecuteScalar<long>(sql, parameters, Transaction);
    }

    /// <summary>A set-based statement of <see cref="SetQueries"/>; @ledger is always there.</summary>
    internal IReadOnlyList<T> Ask<T>(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var parameters = new DynamicParameters();
        parameters.Add("ledger", Ledger);
        foreach (var (name, value) in values) parameters.Add(name, value);
        return Connection.Query<T>(sql, parameters, Transaction).AsList();
    }

    /// <summary>
    /// The same, of a question that goes over the whole ledger: PostgreSQL plans it for the values asked with. Without
    /// them a span of days passes for few rows, and a million are looked up one by one instead of being joined as sets.
    /// </summary>
    internal IReadOnlyList<T> AskOfAll<T>(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!Postgres) return Ask<T>(sql, values);
        Connection.Execute("SET LOCAL plan_cache_mode = force_custom_plan", transaction: Transaction);
        var rows = Ask<T>(sql, values);
        Connection.Execute("SET LOCAL plan_cache_mode = force_generic_plan", transaction: Transaction);
        return rows;
    }

    /// <summary>The same row by row, none kept.</summary>
    internal IEnumerable<T> Stream<T>(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var parameters = new DynamicParameters();
        parameters.Add("ledger", Ledger);
        foreach (var (name, value) in values) parameters.Add(name, value);
        return Connection.Query<T>(sql, parameters, Transaction, buffered: false);
    }

    private (string Sql, DynamicParameters Parameters) Filter(
        string select, ReadOnlySpan<(string Column, object Value)> where)
    {
        var sql = new StringBuilder(select).Append(" WHERE ledger = @ledger");
        var parameters = new DynamicParameters();
        parameters.Add("ledger", Ledger);
        foreach (var (column, value) in where)
        {
            sql.Append(" AND ").Append(column).Append(" = @").Append(column);
            parameters.Add(column, value is Enum name ? name.ToString() : value);
        }
        return (sql.ToString(), parameters);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Transaction.Dispose();
        Connection.Dispose();
    }
}
