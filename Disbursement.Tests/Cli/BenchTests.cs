using System.Text.Json.Nodes;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>bench log and bench --cold do what they measure.</summary>
public sealed class BenchTests
{
    [Fact]
    public void A_log_is_verified_whole_and_a_changed_digit_is_found()
    {
        var told = Told("bench", "log", "--leaves", "250", "--json");
        Assert.True((bool)told["valid"]!);
        Assert.Equal(250, (int)told["leaves"]!);
        Assert.True((double)told["verify_seconds"]! > 0);
    }

    [Fact]
    public void A_subscriber_drains_the_feed_whole_by_pull_and_by_push()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        var run = Told("bench", "feed", "--records", "2500", "--db", database.Option, "--json")["runs"]![0]!;
        Assert.True((bool)run["whole"]!);
        Assert.Equal(2500, (int)run["records"]!);
    }

    [Fact]
    public void A_log_too_short_to_measure_is_bad_usage() =>
        Assert.Equal(2, Disburse.Run(["bench", "log", "--leaves", "1"]).Code);

    [Fact]
    public void The_first_payroll_of_a_process_is_handed_over_before_its_job_is_done()
    {
        var run = Told("bench", "--lines", "20", "--payroll-size", "20", "--job-only", "--cold", "--db", "sqlite:x",
            "--json")["runs"]![0]!;
        Assert.InRange((double)run["handed_seconds"]!, 1e-9, (double)run["job_seconds"]!);
    }

    /// <summary>Ledgers that share a database are worked by processes with journals of their own: none is missed for
    /// another's. Exit status 1 would tell what one of them lost.</summary>
    [Fact]
    public void Ledgers_side_by_side_lose_nothing()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        var run = Told("bench", "--lines", "40", "--payroll-size", "20", "--ledgers", "2", "--db", database.Option,
            "--json")["runs"]![0]!;
        Assert.Empty(run["lost"]!.AsArray());
    }

    private static JsonNode Told(params string[] words)
    {
        var (status, output, error) = Disburse.Run(words);
        Assert.True(status == 0, error);
        return JsonNode.Parse(output)!;
    }
}
