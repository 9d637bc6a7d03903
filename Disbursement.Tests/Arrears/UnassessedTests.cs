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
}
