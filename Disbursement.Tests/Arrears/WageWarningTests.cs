using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>The rules that look at wages themselves, at and beside their lines, on both engines.</summary>
public sealed class WageWarningTests
{
    private const string January = "2026-01-01/2026-01-31";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_mean_below_the_minimum_wage_is_red_and_one_at_it_is_not(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Approved(7, "2026-02-28", January, 189000, 188999);
        ledger.Approved(8, "2026-02-28", "2026-02-26/2026-03-25", 189000, 189000);
        ledger.Sweep("2026-02-10");
        var low = Assert.Single(ledger.Live(), w => w.Rule == "W06");
        Assert.Equal(("payroll/7", WarningLevel.Red, WarningTier.County, 377999L, 2L),
            (low.Subject, low.Level, low.Tier, low.AmountFen, low.Lines));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_is_no_months_wage_has_no_mean_and_two_months_are_held_to_twice_as_much(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Approved(7, "2026-02-28", "2026-01-01/2026-01-30", 50000);
        ledger.Approved(8, "2026-02-28", "2026-02-02/2026-02-08", 50000);
        ledger.Approved(9, "2026-02-28", "2025-11-01/2025-12-31", 377999);
        ledger.Approved(10, "2026-02-28", "2025-09-01/2025-10-31", 378000);
        ledger.Put(ArrearsLedger.Header(11, PayrollState.Submitted, "2026-02-28", "2026-03-01/2026-03-31", 50000));
        var supplement = ArrearsLedger.Header(12, PayrollState.Approved, "2026-02-28", January, 50000);
        ledger.Put(supplement with { Kind = PayrollKind.Supplementary, Number = 1 });
        ledger.Sweep("2026-02-10");
        Assert.Equal(["payroll/9"], ledger.Live().Where(w => w.Rule == "W06").Select(w => w.Subject));
    }

    [Fact]
    public void A_counties_own_minimum_wage_goes_before_the_provinces_from_its_day_on()
    {
        var pack = RulePack.Parse("""
            {"parameters":{"minimum_wage_fen":{"value":1}},"valid_from":"2020-05-01","rules":[],"minimum_wages":[
              {"region":"520000","from":"2020-05-01","fen":189000},{"region":"520100","from":"2025-02-01","fen":198000},
              {"region":"520102","from":"2025-02-01","fen":213000},{"region":"520102","from":"2027-01-01","fen":9}]}
            """u8.ToArray()).Value;
        (string Region, string Day)[] asked =
        [
            ("520102", "2026-01-31"), ("520102", "2025-01-31"), ("520103", "2026-01-31"), ("522301", "2026-01-31"),
            ("520102", "2019-01-31"),
        ];
        Assert.Equal([213000, 189000, 198000, 189000, 1],
            asked.Select(at => pack.MinimumWageOf(at.Region, ArrearsLedger.Day(at.Day)).Fen));
        Assert.Equal(213000, pack.HighestMinimumWage.Fen);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Who_was_paid_above_fifty_thousand_for_a_month_is_counted_over_all_projects(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.AnotherProject(2, "520103");
        var here = Assert.Single(ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 3000000), 3000000));
        var there = ledger.ApprovedElsewhere(2, 8, January, 2000001);
        Paid(ledger, here);
        ledger.Sweep("2026-02-10");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W07");
        Paid(ledger, there);
        ledger.Sweep("2026-02-11");
        Assert.Equal([("project/1/2026-01", 3000000L, 1L), ("project/2/2026-01", 2000001L, 1L)],
            ledger.Live().Where(w => w.Rule == "W07").Select(w => (w.Subject, w.AmountFen, w.Lines)));
        Assert.All(ledger.Live().Where(w => w.Rule == "W07"), w => Assert.Equal(WarningLevel.Red, w.Level));
        // Returned by the bank, it was not paid.
        ledger.Word(there, 1, OutcomeKind.Returned, "2026-02-12");
        ledger.Sweep("2026-02-12");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W07");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Exactly_the_line_is_not_above_it_and_a_year_adds_up_its_months(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        for (var month = 1; month <= 6; month++)
            Paid(ledger, Assert.Single(ArrearsLedger.Claims(ledger.Approved(month, "2025-12-31",
                $"2025-{month:D2}-01/2025-{month:D2}-28", 5000000), 5000000)));
        Paid(ledger, Assert.Single(ArrearsLedger.Claims(ledger.Approved(20, "2025-12-31", January, 1), 1)));
        ledger.Sweep("2026-02-10");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W07");
        Paid(ledger, Assert.Single(ArrearsLedger.Claims(
            ledger.Approved(21, "2025-12-31", "2025-12-01/2025-12-31", 1), 1)));
        ledger.Sweep("2026-02-11");
        var year = Assert.Single(ledger.Live(), w => w.Rule == "W07");
        Assert.Equal(("project/1/2025", 30000001L, 1L), (year.Subject, year.AmountFen, year.Lines));
    }

    private static void Paid(ArrearsLedger ledger, WageClaimRow claim)
    {
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-03-01"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-09");
    }
}
