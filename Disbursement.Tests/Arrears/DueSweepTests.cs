using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Arrears;

public sealed class DueSweepTests
{
    private const string January = "2026-01-01/2026-01-31";

    /// <summary>What stands on a day for one unpaid payroll due on 2026-02-13.</summary>
    [Theory]
    [InlineData("2026-02-13", null, null, null, null)]
    [InlineData("2026-02-14", "Demanded", "Yellow", "County", "2026-02-17")]
    [InlineData("2026-03-13", "Demanded", "Yellow", "County", "2026-03-16")]
    [InlineData("2026-03-14", "Demanded", "Orange", "City", "2026-03-17")]
    [InlineData("2026-04-13", "Demanded", "Orange", "City", "2026-04-16")]
    [InlineData("2026-04-14", "Demanded", "Red", "Province", "2026-04-17")]
    public void The_first_sweep_after_the_due_date_demands_and_warns_by_age(string day, string? state, string? level, string? tier, string? deadline)
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000, 600000);
        Assert.Equal(state is not null, ledger.Sweep(day));
        if (state is null)
        {
            Assert.Empty(ledger.All<ObligationRow>());
            Assert.Empty(ledger.All<WarningRow>());
            return;
        }
        var obligation = ledger.One<ObligationRow>();
        Assert.Equal((state, 2L, 1100000L, 1L), (obligation.State.ToString(), obligation.LinesOpen, obligation.OpenFen, obligation.Episode));
        Assert.Equal((ArrearsLedger.Day(day), ArrearsLedger.Day(deadline!)), (obligation.DemandedOn, obligation.NextDeadline));
        var warning = ledger.One<WarningRow>();
        Assert.Equal(("W04", "payroll/7", level, tier), (warning.Rule, warning.Subject, warning.Level.ToString(), warning.Tier.ToString()));
        Assert.Equal((1100000L, 2L), (warning.AmountFen, warning.Lines));
    }

    [Fact]
    public void A_demand_is_overdue_the_day_after_its_deadline()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        Assert.False(ledger.Sweep("2026-02-17"));
        Assert.True(ledger.Sweep("2026-02-18"));
        Assert.Equal(ObligationState.Overdue, ledger.One<ObligationRow>().State);
    }

    [Fact]
    public void A_second_sweep_of_the_day_changes_nothing()
    {
        using var ledger = new ArrearsLedger();
        ledger.Approved(7, "2026-02-13", January, 500000);
        Assert.True(ledger.Sweep("2026-02-14"));
        Assert.False(ledger.Sweep("2026-02-14"));
        Assert.Single(ledger.All<OutboxRow>());
    }

    [Fact]
    public void A_project_of_the_prefecture_itself_is_warned_of_at_the_city()
    {
        using var ledger = new ArrearsLedger(region: "520100");
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        Assert.Equal(WarningTier.City, ledger.One<WarningRow>().Tier);
    }

    [Fact]
    public void Paid_on_the_due_date_and_reported_a_day_later_is_never_demanded_or_warned_of()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-25"));
        Assert.True(ledger.Sweep("2026-02-14"));
        var waiting = ledger.One<ObligationRow>();
        Assert.Equal((ObligationState.Open, null, ArrearsLedger.Day("2026-02-25")), (waiting.State, waiting.DemandedOn, waiting.NextDeadline));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-13");
        Assert.Equal(ObligationState.Discharged, ledger.One<ObligationRow>().State);
        Assert.Equal(LeftCause.FoundPaid, ledger.One<ObligationLineLeftRow>().Cause);
        Assert.False(ledger.Sweep("2026-02-16"));
        Assert.Empty(ledger.All<WarningRow>());
        Assert.Empty(ledger.All<OutboxRow>());
    }

    [Fact]
    public void What_came_back_and_waits_for_its_bank_again_moves_the_deadline_of_what_waits()
    {
        using var ledger = new ArrearsLedger();
        var claims = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000, 600000), 500000, 600000);
        ledger.Send(claims[0], 1, ArrearsLedger.Noon("2026-02-16"));
        ledger.Send(claims[1], 1, ArrearsLedger.Noon("2026-02-16"));
        ledger.Word(claims[1], 1, OutcomeKind.Settled, "2026-02-13");
        ledger.Sweep("2026-02-14");
        Assert.Equal(ArrearsLedger.Day("2026-02-16"), ledger.One<ObligationRow>().NextDeadline);
        ledger.Word(claims[1], 1, OutcomeKind.Returned, "2026-02-14");
        ledger.Send(claims[1], 2, ArrearsLedger.Noon("2026-02-25"));
        ledger.Sweep("2026-02-15");
        ledger.Word(claims[0], 1, OutcomeKind.Settled, "2026-02-13");
        Assert.False(ledger.Sweep("2026-02-17"));
        var waiting = ledger.One<ObligationRow>();
        Assert.Equal((ObligationState.Open, 1L, ArrearsLedger.Day("2026-02-25")),
            (waiting.State, waiting.LinesOpen, waiting.NextDeadline));
    }

    [Fact]
    public void What_is_sent_again_moves_the_deadline_of_its_own_line()
    {
        using var ledger = new ArrearsLedger();
        var claims = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000);
        ledger.Send(claims[0], 1, ArrearsLedger.Noon("2026-02-16"));
        ledger.Sweep("2026-02-14");
        ledger.Word(claims[0], 1, OutcomeKind.Rejected, "2026-02-14");
        ledger.Send(claims[0], 2, ArrearsLedger.Noon("2026-02-25"));
        ledger.Sweep("2026-02-15");
        var waiting = ledger.One<ObligationRow>();
        Assert.Equal((ObligationState.Open, ArrearsLedger.Day("2026-02-25")), (waiting.State, waiting.NextDeadline));
        Assert.False(ledger.Sweep("2026-02-17"));
    }

    [Fact]
    public void A_bank_that_does_not_answer_in_time_is_no_reason_to_wait_longer()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-14"), FileState.Unknown);
        ledger.Sweep("2026-02-14");
        Assert.Equal(ObligationState.Open, ledger.One<ObligationRow>().State);
        ledger.Sweep("2026-02-15");
        Assert.Equal(ObligationState.Demanded, ledger.One<ObligationRow>().State);
        Assert.Single(ledger.Live());
    }

    [Fact]
    public void A_file_that_was_never_sent_awaits_no_answer()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Send(claim, 1, answerBy: null, FileState.Sealed);
        ledger.Sweep("2026-02-14");
        Assert.Equal(ObligationState.Demanded, ledger.One<ObligationRow>().State);
    }

    [Fact]
    public void Settled_late_the_line_leaves_and_the_warning_is_cleared_in_the_same_commit()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Sweep("2026-02-14");
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-25"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-16");
        Assert.Equal(LeftCause.SettledLate, ledger.One<ObligationLineLeftRow>().Cause);
        Assert.Equal(ObligationState.Discharged, ledger.One<ObligationRow>().State);
        Assert.Equal(WarningState.Cleared, ledger.One<WarningRow>().State);
        Assert.Equal(["warning.raised", "warning.cleared"], ledger.All<OutboxRow>().Select(o => o.Kind));
    }

    [Fact]
    public void A_late_return_after_discharge_opens_the_next_episode()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Sweep("2026-02-14");
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-25"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-16");
        Assert.False(ledger.Sweep("2026-02-17"));
        ledger.Word(claim, 1, OutcomeKind.Returned, "2026-02-24");
        Assert.True(ledger.Sweep("2026-02-25"));
        Assert.Equal([(1L, ObligationState.Discharged), (2L, ObligationState.Demanded)],
            ledger.All<ObligationRow>().Select(o => (o.Episode, o.State)));
        Assert.Equal([(1L, WarningState.Cleared), (2L, WarningState.Raised)],
            ledger.All<WarningRow>().Where(w => w.Rule == "W04").Select(w => (w.Episode, w.State)));
    }

    [Fact]
    public void A_return_while_others_are_open_joins_the_standing_obligation()
    {
        using var ledger = new ArrearsLedger();
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000, 600000), 500000, 600000)[0];
        ledger.Sweep("2026-02-14");
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-25"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-16");
        ledger.Word(claim, 1, OutcomeKind.Returned, "2026-02-24");
        ledger.Sweep("2026-02-25");
        var obligation = ledger.One<ObligationRow>();
        Assert.Equal((3L, 2L, 1100000L), (obligation.Lines, obligation.LinesOpen, obligation.OpenFen));
    }

    [Fact]
    public void A_payroll_approved_after_its_due_date_is_owed_at_once()
    {
        using var ledger = new ArrearsLedger();
        ledger.Sweep("2026-02-20");
        var row = ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Run((context, changes) => DueSweep.Late(context, changes, row, ArrearsLedger.Claims(row, 500000)));
        Assert.Equal(ObligationState.Demanded, ledger.One<ObligationRow>().State);
        Assert.Equal(WarningLevel.Yellow, ledger.One<WarningRow>().Level);
        Assert.False(ledger.Sweep("2026-02-20"));
    }
}
