using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Payroll;

/// <summary>Where a payroll (工资支付表) stands. The names are what the database holds.</summary>
public enum PayrollState { Received, Checked, Refused, Submitted, Approved, SentBack, Settled, Withdrawn }

/// <summary>What happens to a payroll.</summary>
public enum PayrollTrigger
{
    /// <summary>The sheet stands against attendance, terms and other payrolls.</summary>
    PassCheck,
    /// <summary>A blocking finding. Refused is final: a corrected sheet is a new payroll.</summary>
    FailCheck,
    /// <summary>The subcontractor hands it to the general contractor.</summary>
    Submit,
    /// <summary>The wage administrator (劳资专管员) approves it; what is owed is fixed from here on.</summary>
    Approve,
    /// <summary>The wage administrator sends it back with a reason.</summary>
    SendBack,
    /// <summary>Every claim is paid or voided.</summary>
    Settle,
    /// <summary>A late return (退票) or a contradiction makes a paid claim unpaid or doubtful again.</summary>
    Reopen,
    /// <summary>The submitter takes it back. After approval only single claims are voided.</summary>
    Withdraw,
}

/// <summary>The machine of what is owed.</summary>
public static class PayrollMachine
{
    public static readonly TransitionTable<PayrollState, PayrollTrigger> Table = new(
        "payroll", PayrollState.Received, Declare);

    private static void Declare(StateMachine<PayrollState, PayrollTrigger> machine)
    {
        machine.Configure(PayrollState.Received)
            .Permit(PayrollTrigger.PassCheck, PayrollState.Checked)
            .Permit(PayrollTrigger.FailCheck, PayrollState.Refused)
            .Permit(PayrollTrigger.Withdraw, PayrollState.Withdrawn);
        machine.Configure(PayrollState.Checked)
            .Permit(PayrollTrigger.Submit, PayrollState.Submitted)
            .Permit(PayrollTrigger.Withdraw, PayrollState.Withdrawn);
        machine.Configure(PayrollState.Submitted)
            .Permit(PayrollTrigger.Approve, PayrollState.Approved)
            .Permit(PayrollTrigger.SendBack, PayrollState.SentBack)
            .Permit(PayrollTrigger.Withdraw, PayrollState.Withdrawn);
        machine.Configure(PayrollState.SentBack)
            .Permit(PayrollTrigger.PassCheck, PayrollState.Checked)
            .Permit(PayrollTrigger.Withdraw, PayrollState.Withdrawn);
        machine.Configure(PayrollState.Approved)
            .Permit(PayrollTrigger.Settle, PayrollState.Settled);
        machine.Configure(PayrollState.Settled)
            .Permit(PayrollTrigger.Reopen, PayrollState.Approved);
    }
}
