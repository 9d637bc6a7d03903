using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.Host.Bench;
using Disbursement.Host.Cli;
using Disbursement.Host.Demo;

namespace Disbursement.Host.Kills;

/// <summary>How one month ended that was killed again and again.</summary>
/// <param name="Lines">Declared, paid, in flight, unpaid and voided lines and fen.</param>
/// <param name="Differences">What the banks' own books say otherwise than ours; none where all is well.</param>
/// <param name="Trouble">What else did not hold; none where all is well.</param>
public sealed record MonthEnd(string Lines, IReadOnlyList<string> Differences, IReadOnlyList<string> Trouble);

/// <summary>
/// The demo's month on a database of its own on a real PostgreSQL, its three banks reached through a real OpenSSH
/// server. It goes on where it was killed until it ends.
/// </summary>
internal sealed class KilledMonth(string folder, PrivatePostgres postgres, OpenSshServer bank, string database)
{
    // A run that is not struck takes ten seconds; one that hangs is a finding, not a reason to wait.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);
    private readonly string _journal = Path.Combine(folder, "send-journal");
    private readonly string _database = postgres.Database(database);

    /// <summary>Links, keys and the exchange: the banks' folders are the server's.</summary>
    public void Prepare()
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "exchange"), bank.Share(DemoWorld.Profiles));
        SftpLinks.Write(Path.Combine(keys, "links.json"), keys, bank, bank.Port);
    }

    /// <summary>Runs the month until the blow falls or the month has ended.</summary>
    /// <returns>Null where it was struck; else what the month came to.</returns>
    public MonthEnd? Run(Blow? blow)
    {
        // In a process group of its own, so that all of it can be struck.
        using var month = OwnProgram.Start(["demo", "--json", "--data", folder, "--db", _database], group: true);
        month.StandardInput.Close();
        var errors = month.StandardError.ReadToEndAsync();
        var output = month.StandardOutput.ReadToEndAsync();
        var struck = blow is not null && Strike(month, blow);
        if (!month.WaitForExit(s_longest)) return new("", [], [$"the month did not end within {s_longest}"]);
        Settle(month.Id);
        // Where PostgreSQL was struck the Host says a fault of the world and does not die; else it is a finding.
        if (month.ExitCode == ExitStatus.Done) return Ended(output.Result);
        return struck && (blow!.Struck != Struck.Postgres || month.ExitCode == ExitStatus.WorldFailed)
            ? null
            : new("", [], [$"status {month.ExitCode}: {errors.Result}"]);
    }

    /// <summary>Waits for the moment and strikes; false where the month ended before it.</summary>
    private bool Strike(Process month, Blow blow)
    {
        var (length, grown) = (Length(), 0);
        while (grown < blow.Sendings)
        {
            if (month.WaitForExit(TimeSpan.FromMilliseconds(1))) return false;
            if (Length() is var now && now == length) continue;
            (length, grown) = (Length(), grown + 1);
        }
        if (month.WaitForExit(TimeSpan.FromMilliseconds(blow.Milliseconds))) return false;
        if (blow.Struck == Struck.Postgres) postgres.Crash();
        else Signal("-9", blow.Struck == Struck.HostAndBank ? -month.Id : month.Id);
        return true;
    }

    private long Length() => new FileInfo(_journal) is { Exists: true } file ? file.Length : 0;

    /// <summary>Waits for what the month had started: a bank is one, and two of it would be nobody's bank.</summary>
    private static void Settle(int group)
    {
        for (var attempt = 0; attempt < 600 && Signal("-0", -group); attempt++) Thread.Sleep(50);
    }

    /// <summary>Sends a signal, to a group where the number is negative; false where nobody is there.</summary>
    private static bool Signal(string signal, int process)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill",
            [signal, "--", process.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardError = true })!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    private MonthEnd Ended(string output)
    {
        using var report = JsonDocument.Parse(output);
        var told = report.RootElement;
        var trouble = new List<string>();
        if (bank.Sessions() == 0) trouble.Add("no bank was reached over SFTP");
        if (!told.GetProperty("holds").GetBoolean()) trouble.Add("the month's sums, facts or log do not hold");
        using var rebuild = OwnProgram.Start(["audit", "rebuild", "--db", _database]);
        rebuild.StandardInput.Close();
        var errors = rebuild.StandardError.ReadToEndAsync();
        var said = rebuild.StandardOutput.ReadToEnd();
        rebuild.WaitForExit();
        if (rebuild.ExitCode != 0) trouble.Add($"audit rebuild: {said}{errors.Result}");
        string[] figures = ["lines_declared", "declared_fen", "lines_paid", "paid_fen", "lines_in_flight",
            "in_flight_fen", "lines_unpaid", "unpaid_fen", "lines_voided", "voided_fen"];
        return new(string.Join(' ', figures.Select(f => told.GetProperty(f).GetRawText())),
            [.. told.GetProperty("bank_differences").EnumerateArray().Select(d => d.GetString()!)], trouble);
    }
}
