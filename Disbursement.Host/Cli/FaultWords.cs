using Disbursement.Host.Reasons;
using Disbursement.Host.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Disbursement.Host.Cli;

/// <summary>
/// A fault of the world in plain words: which disk, which server, and what to do. What its own words tell is left to
/// <see cref="ReasonWords"/>.
/// </summary>
internal static class FaultWords
{
    /// <summary>SQLITE_FULL; and SQLITE_IOERR, which a full disk is where the index of the log cannot grow.</summary>
    private const int Full = 13, Broken = 10;

    /// <summary>ENOSPC, as .NET hands it on.</summary>
    private const int NoSpace = 28;

    /// <summary>A server that takes no writes: a standby.</summary>
    public const string ReadOnly = "25006";

    /// <param name="database">The database as it may be shown; null where the verb had opened none.</param>
    public static string Of(Exception fault, string? database, bool chinese) =>
        Said(fault, database is null ? "" : $" {database}", chinese);

    private static string Said(Exception fault, string database, bool chinese) => fault switch
    {
        ClockFaultException clocks => clocks.Text(chinese),
        UnconfirmedCommitException commit => commit.Text(chinese),
        SqliteException { SqliteErrorCode: Full } => NoRoom(chinese, database, null),
        SqliteException { SqliteErrorCode: Broken } => NotWritten(chinese, database),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } server =>
            NoRoom(chinese, database, server.MessageText),
        PostgresException { SqlState: ReadOnly } => chinese
            ? $"数据库服务器{database} 不接受写入: 它是备库。请在 --db 的 Host 中写明主库, 或同时写明两台"
            : $"the database server{database} takes no writes: it is a standby. "
                + "Name the primary in Host= of --db, or both",
        PostgresException server when server.SqlState[..2] is not ("08" or "57") =>
            ReasonWords.Of(server.Message, chinese),
        NpgsqlException gone => Gone(gone, database, chinese),
        IOException { HResult: NoSpace } => ReasonWords.Of(fault.Message, chinese) + (chinese
            ? "。请腾出空间后再次运行; 已提交的不受影响" : ". Free space there and run the same again; what was committed stands"),
        _ => ReasonWords.Of(fault.Message, chinese),
    };

    private static string NoRoom(bool chinese, string database, string? said)
    {
        var server = said is null ? "" : $" ({said})";
        return chinese
            ? $"数据库{database} 所在磁盘已满{server}: 正在办理的一步没有办成, 此前已提交的不受影响。请腾出空间后再次运行"
            : $"the disk of the database{database} is full{server}: the step at hand was not done, what was committed "
                + "before it stands. Free space there and run the same again";
    }

    private static string NotWritten(bool chinese, string database) => chinese
        ? $"数据库{database} 所在磁盘已满或有故障 (disk I/O error): 正在办理的一步没有办成, 此前已提交的不受影响。请查看磁盘后再次运行"
        : $"the disk of the database{database} is full or does not work (disk I/O error): the step at hand was not "
            + "done, what was committed before it stands. Look at the disk and run the same again";

    /// <summary>A commit whose answer was lost is whole or not at all, and a repeat of either changes nothing.
    /// </summary>
    private static string Gone(NpgsqlException gone, string database, bool chinese)
    {
        var reasons = gone switch
        {
            PostgresException server => [server.MessageText],
            { InnerException: AggregateException each } => each.InnerExceptions.Select(e => e.Message).ToList(),
            _ => [gone.Message],
        };
        var said = string.Join("; ", reasons.Select(r => ReasonWords.Of(r, chinese)).Distinct());
        return chinese
            ? $"数据库服务器{database} 没有应答 ({said}): 正在办理的一步要么已完整提交, 要么没有办理。服务器恢复后再次运行即可继续"
            : $"the database server{database} does not answer ({said}): the step at hand is committed whole or not at "
                + "all. Run the same again once it is back: it goes on from there";
    }
}
