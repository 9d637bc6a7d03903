using System.Diagnostics;
using System.Security.Cryptography;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Restores;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>
/// The demo's month on the morning that three payrolls are to go out; a fourth is short of money and stays behind. What
/// is done that morning is done by the program, in processes of its own.
/// </summary>
internal sealed class SendingMorning
{
    /// <param name="root">The demo's folder.</param>
    /// <param name="database">What --db takes.</param>
    public SendingMorning(string root, string database)
    {
        (Root, Database) = (root, database);
        World = new DemoWorld(new DemoFolder(root), new LedgerStore(Dialect.Parse(database)));
        World.Clock(Morning);
    }

    public static LocalDateTime Morning => new(2026, 2, 9, 9, 0);

    public string Root { get; }
    public string Database { get; }
    public DemoWorld World { get; }
    public SendJournal Journal => new(Path.Combine(Root, "send-journal"));

    /// <summary>All that comes before, in a database that has its schema.</summary>
    public void Prepare()
    {
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "release"))
        {
            World.Clock(step.At);
            step.Act(World);
        }
        World.Clock(Morning);
        foreach (var payroll in World.Ask(v => v.List<PayrollRow>(("state", PayrollState.Approved))))
            LostMonth.Plan(World, payroll);
    }

    /// <summary>One run of the pumps, so many hours later, in a process group of its own.</summary>
    public Process Tick(int hours, params string[] more) => Disburse.StartGroup([.. Words(["tick"], hours), .. more]);

    /// <summary>A verb with all that it needs to know, so many hours later.</summary>
    public string[] Words(string[] verb, int hours = 0) =>
    [
        .. verb, "--db", Database, "--lang", "en", "--at", $"2026-02-09T0{1 + hours}:00:00Z", "--journal", Journal.Path,
        "--anchor", Path.Combine(Root, "disburse.anchor"), "--log-key", Path.Combine(Root, "keys", "log.key.pem"),
        "--exchange", Path.Combine(Root, "exchange"), "--keys", Path.Combine(Root, "keys"),
    ];

    public List<long> Files(FileState state) =>
        World.Ask(v => v.List<DisbursementFileRow>(("state", state)).Select(f => f.File).ToList());

    /// <summary>Bodies of files that stand with the banks, without signatures and half uploads.</summary>
    public List<string> Standing() => [.. DemoWorld.Profiles
        .SelectMany(p => Directory.GetFiles(Path.Combine(Root, "exchange", p, "to-bank")))
        .Where(f => !Path.GetFileName(f).StartsWith('.') && Path.GetExtension(f) is ".bxt" or ".xml")];

    /// <summary>The bank's answer is that it has no such file; two people decide by it.</summary>
    public void Absent(long file)
    {
        var letter = new InputDocument(FileResolve.Evidence, "样例银行 SAMPLE BANK: 未收到 not received"u8.ToArray(),
            Personal: true);
        World.Clock(Morning.PlusHours(1));
        foreach (var person in new[] { World.People.Treasurer, World.People.Supervisor })
            World.Done(person, new Command("file.resolve", ("file", file), ("outcome", "absent")).With(letter));
    }

    /// <summary>
    /// The morning is played on by a Host that nothing happens to: all three files arrive, each once, and are answered.
    /// </summary>
    public void GoesOn()
    {
        Done(hours: 0);
        // The lease of what was on its way is out; what the bank has not is sent again after two people's word.
        Done(hours: 1);
        var standing = Standing().Select(Path.GetFileName).ToHashSet();
        foreach (var file in World.Ask(v => v.List<DisbursementFileRow>(("state", FileState.Unknown))))
            if (!standing.Contains(file.Name)) Absent(file.File);
        Done(hours: 2);
        EveryFileStandsOnceAsSealed();
        BanksAnswerAndAgree();
    }

    public void BanksAnswerAndAgree()
    {
        World.Clock(Morning.PlusHours(3));
        World.Exchange();
        var files = World.Ask(v => v.List<DisbursementFileRow>());
        Assert.Equal(3, files.Count);
        Assert.All(files, f =>
            Assert.True(f.State is FileState.Accepted or FileState.Reconciled, $"{f.File} {f.State}"));
        Assert.Empty(World.Ask(v => BankComparison.Differences(v, World.Banks)));
    }

    /// <summary>What stands with the bank under a name is what every sending of that file was of.</summary>
    public void EveryFileStandsOnceAsSealed()
    {
        var files = World.Ask(v => v.List<DisbursementFileRow>());
        Assert.Equal(files.Select(f => f.Name).Order(), Standing().Select(Path.GetFileName).Order());
        var sends = Journal.Read().Sends;
        foreach (var file in files)
        {
            var stands = SHA256.HashData(File.ReadAllBytes(Standing().Single(s => Path.GetFileName(s) == file.Name)));
            Assert.Equal([Convert.ToHexStringLower(stands)],
                sends.Where(s => s.Reference == file.Reference).Select(s => s.Digest).Distinct());
        }
    }

    /// <summary>Waits for the end of a run that has to end well.</summary>
    public static void Ended(Process host)
    {
        var (code, output, errors) = Disburse.End(host);
        Assert.True(code == 0, $"{code}: {output}{errors}");
    }

    private void Done(int hours)
    {
        using var host = Tick(hours);
        Ended(host);
    }
}
