using System.Text.Json;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Xunit;

namespace Disbursement.Tests.Arrears;

public sealed class WarningTests
{
    private const string January = "2026-01-01/2026-01-31";

    [Fact]
    public void Closed_while_the_condition_holds_is_raised_again_one_tier_up()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        foreach (var act in (string[])["ack", "handle", "reply", "close"]) Assert.True(Act(ledger, act).Accepted);
        Assert.True(ledger.Sweep("2026-02-15"));
        Assert.Equal([(1L, WarningTier.County, WarningState.Closed), (2L, WarningTier.City, WarningState.Raised)],
            ledger.All<WarningRow>().Select(w => (w.Episode, w.Tier, w.State)));
    }

    [Fact]
    public void A_step_that_is_not_drawn_is_refused_and_a_repeated_one_changes_nothing()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        Assert.Equal("subject.wrong-state", Assert.Single(Act(ledger, "close").Findings).Rule.Code);
        Assert.False(Act(ledger, "ack").Value.Repeat);
        Assert.True(Act(ledger, "ack").Value.Repeat);
    }

    [Fact]
    public void A_red_item_under_handling_shows_yellow()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-04-14");
        Assert.Equal(WarningLevel.Red, WarningBook.Shown(ledger.One<WarningRow>()));
        Act(ledger, "ack");
        Assert.Equal(WarningLevel.Red, WarningBook.Shown(ledger.One<WarningRow>()));
        Act(ledger, "handle");
        Assert.Equal((WarningLevel.Red, WarningLevel.Yellow), (ledger.One<WarningRow>().Level, WarningBook.Shown(ledger.One<WarningRow>())));
    }

    [Fact]
    public void The_feed_is_contiguous_and_each_body_is_json_that_names_its_warning()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        ledger.Sweep("2026-03-14");
        Act(ledger, "ack");
        var feed = ledger.All<OutboxRow>();
        Assert.Equal(Enumerable.Range(1, 3).Select(n => (long)n), feed.Select(o => o.Sequence));
        Assert.Equal(["warning.raised", "warning.changed", "warning.acknowledged"], feed.Select(o => o.Kind));
        Assert.All(feed, o => Assert.Equal("payroll/7", JsonDocument.Parse(o.Body).RootElement.GetProperty("about").GetString()));
    }

    [Fact]
    public void A_month_with_attendance_and_nothing_paid_is_red_from_the_month_after_next()
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12");
        ledger.Sweep("2026-02-28");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule is "W03" or "W05");
        ledger.Sweep("2026-03-01");
        Assert.Equal([("W03", WarningLevel.Red), ("W05", WarningLevel.Red)],
            ledger.Live().Where(w => w.Subject == "project/1/2026-01").Select(w => (w.Rule, w.Level)));
    }

    [Fact]
    public void Every_rule_of_the_pack_names_its_source_and_every_evaluated_one_is_known()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "rules", "warnings-guizhou.json"));
        var pack = RulePack.Parse(bytes).Value;
        Assert.Equal(23, pack.Rules.Count);
        Assert.All(pack.Rules, r => Assert.False(string.IsNullOrWhiteSpace(r.Source)));
        Assert.All(pack.Rules.Where(r => r.As.Length > 0), r => Assert.Equal(pack.Rule(r.As).Evaluated, r.Evaluated));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"parameters\":{\"demand_days\":3},\"valid_from\":\"2020-05-01\",\"rules\":[]}")]
    [InlineData("{\"parameters\":{},\"valid_from\":\"soon\",\"rules\":[]}")]
    public void What_is_no_rule_pack_is_refused(string text) =>
        Assert.Equal("arrears.rule-pack-unreadable", RulePack.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Findings[0].Rule.Code);

    [Fact]
    public void Evidence_of_two_people_discharges_an_unpaid_claim()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        Assert.True(Discharge(ledger, "yi").Accepted);
        Assert.Equal(1, ledger.One<ObligationRow>().LinesOpen);
        Assert.True(Discharge(ledger, "er").Accepted);
        Assert.Equal(PaymentChannel.Outside, ledger.One<PaymentRow>().Channel);
        Assert.Equal(LeftCause.Outside, ledger.One<ObligationLineLeftRow>().Cause);
        Assert.Equal((PayrollState.Settled, 500000L), (ledger.One<PayrollRow>().State, ledger.One<PayrollRow>().PaidFen));
        Assert.Empty(ledger.Live());
        Assert.True(Discharge(ledger, "er").Value.Repeat);
    }

    [Fact]
    public void Evidence_for_a_claim_in_flight_is_a_possible_double_payment_and_no_discharge()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-25"));
        ledger.Sweep("2026-02-14");
        Assert.True(Discharge(ledger, "yi").Accepted);
        Assert.Equal(Engine.Arrears.Discharge.PossibleDoublePayment, ledger.One<BankExceptionRow>().Kind);
        Assert.True(Discharge(ledger, "yi").Value.Repeat);
        Assert.Equal(1, ledger.One<ObligationRow>().LinesOpen);
    }

    private static Engine.Primitives.Decision<Outcome> Act(ArrearsLedger ledger, string act) =>
        ledger.Ask("officer", new Command("warning." + act, ("warning", 1)));

    private static Engine.Primitives.Decision<Outcome> Discharge(ArrearsLedger ledger, string person) =>
        ledger.Ask(person, new Command("arrears.discharge", ("claim", 701))
            .With(new InputDocument("evidence", "收条 样例"u8.ToArray(), Personal: true)));
}
