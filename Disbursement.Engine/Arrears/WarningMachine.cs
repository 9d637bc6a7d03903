using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// Where an arrears warning (欠薪预警) stands. Tier and level are attributes, not states. The names are what the database
/// holds.
/// </summary>
public enum WarningState { Raised, Published, Acknowledged, Handling, Replied, Closed, Cleared }

/// <summary>What happens to a warning: 发现 → 派单 → 接收 → 处置 → 反馈 → 销号.</summary>
public enum WarningTrigger
{
    /// <summary>It went out in the feed to the regulators (派单).</summary>
    Publish,
    /// <summary>An officer of the place took it (接收).</summary>
    Acknowledge,
    /// <summary>Handling began (处置); a red item shows yellow from here.</summary>
    Handle,
    /// <summary>What was done is reported (反馈).</summary>
    Reply,
    /// <summary>
    /// Struck off (销号). If the condition still holds, the next sweep raises the next episode one tier up.
    /// </summary>
    Close,
    /// <summary>The condition ended by itself.</summary>
    Clear,
}

/// <summary>The machine of one warning: one per rule and subject, never per line.</summary>
public static class WarningMachine
{
    public static readonly TransitionTable<WarningState, WarningTrigger> Table = new(
        "warning", WarningState.Raised, Declare);

    private static void Declare(StateMachine<WarningState, WarningTrigger> machine)
    {
        machine.Configure(WarningState.Raised)
            .Permit(WarningTrigger.Publish, WarningState.Published)
            .Permit(WarningTrigger.Clear, WarningState.Cleared);
        machine.Configure(WarningState.Published)
            .Permit(WarningTrigger.Acknowledge, WarningState.Acknowledged)
            .Permit(WarningTrigger.Clear, WarningState.Cleared);
        machine.Configure(WarningState.Acknowledged)
            .Permit(WarningTrigger.Handle, WarningState.Handling)
            .Permit(WarningTrigger.Clear, WarningState.Cleared);
        machine.Configure(WarningState.Handling)
            .Permit(WarningTrigger.Reply, WarningState.Replied)
            .Permit(WarningTrigger.Clear, WarningState.Cleared);
        machine.Configure(WarningState.Replied)
            .Permit(WarningTrigger.Close, WarningState.Closed)
            .Permit(WarningTrigger.Clear, WarningState.Cleared);
    }
}
