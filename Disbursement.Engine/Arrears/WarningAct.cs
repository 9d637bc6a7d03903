using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>warning.ack, handle, reply and close: what an officer does with a warning (接收 → 处置 → 反馈 → 销号).</summary>
public sealed class WarningAct(string verb, WarningTrigger trigger, WarningState reached, string told) : ICommandHandler
{
    public static IEnumerable<WarningAct> All =>
    [
        new("warning.ack", WarningTrigger.Acknowledge, WarningState.Acknowledged, "warning.acknowledged"),
        new("warning.handle", WarningTrigger.Handle, WarningState.Handling, "warning.handling"),
        new("warning.reply", WarningTrigger.Reply, WarningState.Replied, "warning.replied"),
        new("warning.close", WarningTrigger.Close, WarningState.Closed, "warning.closed"),
    ];

    public string Verb => verb;

    public Decision<Changes> Decide(DecisionContext context)
    {
        var id = context.Command.Number("warning");
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (context.Rows.Find<WarningRow>(("warning", id)) is not { } warning)
            return Decision<Changes>.Refuse([Guard.NotFound("warning", id.ToString(CultureInfo.InvariantCulture))]);
        // Taken further since is taken all the same; one that ended by itself may never have come that far.
        if (warning.State >= reached && warning.State != WarningState.Cleared)
            return Decision<Changes>.Accept(Changes.Repeated(warning));
        // Whoever takes a warning has plainly received it: the feed told of it, whether or not its reader said so.
        var heard = trigger == WarningTrigger.Acknowledge && warning.State == WarningState.Raised
            ? warning with { State = WarningMachine.Table.Next(warning.State, WarningTrigger.Publish) }
            : warning;
        if (!WarningMachine.Table.TryNext(heard.State, trigger, out _))
            return Decision<Changes>.Refuse([Guard.WrongState("warning", id, $"{warning.State}", $"{trigger}")]);
        var changes = new Changes();
        changes.Result = WarningBook.Step(context, changes, heard, trigger, told);
        return Decision<Changes>.Accept(changes);
    }
}
