using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>The rules about days, cards and arrears of single workers, at and beside their lines, on both engines.
/// </summary>
public sealed class WorkerWarningTests
{
    private const string January = "2026-01-01/2026-01-31";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Days_worked_back_from_the_money_are_yellow_where_the_gate_knows_others(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        for (var worker = 1; worker <= 3; worker++) ledger.Terms(worker, RateKind.Day, 30000, payDay: 13);
        // Twenty days are stated and paid: the first was there on two, the second on twenty, the third's pay is no
        // multiple.
        ledger.Worked(1, "2026-01-05", "2026-01-06");
        ledger.Worked(2, [.. Enumerable.Range(5, 20).Select(day => $"2026-01-{day:D2}")]);
        ledger.Worked(3, "2026-01-05");
        ledger.Approved(7, "2026-02-28", January, 600000, 600000, 600001);
        ledger.Sweep("2026-02-10");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W14");
        ledger.Finding(7, PayrollRules.Differs);
        ledger.Sweep("2026-02-11");
        var found = Assert.Single(ledger.Live(), w => w.Rule == "W14");
        Assert.Equal(("payroll/7", WarningLevel.Yellow, 1L, 600000L),
            (found.Subject, found.Level, found.Lines, found.AmountFen));
        // The gate's days are corrected to what was stated.
        ledger.Worked(1, [.. Enumerable.Range(7, 18).Select(day => $"2026-01-{day:D2}")]);
        ledger.Sweep("2026-02-12");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W14");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Half_days_that_add_up_to_the_stated_days_are_not_worked_back(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Terms(1, RateKind.Day, 30000, payDay: 13);
        // Forty times four hours of a standard day of eight, over two periods' days: twenty days.
        ledger.Worked(1, 240, [.. Enumerable.Range(0, 40).Select(i => ArrearsLedger.Day("2026-01-01").PlusDays(i))]);
        ledger.Approved(7, "2026-02-28", "2026-01-01/2026-02-28", 600000);
        ledger.Finding(7, PayrollRules.Differs);
        ledger.Sweep("2026-02-10");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W14");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void One_worker_is_at_the_line_with_three_months_pay_and_five_thousand(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Approved(1, "2026-02-13", January, 200000, 900000);
        ledger.Approved(2, "2026-03-13", "2026-02-01/2026-02-28", 200000);
        ledger.Approved(3, "2026-04-13", "2026-03-01/2026-03-31", 100000);
        ledger.Sweep("2026-04-13");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W15");
        ledger.Sweep("2026-04-14");
        var line = Assert.Single(ledger.Live(), w => w.Rule == "W15");
        // The second worker is owed more, of one month.
        Assert.Equal(("employer/1", WarningLevel.Red, WarningTier.City, 500000L, 1L),
            (line.Subject, line.Level, line.Tier, line.AmountFen, line.Lines));
        Assert.Equal("520100", System.Text.Json.JsonDocument.Parse(ledger.All<OutboxRow>()
            .Single(o => o.Subject == $"warning/{line.Warning}").Body).RootElement.GetProperty("region").GetString());
        Assert.False(ledger.Sweep("2026-04-14"));
    }

    [Theory]
    [InlineData(1, 200000, 200000, 99999)]
    [InlineData(7, 200000, 200000, 200000)]
    public void Less_money_or_weeks_of_one_month_are_below_it(int days, long first, long second, long third)
    {
        using var ledger = new ArrearsLedger();
        string[] periods = days == 1
            ? [January, "2026-02-01/2026-02-28", "2026-03-01/2026-03-31"]
            : ["2026-01-05/2026-01-11", "2026-01-12/2026-01-18", "2026-01-19/2026-01-25"];
        ledger.Approved(1, "2026-02-13", periods[0], first);
        ledger.Approved(2, "2026-02-13", periods[1], second);
        ledger.Approved(3, "2026-02-13", periods[2], third);
        ledger.Sweep("2026-05-01");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W15");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Ten_workers_are_at_the_line_with_thirty_thousand_together_and_no_longer_once_paid(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        var claims = ArrearsLedger.Claims(
            ledger.Approved(1, "2026-02-13", January, [.. Enumerable.Repeat(300000L, 10)]), 300000);
        ledger.Sweep("2026-02-14");
        var line = Assert.Single(ledger.Live(), w => w.Rule == "W15");
        Assert.Equal((3000000L, 10L), (line.AmountFen, line.Lines));
        ledger.Send(claims[0], 1, ArrearsLedger.Noon("2026-03-01"));
        ledger.Word(claims[0], 1, Engine.Returns.OutcomeKind.Settled, "2026-02-15");
        ledger.Sweep("2026-02-16");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W15");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void One_card_of_two_people_and_a_card_changed_lately_are_yellow(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.AnotherProject(2, "520103");
        ledger.People(3);
        ledger.Sweep("2026-02-01");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W13");
        // The second worker's card is the first's from noon of the 3rd on.
        ledger.Card(worker: 2, version: 2, hash: 1, effective: "2026-02-03");
        ledger.Sweep("2026-02-02");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W13");
        ledger.Sweep("2026-02-03");
        Assert.Equal([("project/1", 2L, WarningLevel.Yellow), ("project/2", 2L, WarningLevel.Yellow)],
            ledger.Live().Where(w => w.Rule == "W13").Select(w => (w.Subject, w.Lines, w.Level)));
        ledger.Card(worker: 2, version: 3, hash: 9, effective: "2026-02-04");
        ledger.Sweep("2026-02-10");
        Assert.All(ledger.Live().Where(w => w.Rule == "W13"), w => Assert.Equal(1, w.Lines));
        // Seven days on nobody shares a card and none is new.
        ledger.Sweep("2026-02-11");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W13");
    }
}
