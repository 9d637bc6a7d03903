using System.Diagnostics;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

public class ReportSpeedTests
{
    [Fact]
    public void A_report_of_ten_thousand_lines_is_applied_by_a_few_statements()
    {
        const int Lines = 10_000;
        using var rig = new MoneyRig(lines: Lines);
        var report = Enumerable.Range(1, Lines).Select(r => ((long)r, r % 100 == 0 ? "处理失败/账户已销户" : "处理成功")).ToArray();
        var began = Stopwatch.GetTimestamp();
        rig.Report($"{MoneyRig.Reference}-result-1.txt", report);
        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"applied in {took.TotalMilliseconds:0} ms");
        Assert.Equal((9_900L, 100L), (rig.TheFile.LinesSettled, rig.TheFile.LinesRejected));
        // Generous on a shared machine: what it guards is that no statement runs per line.
        Assert.True(took.TotalSeconds < 10, $"{took}");
    }
}
