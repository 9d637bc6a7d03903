using System.Text.Json.Nodes;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>The demo ends with totals that add up, and a finished one is left as it is.</summary>
public sealed class DemoTests
{
    [Fact]
    public void Lines_and_money_of_each_project_and_of_all_add_up()
    {
        var report = FinishedDemo.Shared.Report;
        JsonObject[] totals = [report, .. report["projects"]!.AsArray().Select(p => p!.AsObject())];
        Assert.Equal(4, totals.Length);
        foreach (var total in totals)
        {
            Assert.True(Number(total, "lines_declared") > 0);
            Assert.Equal(Number(total, "lines_declared"), Number(total, "lines_paid") + Number(total, "lines_in_flight")
                + Number(total, "lines_unpaid") + Number(total, "lines_voided"));
            Assert.Equal(Number(total, "declared_fen"), Number(total, "paid_fen") + Number(total, "in_flight_fen")
                + Number(total, "unpaid_fen") + Number(total, "voided_fen"));
        }
    }

    [Theory]
    [InlineData("lines_declared")]
    [InlineData("lines_paid")]
    [InlineData("lines_in_flight")]
    [InlineData("lines_unpaid")]
    [InlineData("lines_voided")]
    [InlineData("declared_fen")]
    [InlineData("paid_fen")]
    public void The_sum_of_the_projects_is_the_total(string figure)
    {
        var report = FinishedDemo.Shared.Report;
        Assert.Equal(Number(report, figure), report["projects"]!.AsArray().Sum(p => Number(p!.AsObject(), figure)));
    }

    [Fact]
    public void What_goes_wrong_in_a_month_has_happened_and_the_books_still_agree()
    {
        var report = FinishedDemo.Shared.Report;
        string[] figures = ["obligations", "obligations_open", "warnings", "feed_records", "exceptions", "log_size"];
        foreach (var figure in figures)
            Assert.True(Number(report, figure) > 0, figure);
        Assert.True((bool)report["changed"]!);
        Assert.True((bool)report["log_verified"]!);
        Assert.True((bool)report["counters_agree_with_facts"]!);
        Assert.Empty(report["bank_differences"]!.AsArray());
    }

    [Fact]
    public void A_second_run_changes_nothing_and_says_so()
    {
        using var copy = new DemoCopy();
        var before = FinishedDemo.Dump(copy.Database);
        var (code, output, errors) = Disburse.Run("demo", "--lang", "en", "--data", copy.Folder);
        Assert.True(code == 0, output + errors);
        Assert.Contains("nothing was changed", output, StringComparison.Ordinal);
        Assert.Equal(before, FinishedDemo.Dump(copy.Database));
        var again = JsonNode.Parse(Disburse.Run("demo", "--json", "--data", copy.Folder).Output)!.AsObject();
        Assert.False((bool)again["changed"]!);
        Assert.Equal(FinishedDemo.Totals(FinishedDemo.Shared.Report), FinishedDemo.Totals(again));
    }

    private static long Number(JsonObject total, string name) => (long)total[name]!;
}
