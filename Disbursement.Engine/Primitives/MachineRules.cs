namespace Disbursement.Engine.Primitives;

/// <summary>The rule behind every machine: a step that is not drawn is refused, not guessed.</summary>
public static class MachineRules
{
    public static readonly RefusalRule NoArrow = new("machine.no-arrow", Severity.Refusal,
        "{0} 处于 {1} 状态，不能执行 {2}", "a {0} in state {1} takes no {2}",
        "请先查看其当前状态；允许的步骤见 specs/machines.md",
        "look at its present state first; the steps there are stand in specs/machines.md");

    /// <summary>In order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All => [NoArrow];

    /// <summary>The state after the trigger, or the refusal with the noun, the state and the trigger.</summary>
    public static Decision<TState> Step<TState, TTrigger>(
        this TransitionTable<TState, TTrigger> table, TState from, TTrigger trigger, Place at)
        where TState : struct, Enum
        where TTrigger : struct, Enum =>
        table.TryNext(from, trigger, out var to)
            ? Decision<TState>.Accept(to)
            : Decision<TState>.Refuse(NoArrow, at, table.Noun, $"{from}", $"{trigger}");
}
