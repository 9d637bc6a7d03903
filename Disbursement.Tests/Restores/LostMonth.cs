using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Files;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>
/// The demo's month up to the sending of three payrolls: then the database is lost, and a backup from before the
/// sending takes its place. Journal, exchange, banks and anchor are those of the lost one.
/// </summary>
internal sealed class LostMonth : IDisposable
{
    public const long Ledger = DemoWorld.Guiyang;
    private readonly Database _lost;

    /// <param name="built">The backup has the files, sealed and not sent; else it does not know them.</param>
    public LostMonth(string engine, bool built)
    {
        _lost = Databases.Fresh(engine);
        Root = Directory.CreateTempSubdirectory("lost-month-").FullName;
        var world = new DemoWorld(new DemoFolder(Root), _lost.Store);
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "release"))
        {
            world.Clock(step.At);
            step.Act(world);
        }
        world.Clock(Sending);
        Payrolls = world.Ask(v => v.List<PayrollRow>(("state", PayrollState.Approved)));
        var releases = Payrolls.SkipLast(1).Select(p => Plan(world, p)).ToList();
        foreach (var release in releases) world.Unsigned(new Command("release.fund", ("release", release)));
        // One account is short before its deadline; its payroll stays behind.
        if (built)
            foreach (var release in world.Ask(v => v.List<ReleaseRow>(("state", ReleaseState.Funded))))
                Seal(world, release.Release);
        Backup = _lost.Copy();
        world.Tick();
        Sent = world.Ask(v => v.List<DisbursementFileRow>(("state", FileState.Delivered)));
        Assert.NotEmpty(Sent);
        Assert.Equal(0, Cli(_lost, "audit", "checkpoint").Code);
        Restored = new DemoWorld(new DemoFolder(Root), Backup.Store);
        Restored.Clock(Sending.PlusHours(1));
    }

    private static LocalDateTime Sending => new(2026, 2, 9, 9, 0);

    public string Root { get; }
    public Database Backup { get; }
    public DemoWorld Restored { get; }
    public IReadOnlyList<PayrollRow> Payrolls { get; }

    /// <summary>What went to the banks, as the lost database knew it.</summary>
    public IReadOnlyList<DisbursementFileRow> Sent { get; }
    public string Journal => Path.Combine(Root, "send-journal");

    /// <summary>Files that stand with the banks or were taken by them.</summary>
    public int Journalled => new SendJournal(Journal).Read().Sends.Count;

    public static long Plan(DemoWorld world, PayrollRow payroll) => ((IReadOnlyList<ReleaseRow>)world.Done(
        world.People.Treasurer, new Command("release.plan", ("kind", "Ordinary"), ("payrolls", payroll.Payroll)))
        .Result!)[0].Release;

    /// <summary>Builds and seals, and does not send.</summary>
    public static IReadOnlyList<DisbursementFileRow> Seal(DemoWorld world, long release)
    {
        world.Unsigned(new Command("file.build", ("release", release)));
        var files = world.Ask(v => v.List<DisbursementFileRow>(("release", release)));
        foreach (var file in files)
            Assert.True(new FileSealing(world.Composition, world.Settings).Seal(Ledger, file.File).Accepted);
        return files;
    }

    public (int Code, string Output, string Errors) Cli(params string[] words) => Cli(Backup, words);

    /// <summary>The same, signed by the supervisor.</summary>
    public (int Code, string Output, string Errors) Signed(params string[] words) => Cli(Backup,
        [.. words, "--as", "supervisor", "--key", Path.Combine(Root, "people", "supervisor.key.pem")]);

    private (int Code, string Output, string Errors) Cli(Database database, params string[] words) => Disburse.Run(
    [
        .. words, "--db", database.Option, "--lang", "en", "--journal", Journal,
        "--anchor", Path.Combine(Root, "disburse.anchor"), "--log-key", Path.Combine(Root, "keys", "log.key.pem"),
        "--exchange", Path.Combine(Root, "exchange"), "--keys", Path.Combine(Root, "keys"),
        "--at", "2026-02-09T03:00:00Z",
    ]);

    public static void Refused(RefusalRule rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule.Code, decision.Findings[0].Rule.Code);
    }

    public void Dispose()
    {
        Backup.Dispose();
        _lost.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
