using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// payroll.submit: the subcontractor hands a checked payroll to the general contractor. Arguments: payroll, lines_root,
/// amount_fen.
/// </summary>
public sealed class PayrollSubmit : ICommandHandler
{
    public string Verb => "payroll.submit";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = PayrollAct.Find(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var payroll = found.Value;
        if (PayrollAct.SameContent(context, payroll) is { } other) return Decision<Changes>.Refuse([other]);
        var actor = context.Actor!.Person;
        if (payroll.State is PayrollState.Submitted or PayrollState.Approved or PayrollState.Settled
            && payroll.SubmittedBy == actor)
            return Decision<Changes>.Accept(Changes.Repeated(payroll));
        if (PayrollAct.Step(payroll, PayrollTrigger.Submit, out var state) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        return Decision<Changes>.Accept(PayrollAct.Moved(payroll with
        {
            Version = payroll.Version + 1,
            State = state,
            SubmittedBy = actor,
        }));
    }
}

/// <summary>
/// payroll.send-back: the wage administrator (劳资专管员) returns a submitted payroll. Argument: payroll; input: the reason.
/// </summary>
public sealed class PayrollSendBack : ICommandHandler
{
    /// <summary>The reason is personal: it may speak of a worker.</summary>
    public const string Input = "send-back-reason";

    public string Verb => "payroll.send-back";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.WageAdministrator) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = PayrollAct.Find(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var payroll = found.Value;
        var reason = context.InputDigest(Input);
        if (payroll.State == PayrollState.SentBack)
            return payroll.SentBackDocument == reason
                ? Decision<Changes>.Accept(Changes.Repeated(payroll))
                : Decision<Changes>.Refuse(StandingRules.SentBackOtherwise, Place.Of("--reason", ""),
                    PayrollAct.Text(payroll.Payroll));
        if (PayrollAct.Step(payroll, PayrollTrigger.SendBack, out var state) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        return Decision<Changes>.Accept(PayrollAct.Moved(payroll with
        {
            Version = payroll.Version + 1,
            State = state,
            SubmittedBy = null,
            SentBackDocument = reason,
        }));
    }
}

/// <summary>payroll.withdraw: takes a payroll back before its approval. Argument: payroll.</summary>
public sealed class PayrollWithdraw : ICommandHandler
{
    public string Verb => "payroll.withdraw";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = PayrollAct.Find(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var payroll = found.Value;
        if (payroll.State == PayrollState.Withdrawn) return Decision<Changes>.Accept(Changes.Repeated(payroll));
        if (PayrollAct.Step(payroll, PayrollTrigger.Withdraw, out var state) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        return Decision<Changes>.Accept(
            PayrollAct.Moved(payroll with { Version = payroll.Version + 1, State = state }));
    }
}
