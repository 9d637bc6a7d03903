using System.Globalization;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// recovery.recovered and recovery.write-off: the debtor paid back, or nobody expects it any more. Two people, and a
/// document for the former.
/// </summary>
public sealed class RecoveryAct(string verb, RecoveryTrigger trigger) : ICommandHandler
{
    public static RecoveryAct Recovered() => new("recovery.recovered", RecoveryTrigger.Recover);
    public static RecoveryAct WriteOff() => new("recovery.write-off", RecoveryTrigger.WriteOff);

    public string Verb => verb;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var id = context.Command.Number("recovery");
        var text = id.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<RecoveryClaimRow>(("recovery", id)) is not { } recovery)
            return Decision<Changes>.Refuse([Guard.NotFound("recovery", text)]);
        if (trigger == RecoveryTrigger.Recover && context.Input(Discharge.Evidence) is null)
            return Decision<Changes>.Refuse(ArrearsRules.EvidenceMissing, Place.Of("--evidence", ""));
        var body = context.Input(Discharge.Evidence) is null ? verb : context.InputDigest(Discharge.Evidence);
        if (TwoPeople.Decided(context, $"recovery/{text}", body))
            return Decision<Changes>.Accept(Changes.Repeated(recovery));
        if (!RecoveryMachine.Table.TryNext(recovery.State, trigger, out var next))
            return Decision<Changes>.Refuse([Guard.WrongState("recovery", id, $"{recovery.State}", $"{trigger}")]);
        return TwoPeople.Decide(context, $"recovery/{text}", body, changes =>
        {
            var moved = recovery with { Version = recovery.Version + 1, State = next };
            changes.Result = moved;
            return Decision<Changes>.Accept(changes.Update(moved));
        });
    }
}
