using System.Text.Json.Nodes;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>bench codecs does what it measures: each work totals its lines, in memory that does not grow.</summary>
public sealed class BenchCodecsTests
{
    [Fact]
    public void Every_work_is_done_whole_in_flat_memory()
    {
        var small = Works(500);
        var large = Works(40_000);
        Assert.Equal(small.Keys, large.Keys);
        Assert.Contains("write pain.001.001.09", small.Keys);
        foreach (var (work, peak) in large) Assert.True(peak < small[work] + (32 << 20), $"{work}: {peak} bytes");
    }

    /// <summary>Peak memory of each work's own process.</summary>
    private static Dictionary<string, long> Works(int lines)
    {
        var (status, output, error) = Disburse.Run(["bench", "codecs", "--lines", $"{lines}", "--runs", "1", "--json"]);
        Assert.True(status == 0, error);
        var told = JsonNode.Parse(output)!;
        Assert.All(told["envelopes"]!.AsArray(), e => Assert.True((double)e!["seal_seconds"]! > 0));
        return told["works"]!.AsArray().ToDictionary(w => (string)w!["work"]!, w =>
        {
            Assert.Equal(lines, (int)w!["lines"]!);
            return (long)w["peak_rss_bytes"]!;
        });
    }
}
