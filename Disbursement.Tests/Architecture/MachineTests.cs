using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Xunit;

namespace Disbursement.Tests.Architecture;

public class MachineTests
{
    [Fact]
    public void The_drawings_in_the_specs_are_those_of_the_tables()
    {
        var page = Repository.PathOf("specs", "machines.md");
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1")
            File.WriteAllText(page, MachineDrawings.Markdown());
        Assert.Equal(MachineDrawings.Markdown(), File.ReadAllText(page));
    }

    [Fact]
    public void A_payroll_takes_just_these_steps() => AssertArrows(PayrollMachine.Table,
        "Received Checked", "Received Refused", "Checked Submitted", "Submitted Approved", "Submitted SentBack",
        "SentBack Checked", "Approved Settled", "Settled Approved",
        "Received Withdrawn", "Checked Withdrawn", "Submitted Withdrawn", "SentBack Withdrawn");

    [Fact]
    public void A_release_takes_just_these_steps() => AssertArrows(ReleaseMachine.Table,
        "Planned Funded", "Planned Short", "Short Funded", "Funded Short", "Funded Filed", "Filed Settling",
        "Settling Done",
        "Filed Funded", "Done Settling", "Planned Cancelled", "Short Cancelled", "Funded Cancelled");

    [Fact]
    public void A_file_takes_just_these_steps() => AssertArrows(FileMachine.Table,
        "Built Sealed", "Built Withdrawn", "Sealed Withdrawn", "Sealed Sending",
        "Sending Delivered", "Sending Unknown", "Sending Refused", "Sending Sealed", "Sending Accepted",
        "Unknown Accepted", "Unknown Refused", "Unknown Sealed", "Delivered Accepted", "Delivered Refused",
        "Accepted Reconciled", "Accepted Refused",
        "Built Unknown", "Sealed Unknown", "Unknown Withdrawn");

    [Fact]
    public void An_obligation_takes_just_these_steps() => AssertArrows(ObligationMachine.Table,
        "Open Demanded", "Demanded Overdue", "Open Discharged", "Demanded Discharged", "Overdue Discharged",
        "Open Withdrawn", "Demanded Withdrawn", "Overdue Withdrawn");

    [Fact]
    public void A_recovery_takes_just_these_steps() => AssertArrows(RecoveryMachine.Table,
        "Open Recovered", "Open WrittenOff");

    [Fact]
    public void A_warning_takes_just_these_steps() => AssertArrows(WarningMachine.Table,
        "Raised Published", "Published Acknowledged", "Acknowledged Handling", "Handling Replied", "Replied Closed",
        "Raised Cleared", "Published Cleared", "Acknowledged Cleared", "Handling Cleared", "Replied Cleared");

    [Fact]
    public void A_step_that_is_not_drawn_is_refused_by_name()
    {
        var step = PayrollMachine.Table.Step(PayrollState.Refused, PayrollTrigger.Submit, Place.Nowhere);
        var finding = Assert.Single(step.Findings);
        Assert.Equal("machine.no-arrow", finding.Rule.Code);
        Assert.Equal("a payroll in state Refused takes no Submit", finding.Text(chinese: false));
        Assert.Equal(PayrollState.Submitted,
            PayrollMachine.Table.Step(PayrollState.Checked, PayrollTrigger.Submit, Place.Nowhere).Value);
        Assert.Throws<DefectException>(() => PayrollMachine.Table.Next(PayrollState.Refused, PayrollTrigger.Submit));
    }

    private static void AssertArrows<TState, TTrigger>(TransitionTable<TState, TTrigger> table, params string[] arrows)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        Assert.Equal(arrows.Order(), table.Arrows.Select(arrow => $"{arrow.From} {arrow.To}").Order());
        Assert.All(Enum.GetValues<TTrigger>(),
            trigger => Assert.Contains(table.Arrows, arrow => arrow.Trigger.Equals(trigger)));
        Assert.All(Enum.GetValues<TState>(),
            state => Assert.Contains(table.Arrows, arrow => arrow.From.Equals(state) || arrow.To.Equals(state)));
    }
}
