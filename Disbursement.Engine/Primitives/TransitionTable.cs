using System.Collections.Frozen;
using Stateless;
using Stateless.Graph;

namespace Disbursement.Engine.Primitives;

/// <summary>
/// A machine declared with Stateless and frozen once into a lookup table. The table is the runtime; a Stateless
/// object is never built per item. Guards live in deciders: a declared arrow says only that the step exists.
/// </summary>
public sealed class TransitionTable<TState, TTrigger>
    where TState : struct, Enum
    where TTrigger : struct, Enum
{
    private readonly FrozenDictionary<(TState, TTrigger), TState> _arrows;

    /// <summary>Declares the machine. Each (state, trigger) pair has at most one target.</summary>
    public TransitionTable(string noun, TState initial, Action<StateMachine<TState, TTrigger>> declare)
    {
        Noun = noun;
        var machine = new StateMachine<TState, TTrigger>(initial);
        declare(machine);
        var info = machine.GetInfo();
        _arrows = info.States
            .SelectMany(s => s.FixedTransitions.Select(t => (
                From: ((TState)s.UnderlyingState, (TTrigger)t.Trigger.UnderlyingTrigger),
                To: (TState)t.DestinationState.UnderlyingState)))
            .ToFrozenDictionary(arrow => arrow.From, arrow => arrow.To);
        Mermaid = MermaidGraph.Format(info);
    }

    public string Noun { get; }

    /// <summary>The drawing that stands in specs/machines.md.</summary>
    public string Mermaid { get; }

    public IEnumerable<(TState From, TTrigger Trigger, TState To)> Arrows =>
        _arrows.Select(a => (a.Key.Item1, a.Key.Item2, a.Value)).OrderBy(a => a.Item1).ThenBy(a => a.Item2);

    /// <summary>The state after the trigger, or false where no arrow
    /// is declared: a refusal for the caller to name.</summary>
    public bool TryNext(TState from, TTrigger trigger, out TState to) => _arrows.TryGetValue((from, trigger), out to);

    /// <summary>Some number of steps, none included, leads from one state to the other.</summary>
    public bool Reaches(TState from, TState to)
    {
        HashSet<TState> reached = [from];
        while (!reached.Contains(to))
        {
            var before = reached.Count;
            reached.UnionWith(_arrows.Where(a => reached.Contains(a.Key.Item1)).Select(a => a.Value).ToList());
            if (reached.Count == before) return false;
        }
        return true;
    }

    /// <summary>The state after a step that a guard has already allowed. An undeclared pair is a defect.</summary>
    public TState Next(TState from, TTrigger trigger) => TryNext(from, trigger, out var to)
        ? to
        : throw new DefectException($"{Noun}: no arrow from {from} by {trigger}");
}
