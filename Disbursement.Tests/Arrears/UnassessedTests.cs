using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Xunit;

namespace Disbursement.Tests.Arrears;

public sealed class UnassessedTests
{
    private const string January = "2026-01-01/2026-01-31";

    [Fact]
    public void Who_worked_and_stands_on_no_approved_payroll_is_owed_the_derived_amount()
    {
        using var ledger = new ArrearsLedger();
        ledger.Terms(1, RateKind.Day, 30000, payDay: 15);
        ledger.Worked(1, "2026-01-12", "2026-01-13");
        // The 15th of February is a day off: due on the 14th, a make-up working day.
        Assert.False(ledger.Sweep("2026-02-14"));
        Assert.True(ledger.Sweep("2026-02-15"));
        var obligation = ledger.One<ObligationRow>();
        Assert.Equal((ObligationKind.Unassessed, ObligationState.Demanded, January), (obligation.Kind, obligation.State, obligation.Period));
        Assert.Equal((ArrearsLedger.Day("2026-02-14"), 1L, 60000L), (obligation.DueDate, obligation.LinesOpen, obligation.OpenFen));
        Assert.Equal("unassessed/1/1/" + January, ledger.Live().Single(w => w.Rule == "W04").Subject);
        Assert.False(ledger.Sweep("2026-02-15"));
    }

    [Theory]
    [InlineData(PayrollState.Received)]
    [InlineData(PayrollState.Submitted)]
    [InlineData(PayrollState.Refused)]
    [InlineData(PayrollState.Withdrawn)]
    public void A_payroll_that_was_not_approved_does_not_make_the_debt_go_away(PayrollState state)
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12");
        ledger.Payroll(7, state, "2026-02-13", January);
        ledger.Sweep("2026-03-02");
        Assert.Equal(ObligationKind.Unassessed, ledger.One<ObligationRow>().Kind);
    }

    [Fact]
    public void Without_terms_a_day_is_owed_its_part_of_the_minimum_wage_and_never_nothing()
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12", "2026-01-13");
        ledger.Sweep("2026-03-02");
        // 1890.00 × 2 ÷ 21.75
        Assert.Equal(17379, ledger.One<ObligationLineRow>().AmountFen);
    }

    [Fact]
    public void Approval_ends_the_line_as_assessed_and_opens_the_ordinary_obligation_in_the_same_commit()
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12");
        ledger.Sweep("2026-03-02");
        var payroll = ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Run((context, changes) => Unassessed.Approved(context, changes, payroll, ArrearsLedger.Claims(payroll, 500000)));
        Assert.Equal(LeftCause.Assessed, ledger.One<ObligationLineLeftRow>().Cause);
        Assert.Equal([(ObligationKind.Unassessed, ObligationState.Discharged), (ObligationKind.Unpaid, ObligationState.Demanded)],
            ledger.All<ObligationRow>().Select(o => (o.Kind, o.State)));
        Assert.Equal(["payroll/7"], ledger.Live().Where(w => w.Rule == "W04").Select(w => w.Subject));
        var standing = ledger.All<ObligationRow>();
        ledger.Sweep("2026-03-02");
        Assert.Equal(standing, ledger.All<ObligationRow>());
    }

    [Fact]
    public void Others_of_the_period_join_the_standing_obligation()
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12");
        ledger.Sweep("2026-03-02");
        ledger.Worked(2, "2026-01-14");
        ledger.Sweep("2026-03-03");
        Assert.Equal((2L, 2L), (ledger.One<ObligationRow>().Lines, ledger.One<ObligationRow>().LinesOpen));
    }

    /// <summary>The days were corrected away; whether a claim stands for days of that period says how the line ended.
    /// </summary>
    [Theory]
    [InlineData(null, LeftCause.Withdrawn)]
    [InlineData("2025-12-01/2025-12-31", LeftCause.Withdrawn)]
    [InlineData("2025-12-15/2026-01-01", LeftCause.Assessed)]
    [InlineData("2026-01-10/2026-01-20", LeftCause.Assessed)]
    [InlineData("2026-01-31/2026-02-27", LeftCause.Assessed)]
    [InlineData("2026-02-01/2026-02-28", LeftCause.Withdrawn)]
    public void A_line_whose_days_are_gone_is_withdrawn_unless_a_claim_meets_its_period(
        string? claimed, LeftCause cause)
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-05");
        ledger.Sweep("2026-03-02");
        if (claimed is not null) ledger.Approved(7, "2026-12-31", claimed, 500000);
        ledger.NotWorked(1, "2026-01-05");
        Assert.True(ledger.Sweep("2026-03-03"));
        Assert.Equal(cause, ledger.One<ObligationLineLeftRow>().Cause);
        var ended = ledger.One<ObligationRow>();
        Assert.Equal((ObligationState.Discharged, 0L, 0L), (ended.State, ended.LinesOpen, ended.OpenFen));
        Assert.False(ledger.Sweep("2026-03-03"));
    }

    [Fact]
    public void An_obligation_ends_with_its_last_line_and_what_comes_then_is_another()
    {
        using var ledger = new ArrearsLedger();
        ledger.Worked(1, "2026-01-12");
        ledger.Worked(2, "2026-01-12", "2026-01-13");
        ledger.Sweep("2026-03-02");
        var before = ledger.One<ObligationRow>();
        ledger.NotWorked(1, "2026-01-12");
        ledger.Sweep("2026-03-03");
        var after = ledger.One<ObligationRow>();
        Assert.Equal((before.Version + 1, before.State, 2L, 1L, 17379L),
            (after.Version, after.State, after.Lines, after.LinesOpen, after.OpenFen));
        // The last one goes in the sweep that brings a third worker.
        ledger.NotWorked(2, "2026-01-12", "2026-01-13");
        ledger.Worked(3, "2026-01-14");
        ledger.Sweep("2026-03-04");
        var next = before.Episode + 1;
        Assert.Equal([(ObligationState.Discharged, 0L, before.Episode), (ObligationState.Demanded, 1, next)],
            ledger.All<ObligationRow>().Select(o => (o.State, o.LinesOpen, o.Episode)));
    }
}
