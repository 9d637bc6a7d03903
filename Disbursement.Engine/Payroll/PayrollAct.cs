using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>What the acts on one payroll share: finding it, and the arrow of its machine.</summary>
internal static class PayrollAct
{
    /// <summary>The payroll of the argument "payroll", or the refusal that there is none.</summary>
    public static Decision<PayrollRow> Find(DecisionContext context)
    {
        var id = context.Command.Text("payroll");
        return context.Rows.Find<PayrollRow>(("payroll", context.Command.Number("payroll"))) is { } payroll
            ? Decision<PayrollRow>.Accept(payroll)
            : Decision<PayrollRow>.Refuse([Guard.NotFound("payroll", id)]);
    }

    /// <summary>The refusal that the machine has no such arrow, or null.</summary>
    public static Finding? Step(PayrollRow payroll, PayrollTrigger trigger, out PayrollState to) =>
        PayrollMachine.Table.TryNext(payroll.State, trigger, out to)
            ? null
            : Guard.WrongState("payroll", payroll.Payroll, payroll.State.ToString(), trigger.ToString());

    /// <summary>What is signed for is what stands: arguments "lines_root" and "amount_fen".</summary>
    public static Finding? SameContent(DecisionContext context, PayrollRow payroll)
    {
        var root = context.Command.Text("lines_root");
        if (root != payroll.LinesRoot)
            return new Finding(StandingRules.OtherRoot, Place.Of("lines_root", root), Text(payroll.Payroll));
        var amount = context.Command.Number("amount_fen");
        return amount == payroll.DeclaredFen
            ? null
            : new Finding(StandingRules.OtherAmount, Place.Of("amount_fen", Text(amount)), Text(amount),
                Text(payroll.DeclaredFen));
    }

    /// <summary>The header moved on, with the caller's answer.</summary>
    public static Changes Moved(PayrollRow moved) => new Changes { Result = moved }.Update(moved);

    public static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
