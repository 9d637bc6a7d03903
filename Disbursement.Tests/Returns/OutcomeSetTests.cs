using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using Xunit;
using static Disbursement.Engine.Returns.OutcomeKind;
using static Disbursement.Engine.Returns.OutcomeSource;

namespace Disbursement.Tests.Returns;

public class OutcomeSetTests
{
    [Fact]
    public void An_attempt_without_an_outcome_is_open() => Assert.Equal(AttemptState.Open, OutcomeSet.Empty.State);

    [Theory]
    [InlineData(AttemptState.Settled, Settled)]
    [InlineData(AttemptState.Rejected, Rejected)]
    [InlineData(AttemptState.NotSent, NotSent)]
    [InlineData(AttemptState.Returned, Returned)]
    [InlineData(AttemptState.Returned, Settled, Returned)]
    [InlineData(AttemptState.Returned, Settled, Rejected, Returned)]
    [InlineData(AttemptState.Returned, NotSent, Returned)]
    [InlineData(AttemptState.Rejected, NotSent, Rejected)]
    [InlineData(AttemptState.Contradicted, Settled, Rejected)]
    [InlineData(AttemptState.Contradicted, Settled, NotSent)]
    [InlineData(AttemptState.Contradicted, Settled, NotSent, Rejected)]
    public void Outcomes_of_one_source_are_joined(AttemptState state, params OutcomeKind[] kinds)
    {
        foreach (var source in Enum.GetValues<OutcomeSource>())
            Assert.Equal(state, OutcomeSet.Of(kinds.Select(kind => (source, kind))).State);
    }

    [Theory]
    [InlineData(Settled, Statement, Rejected, AttemptState.Rejected)]
    [InlineData(Rejected, Statement, Settled, AttemptState.Settled)]
    [InlineData(Returned, Statement, Settled, AttemptState.Settled)]
    [InlineData(Settled, OutcomeSource.People, NotSent, AttemptState.NotSent)]
    [InlineData(Settled, Statement, Returned, AttemptState.Returned)]
    public void A_statement_or_two_people_outweigh_a_report(
        OutcomeKind reported, OutcomeSource source, OutcomeKind said, AttemptState state) =>
        Assert.Equal(state, OutcomeSet.Of((Report, reported), (source, said)).State);

    [Fact]
    public void A_statement_against_people_is_a_contradiction() =>
        Assert.Equal(AttemptState.Contradicted,
            OutcomeSet.Of((Statement, Settled), (OutcomeSource.People, NotSent)).State);

    [Property(MaxTest = 500)]
    public bool Neither_order_nor_repetition_changes_an_attempt(byte[] words, uint turn)
    {
        var outcomes = words.Select(word => ((OutcomeSource)(word % 3), (OutcomeKind)(word / 3 % 4))).ToList();
        var cut = outcomes.Count == 0 ? 0 : (int)(turn % outcomes.Count);
        var shuffled = outcomes.Skip(cut).Concat(outcomes.Take(cut)).Reverse().Concat(outcomes.Take(cut));
        var expected = OutcomeSet.Of(outcomes);
        return OutcomeSet.Of(shuffled) == expected
            && OutcomeSet.Of(outcomes.Take(cut)).Union(OutcomeSet.Of(outcomes.Skip(cut))) == expected
            && expected.State == ByTheRule(outcomes);
    }

    /// <summary>The rule once more, said over lists instead of bits.</summary>
    private static AttemptState ByTheRule(List<(OutcomeSource Source, OutcomeKind Kind)> outcomes)
    {
        var strong = outcomes.Where(o => o.Source != Report).ToList();
        var kinds = (strong.Count > 0 ? strong : outcomes).Select(o => o.Kind).ToHashSet();
        if (kinds.Count == 0) return AttemptState.Open;
        if (kinds.Contains(Returned)) return AttemptState.Returned;
        if (kinds.SetEquals([Settled])) return AttemptState.Settled;
        if (kinds.Contains(Settled)) return AttemptState.Contradicted;
        return kinds.Contains(Rejected) ? AttemptState.Rejected : AttemptState.NotSent;
    }
}
