using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Xunit;

namespace Disbursement.Tests.Fixtures;

/// <summary>
/// A decider's refusals as one table in their order of precedence: the input of each row breaks its rule and every
/// later one that it still can, and is refused with its own. Nothing that is refused leaves a trace.
/// </summary>
internal sealed class RefusalOrder(SampleLedger ledger)
{
    private readonly List<(string Person, Command Command, RefusalRule Rule)> _rows = [];

    public RefusalOrder Row(RefusalRule rule, string person, Command command)
    {
        _rows.Add((person, command, rule));
        return this;
    }

    public void Holds()
    {
        var before = State();
        var got = _rows.Select(row =>
        {
            var decision = ledger.Decide(row.Person, row.Command);
            return $"{row.Command.Verb} {(decision.Accepted ? "accepted" : decision.Findings[0].Rule.Code)}";
        }).ToList();
        Assert.Equal(_rows.Select(row => $"{row.Command.Verb} {row.Rule.Code}"), got);
        Assert.Equal(before, State());
    }

    private (LedgerHeadRow Head, long Documents) State() =>
        ledger.Ask(v => (v.Find<LedgerHeadRow>()!, v.Count<DocumentRow>()));
}
