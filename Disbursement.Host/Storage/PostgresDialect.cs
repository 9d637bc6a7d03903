using System.Data;
using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Reasons;
using NodaTime;
using Npgsql;

namespace Disbursement.Host.Storage;

/// <summary>
/// PostgreSQL: production. The connection given is the owner's; the application works as role disburse_app.
/// </summary>
public class PostgresDialect : Dialect
{
    public const string ApplicationRole = "disburse_app";
    private readonly string _owner;
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresDialect(string connection)
    {
        _owner = Writing(connection);
        _source = new(() =>
        {
            var text = new NpgsqlConnectionStringBuilder(_owner)
            {
                // Every question goes by keys into tables of millions: a page out of order costs little more than the
                // next (the tables of a city lie in memory or on flash), and no statement is worth compiling. Plans are
                // made without looking at the values: of a ledger that began after the last ANALYZE the planner would
                // otherwise expect no rows, and answer a sheet of its workers by walking all of them for each.
                Options = $"-c role={ApplicationRole} -c random_page_cost=1.1 -c jit=off"
                    + " -c plan_cache_mode=force_generic_plan"
                    // That a standby did not confirm a commit is said in a warning.
                    + " -c client_min_messages=warning",
                MaxAutoPrepare = 200,
                AutoPrepareMinUsages = 2,
                IncludeErrorDetail = true,
                // A session leaves nothing behind: settings are the connection's, temporary tables are not used. Five
                // statements less each time a connection goes back.
                NoResetOnClose = true,
            };
            var builder = new NpgsqlDataSourceBuilder(text.ToString());
            builder.UseNodaTime();
            return builder.Build();
        });
    }

    /// <summary>Migrations run as the owner; nothing else does.</summary>
    public string OwnerConnection => _owner;
    public override string Engine => "postgres";
    public override string ForUpdate => " FOR UPDATE";

    // The laws run once per statement: five inserts cost five times what one COPY of five rows does.
    public override int BulkRows => 4;

    public override IReadOnlyDictionary<string, string> Tokens { get; } = new Dictionary<string, string>
    {
        ["BIGINT"] = "bigint",
        ["TEXT"] = "text COLLATE \"C\"",
        ["BYTES"] = "bytea",
        ["DATE"] = "date",
        ["INSTANT"] = "timestamptz",
        ["STRICT"] = "",
    };

    public override DbConnection Open() => _source.Value.OpenConnection();

    public override DbConnection OpenOwner()
    {
        var builder = new NpgsqlDataSourceBuilder(_owner);
        builder.UseNodaTime();
        return builder.Build().OpenConnection();
    }

    public override DbTransaction BeginWrite(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.ReadCommitted);
    public override DbTransaction BeginRead(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>
    /// A commit that no synchronous standby confirmed stands here alone: our time-out makes the server give up waiting
    /// and say so in a warning, not in an error. It counts as not done, or a file would go out on it.
    /// </summary>
    public override void Commit(DbTransaction transaction)
    {
        var connection = (NpgsqlConnection)transaction.Connection!;
        string? warning = null;
        void Hear(object sender, NpgsqlNoticeEventArgs said) => warning ??= said.Notice.MessageText;
        connection.Notice += Hear;
        try
        {
            base.Commit(transaction);
        }
        finally
        {
            connection.Notice -= Hear;
        }
        if (warning is not null) throw new UnconfirmedCommitException(warning);
    }

    /// <summary>The log is shipped in order: what is written into it now is confirmed after all that was before.
    /// </summary>
    public override void Confirm()
    {
        using var connection = Open();
        using var transaction = BeginWrite(connection);
        connection.Execute("SELECT pg_logical_emit_message(true, 'disburse', '')", transaction: transaction);
        Commit(transaction);
    }

    /// <summary>Of several servers named only the one that takes writes is ours; the others are its standbys.</summary>
    private static string Writing(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection);
        if (text.Host?.Contains(',', StringComparison.Ordinal) != true || text.TargetSessionAttributes is not null)
            return connection;
        text.TargetSessionAttributes = "read-write";
        return text.ToString();
    }

    public override void WriteBulk<T>(
        DbConnection connection, DbTransaction transaction, TableMap<T> map, IReadOnlyList<T> rows)
    {
        using var writer = ((NpgsqlConnection)connection).BeginBinaryImport(map.Copy);
        foreach (var row in rows)
        {
            writer.StartRow();
            foreach (var column in map.Columns) column.Copy(writer, row);
        }
        writer.Complete();
    }

    public override IStatementBatch Batch(DbConnection connection, DbTransaction transaction) =>
        new PostgresBatch((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);

    public override void Grew(DbConnection connection)
    {
        try
        {
            connection.Execute("SELECT refresh_statistics()");
        }
        catch (NpgsqlException)
        {
            // The decision before it is committed and must not look failed; without statistics the next is only slower.
        }
    }

    public override Instant Clock(DbConnection connection) =>
        connection.ExecuteScalar<Instant>("SELECT clock_timestamp()");

    // A row deleted stays in its page until a vacuum, and its bytes in the page after it: FULL writes a new file. Only
    // the owner may. What WAL archives and old files of the disk hold is for who keeps them.
    public override bool Scrub()
    {
        using var connection = OpenOwner();
        connection.Execute("VACUUM (FULL) subject_key");
        return true;
    }

    public override bool HoldsLedgers()
    {
        using var connection = OpenOwner();
        return connection.ExecuteScalar<bool>("SELECT to_regclass('log_leaf') IS NOT NULL");
    }

    public override UpgradeEngineBuilder Upgrade() => DeployChanges.To.PostgresqlDatabase(_owner);

    private sealed class PostgresBatch(NpgsqlConnection connection, NpgsqlTransaction transaction) : IStatementBatch
    {
        private NpgsqlBatch? _batch;

        public void Add<T>(TableMap<T> map, T row, bool update) where T : class, IRow
        {
            _batch ??= new NpgsqlBatch(connection, transaction);
            var command = new NpgsqlBatchCommand(update ? map.Update : map.Insert);
            foreach (var column in map.Columns)
                command.Parameters.Add(new NpgsqlParameter(column.Name,
                    column.PostgresType)
                { Value = column.Boxed(row, postgres: true) });
            _batch.BatchCommands.Add(command);
        }

        public void Flush()
        {
            if (_batch is null) return;
            using (_batch)
            {
                _batch.ExecuteNonQuery();
                foreach (var command in _batch.BatchCommands)
                    Invariant.Holds(command.RecordsAffected == 1, $"not one row: {command.CommandText}");
            }
            _batch = null;
        }
    }
}

/// <summary>
/// What was committed is not on the standby that has to confirm it, and would be lost with the primary.
/// </summary>
/// <param name="warning">What the server said.</param>
public sealed class UnconfirmedCommitException(string warning) : NpgsqlException(
    $"the standby has not confirmed the commit ({warning}), and nothing goes to a bank on it: bring the standby back, "
    + "or take it out of synchronous_standby_names, then run the same again")
{
    public string Text(bool chinese) => chinese
        ? $"备库没有确认该提交 ({ReasonWords.Of(warning, chinese)}), 不会据此向银行发送任何文件: "
            + "恢复备库, 或从 synchronous_standby_names 中去掉它, 然后再次运行"
        : Message;
}
