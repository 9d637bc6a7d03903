using System.Text.Json.Nodes;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>A demo that is killed goes on where it stopped and ends with the same figures.</summary>
public sealed class DemoKillTests : IDisposable
{
    private const int MaxRuns = 12;
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_demo_killed_again_and_again_with_its_banks_ends_with_the_same_figures()
    {
        foreach (var seconds in new[] { 0.5, 1.7, 2.9, 2.3, 4.1, 3.1 })
        {
            using var demo = Disburse.StartDemo(_folder);
            if (!demo.WaitForExit(TimeSpan.FromSeconds(seconds))) Kill($"-{demo.Id}");
            Disburse.End(demo);
        }
        EndsLikeTheOther();
    }

    /// <summary>While its database is made, and while its first file is between our journal and the bank.</summary>
    [Theory]
    [InlineData("disburse.db")]
    [InlineData("send-journal")]
    public void A_demo_killed_as_soon_as_a_file_appears_ends_with_the_same_figures(string file)
    {
        using (var demo = Disburse.StartDemo(_folder))
        {
            while (!demo.HasExited && !File.Exists(Path.Combine(_folder, file))) Thread.SpinWait(100);
            Kill($"-{demo.Id}");
            Disburse.End(demo);
        }
        EndsLikeTheOther();
    }

    [Fact]
    public void A_demo_whose_bank_is_killed_ends_in_fault_and_goes_on_when_run_again()
    {
        var killed = 0;
        for (var run = 0; run < MaxRuns && killed < 3; run++)
        {
            using var demo = Disburse.StartDemo(_folder);
            string? bank = null;
            while (!demo.HasExited && (bank = Child(demo.Id)) is null) Thread.Sleep(5);
            if (bank is null) break;
            // Each time a little later in the bank's own work.
            Thread.Sleep(150 * run);
            Kill(bank);
            var (code, _, errors) = Disburse.End(demo);
            if (code == 0) continue;
            killed++;
            Assert.True(code == 4, $"{code}: {errors}");
        }
        Assert.True(killed > 0, "no bank was ever killed at work");
        EndsLikeTheOther();
    }

    private void EndsLikeTheOther()
    {
        var (code, output, errors) = Disburse.Run("demo", "--json", "--lang", "en", "--data", _folder);
        Assert.True(code == 0, output + errors);
        var report = JsonNode.Parse(output)!.AsObject();
        Assert.Empty(report["bank_differences"]!.AsArray());
        var undisturbed = FinishedDemo.Shared.Report.DeepClone().AsObject();
        // A file that died on its way leaves a longer log: its lease ran out, and two people decided.
        Assert.InRange((long)report["log_size"]!, (long)undisturbed["log_size"]!, (long)undisturbed["log_size"]! + 8);
        report["log_size"] = undisturbed["log_size"]!.DeepClone();
        Assert.Equal(FinishedDemo.Totals(undisturbed), FinishedDemo.Totals(report));
        var database = $"sqlite:{Path.Combine(_folder, "disburse.db")}";
        Assert.Equal(0, Disburse.Run("audit", "rebuild", "--db", database).Code);
    }

    // A negative number is a process group.
    private static void Kill(string process) => OutsideTool.Run("kill", "-9", "--", process);

    private static string? Child(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => char.IsAsciiDigit(f[^1])))
        {
            try
            {
                // pid (name) state parent ...
                var fields = File.ReadAllText(Path.Combine(folder, "stat"));
                if (fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{parent}")
                    return Path.GetFileName(folder);
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }
        return null;
    }
}
