using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using Disbursement.Tests.Restores;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>A kill between a step and the line that marks it done means that the step is done twice.</summary>
public sealed class DemoStepTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("demo-steps-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>It died again while it looked for a file of a run before: by then its time was set ahead.</summary>
    [Fact]
    public void A_sending_that_died_twice_within_a_step_is_looked_for_before_the_step_is_done()
    {
        var folder = new DemoFolder(_root);
        var store = new LedgerStore(new SqliteDialect(folder.Database));
        store.Migrate();
        var world = new DemoWorld(folder, store);
        foreach (var step in DemoScript.Steps.TakeWhile(s => s.Name != "release"))
        {
            world.Clock(step.At);
            step.Act(world);
        }
        var release = DemoScript.Steps.Single(s => s.Name == "release");
        world.Clock(release.At);
        var payrolls = world.Ask(v => v.List<PayrollRow>(("state", PayrollState.Approved)));
        // With one file out there is a send journal. The second account is short.
        LostMonth.Plan(world, payrolls[0]);
        world.Tick();
        var planned = LostMonth.Plan(world, payrolls[2]);
        world.Unsigned(new Command("release.fund", ("release", planned)));
        var file = LostMonth.Seal(world, planned).Single().File;
        world.Clock(release.At.PlusMinutes(10));
        world.Unsigned(new Command("file.send", ("file", file)));
        world.Clock(release.At);
        release.Act(world);
        Assert.Equal(FileState.Delivered, world.Ask(v => v.Find<DisbursementFileRow>(("file", file)))!.State);
    }

    [Fact]
    public void Every_step_done_twice_changes_nothing_the_second_time()
    {
        var folder = new DemoFolder(_root);
        var store = new LedgerStore(new SqliteDialect(folder.Database));
        store.Migrate();
        var world = new DemoWorld(folder, store);
        foreach (var step in DemoScript.Steps)
        {
            world.Clock(step.At);
            step.Act(world);
            var once = FinishedDemo.Dump(folder.Database);
            step.Act(world);
            Assert.True(once == FinishedDemo.Dump(folder.Database), $"{step.Name} done twice changed the database");
        }
        var report = DemoReport.Of(world, changed: true, logVerified: true);
        Assert.True(report.Holds, string.Join('\n', report.BankDifferences));
        Assert.Equal((long)FinishedDemo.Shared.Report["log_size"]!, report.LogSize);
    }
}
