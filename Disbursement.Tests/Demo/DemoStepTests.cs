using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>A kill between a step and the line that marks it done means that the step is done twice.</summary>
public sealed class DemoStepTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("demo-steps-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

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
