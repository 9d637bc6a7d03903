using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.People;

public sealed class TermsSheetTests
{
    [Theory]
    [InlineData("月", "6500.50", 15, "月", RateKind.Month, PayCycle.Month)]
    [InlineData("WEEK", "1500", 5, "week", RateKind.Week, PayCycle.Week)]
    [InlineData("日", "300", 31, "月", RateKind.Day, PayCycle.Month)]
    [InlineData("小时", "38.5", 1, "日", RateKind.Hour, PayCycle.Day)]
    public void Each_rate_kind_is_read_with_its_cycle(
        string kind, string rate, int payDay, string cycle, RateKind k, PayCycle c)
    {
        var row = TermsRow(1, kind, rate, $"{payDay}", cycle);
        var line = Assert.Single(TermsSheet.Read(Table(TermsHead, row), Checks).Value);
        Money.ParseYuan(rate, out var money);
        var signed = new LocalDate(2026, 1, 5);
        Assert.Equal(new ContractTerms(signed, k, money, "", c, new AgreedPayDay(payDay, null), 480), line.Terms);
    }

    [Fact]
    public void Piece_work_names_its_unit_and_the_date_it_is_paid_on()
    {
        var row = $"{Identity(1)}|{Project}|2026-01-05|计件|12.5|平方米|2026-06-30|8|计件";
        var terms = Assert.Single(TermsSheet.Read(Table(TermsHead, row), Checks).Value).Terms;
        Assert.Equal(("平方米", new LocalDate(2026, 6, 30)), (terms.PieceUnit, terms.PayDay.Date));
    }

    [Theory]
    [InlineData("15", "计件")]
    [InlineData("32", "月")]
    [InlineData("0", "月")]
    [InlineData("8", "周")]
    [InlineData("2026-06-30", "月")]
    public void A_pay_day_that_does_not_fit_the_cycle_is_refused(string payDay, string cycle) =>
        Assert.Equal(["terms.pay-day"],
            Codes(TermsSheet.Read(Table(TermsHead, TermsRow(1, payDay: payDay, cycle: cycle)), Checks)));

    [Property(MaxTest = 200)]
    public bool Nothing_in_a_cell_makes_it_throw(string cell, int column)
    {
        var good = TermsRow(1).Split('|');
        good[Math.Abs(column % good.Length)] = cell ?? "";
        var decision = TermsSheet.Read(Table(TermsHead, string.Join('|', good)), Checks);
        return decision.Accepted || decision.Findings.Count > 0;
    }
}
