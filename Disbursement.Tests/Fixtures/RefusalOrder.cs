using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Xunit;

namespace Disbursement.Tests.Fixtures;

/// <summary>
/// A decider's refusals as one table in their order of precedence: the input of each row breaks its rule and every
/// later one that it still can, and is refused with its own. A row of what was done before is accepted as a repeat.
/// Nothing that is refused or repeated leaves a trace.
/// </summary>
internal sealed class RefusalOrder(SampleLedger ledger)
{
    private const string Repeated = "repeated";
    private readonly List<(string Person, Command Command, string Answer)> _rows = [];

    public RefusalOrder Row(RefusalRule rule, string person, Command command)
    {
        _rows.Add((person, command, rule.Code));
        return this;
    }

    /// <summary>Done before, by an input that is out of state by now: asked again it is the same act.</summary>
    public RefusalOrder Repeat(string person, Command command)
    {
        _rows.Add((person, command, Repeated));
        return this;
    }

    public void Holds()
    {
        var before = State();
        var got = _rows.Select(row =>
        {
            var decision = ledger.Decide(row.Person, row.Command);
            var answer = !decision.Accepted ? decision.Findings[0].Rule.Code
                : decision.Value.Repeat ? Repeated : "accepted";
            return $"{row.Command.Verb} {answer}";
        }).ToList();
        Assert.Equal(_rows.Select(row => $"{row.Command.Verb} {row.Answer}"), got);
        Assert.Equal(before, State());
    }

    private (LedgerHeadRow Head, long Documents) State() =>
        ledger.Ask(v => (v.Find<LedgerHeadRow>()!, v.Count<DocumentRow>()));
}
