using Disbursement.Engine.Papers;
using Disbursement.Tests.Demo;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Papers;

/// <summary>The quarter's bulletin adds up to what the demo says of its month, by county and by company.</summary>
public sealed class BulletinTests
{
    [Fact]
    public void The_sums_by_county_and_by_company_are_those_of_the_ledger()
    {
        using var demo = new DemoCopy();
        var (code, _, errors) = Disburse.Run("paper", "bulletin", "2026Q1", "--db", demo.Option, "--out", demo["q"]);
        Assert.True(code == 0, errors);
        var report = FinishedDemo.Shared.Report;
        var total = DemoPaperTests.Book(demo["q/季度通报-2026Q1.xlsx"]).Single(r => r[0] == "合计");
        Assert.Equal([$"{report["lines_declared"]}", Yuan("declared_fen"), Yuan("paid_fen"), Yuan("in_flight_fen"),
            Yuan("unpaid_fen"), $"{report["obligations"]}", $"{report["obligations_open"]}"],
            (string[])[Whole(total[2]), .. total[3..7], Whole(total[7]), Whole(total[8])]);
        var pages = DemoPaperTests.Text(demo["q/季度通报-2026Q1.pdf"]);
        foreach (var words in new[] { "贵阳市农民工工资支付情况季度通报", "按企业", "黔东样例建设有限公司", "预警按层级" })
            Assert.Contains(words, pages, StringComparison.Ordinal);
        // Nothing ended in the quarter before: a bulletin of nothing is a bulletin.
        Assert.Equal(0, Disburse.Run("paper", "bulletin", "2025Q4", "--db", demo.Option, "--out", demo["q"]).Code);
        Assert.Equal(2, Disburse.Run("paper", "bulletin", "2025Q5", "--db", demo.Option, "--out", demo["q"]).Code);

        string Yuan(string figure) => CellText.Yuan((long)report[figure]!);
        string Whole(string cell) => cell.Split('.')[0];
    }

    [Theory]
    [InlineData("2026Q1", 2026, 1, 3)]
    [InlineData("2026q4", 2026, 10, 12)]
    public void A_quarter_is_three_months(string text, int year, int from, int to)
    {
        Assert.True(Quarter.TryParse(text, out var quarter));
        Assert.Equal((new YearMonth(year, from), new YearMonth(year, to)), (quarter.From, quarter.To));
    }

    [Theory]
    [InlineData("2026Q5")]
    [InlineData("2026-1")]
    [InlineData("26Q1")]
    [InlineData("-999Q1")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => Assert.False(Quarter.TryParse(text, out _));
}
