using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Disbursement.Engine.Primitives;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Disbursement.Host.Cli;

/// <summary>
/// The end of an invocation that came to no answer: words on standard error, with --json one document as well, and the
/// exit status.
/// </summary>
public sealed class Failures(bool json, bool chinese)
{
    // Classes of SQLSTATE: connection, authorization, catalogue, resources, operator, system.
    private static readonly string[] s_serverNotThere = ["08", "28", "3D", "53", "57", "58"];

    /// <summary>BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.</summary>
    private static readonly int[] s_fileNotUsable = [5, 6, 8, 10, 13, 14];

    /// <summary>
    /// Asked of the words themselves: a line that does not parse has no options yet, and is answered in form too.
    /// </summary>
    public static Failures Of(IReadOnlyList<string> arguments) =>
        new(arguments.TakeWhile(a => a != "--").Contains("--json"), GlobalOptions.Chinese(arguments));

    public int BadUsage(IEnumerable<string> messages) => Say(ExitStatus.BadUsage, "bad-usage", [.. messages]);

    public int Defect(string text) => Say(ExitStatus.Defect, "defect", [text]);

    /// <summary>What a fault outside comes to; null for what can only be a defect.</summary>
    public static int? StatusOf(Exception fault) => fault switch
    {
        UsageException or FileNotFoundException or DirectoryNotFoundException => ExitStatus.BadUsage,
        IOException or UnauthorizedAccessException or ClockFaultException => ExitStatus.WorldFailed,
        SqliteException lite when s_fileNotUsable.Contains(lite.SqliteErrorCode) => ExitStatus.WorldFailed,
        PostgresException server => server.SqlState == FaultWords.ReadOnly
            || s_serverNotThere.Any(c => server.SqlState.StartsWith(c, StringComparison.Ordinal))
            ? ExitStatus.WorldFailed : null,
        NpgsqlException => ExitStatus.WorldFailed,
        _ => null,
    };

    /// <param name="database">The database the verb had opened, as it may be shown; or null.</param>
    public int Fault(Exception fault, string? database = null) => StatusOf(fault) switch
    {
        ExitStatus.BadUsage => BadUsage(Words(fault).Lines(chinese)),
        ExitStatus.WorldFailed => Say(ExitStatus.WorldFailed, "outside-failed",
            [FaultWords.Of(fault, database, chinese)]),
        _ => Defect(fault.ToString()),
    };

    private static UsageException Words(Exception fault) => fault switch
    {
        UsageException usage => usage,
        FileNotFoundException { FileName: { } file } => Usage.NoFile(file),
        _ => Usage.Unreadable(fault),
    };

    /// <summary>The last resort: whatever nobody foresaw ends the process with the status of a defect.</summary>
    public void Watch() => AppDomain.CurrentDomain.UnhandledException += (_, unforeseen) =>
        Environment.Exit(Defect(unforeseen.ExceptionObject.ToString() ?? ""));

    private int Say(int status, string error, IReadOnlyList<string> messages)
    {
        foreach (var message in messages) Console.Error.WriteLine(message);
        if (json)
            Console.Out.WriteLine(
                JsonSerializer.Serialize(new { error, messages, exit_status = status }, Output.Form));
        return status;
    }
}
