using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using Xunit;
using static Disbursement.Engine.Returns.OutcomeSource;

namespace Disbursement.Tests.Returns;

public class OutcomeSetTests
{
    [Fact]
    public void An_attempt_without_an_outcome_is_open() => Assert.Equal(AttemptState.Open, OutcomeSet.Empty.State);

    [Theory]
    [InlineData(AttemptState.Settled, OutcomeKind.Settled)]
    [InlineData(AttemptState.Rejected, OutcomeKind.Rejected)]
    [InlineData(AttemptState.NotSent, OutcomeKind.NotSent)]
    [InlineData(AttemptState.Returned, OutcomeKind.Returned)]
    [InlineData(AttemptState.Returned, OutcomeKind.Settled, OutcomeKind.Returned)]
    [InlineData(AttemptState.Returned, OutcomeKind.Settled, OutcomeKind.Rejected, OutcomeKind.Returned)]
    [InlineData(AttemptState.Returned, OutcomeKind.NotSent, OutcomeKind.Returned)]
    [InlineData(AttemptState.Rejected, OutcomeKind.NotSent, OutcomeKind.Rejected)]
    [InlineData(AttemptState.Contradicted, OutcomeKind.Settled, OutcomeKind.Rejected)]
    [InlineData(AttemptState.Contradicted, OutcomeKind.Settled, OutcomeKind.NotSent)]
    [InlineData(AttemptState.Contradicted, OutcomeKind.Settled, OutcomeKind.NotSent, OutcomeKind.Rejected)]
    public void Outcomes_of_one_source_are_joined(AttemptState state, params OutcomeKind[] kinds)
    {
        foreach (var source in new[] { Report, Statement })
            Assert.Equal(state, OutcomeSet.Of(kinds.Select(kind => (source, kind))).State);
        // People who say that it was paid take back that it never went.
        if (!kinds.Contains(OutcomeKind.Settled) || !kinds.Contains(OutcomeKind.NotSent))
            Assert.Equal(state, OutcomeSet.Of(kinds.Select(kind => (OutcomeSource.People, kind))).State);
    }

    [Theory]
    [InlineData(OutcomeKind.Settled, Statement, OutcomeKind.Rejected, AttemptState.Rejected)]
    [InlineData(OutcomeKind.Rejected, Statement, OutcomeKind.Settled, AttemptState.Settled)]
    [InlineData(OutcomeKind.Returned, Statement, OutcomeKind.Settled, AttemptState.Settled)]
    [InlineData(OutcomeKind.Settled, OutcomeSource.People, OutcomeKind.Rejected, AttemptState.Rejected)]
    [InlineData(OutcomeKind.Rejected, OutcomeSource.People, OutcomeKind.NotSent, AttemptState.NotSent)]
    [InlineData(OutcomeKind.Settled, Statement, OutcomeKind.Returned, AttemptState.Returned)]
    public void A_statement_or_two_people_outweigh_a_report(
        OutcomeKind reported, OutcomeSource source, OutcomeKind said, AttemptState state) =>
        Assert.Equal(state, OutcomeSet.Of((Report, reported), (source, said)).State);

    /// <summary>What comes back days later was not in the document people had before them.</summary>
    [Theory]
    [InlineData(OutcomeKind.Settled)]
    [InlineData(OutcomeKind.Rejected)]
    [InlineData(OutcomeKind.NotSent)]
    public void A_late_return_counts_beside_the_word_of_people(OutcomeKind said) => Assert.Equal(AttemptState.Returned,
        OutcomeSet.Of((OutcomeSource.People, said), (Report, OutcomeKind.Settled), (Report, OutcomeKind.Returned))
            .State);

    /// <summary>What people took for lost lay at the bank all the time: they decide once more, either way.</summary>
    [Fact]
    public void A_payment_of_what_people_called_absent_is_doubtful_until_they_speak_again()
    {
        var absent = OutcomeSet.Of((OutcomeSource.People, OutcomeKind.NotSent));
        var paid = absent.With(Report, OutcomeKind.Settled);
        Assert.Equal((AttemptState.NotSent, AttemptState.Contradicted), (absent.State, paid.State));
        Assert.Equal(AttemptState.Settled, paid.With(OutcomeSource.People, OutcomeKind.Settled).State);
        Assert.Equal(AttemptState.Rejected, paid.With(OutcomeSource.People, OutcomeKind.Rejected).State);
        Assert.Equal(AttemptState.Returned, paid.With(Report, OutcomeKind.Returned).State);
    }

    [Fact]
    public void A_statement_against_people_is_a_contradiction() =>
        Assert.Equal(AttemptState.Contradicted,
            OutcomeSet.Of((Statement, OutcomeKind.Settled), (OutcomeSource.People, OutcomeKind.NotSent)).State);

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
        var strong = outcomes.Where(o => o.Source != Report).ToHashSet();
        if (strong.Contains((OutcomeSource.People, OutcomeKind.Settled)))
            strong.Remove((OutcomeSource.People, OutcomeKind.NotSent));
        if (strong.All(o => o.Source != Statement) && outcomes.Contains((Report, OutcomeKind.Returned)))
            return AttemptState.Returned;
        var kinds = (strong.Count > 0 ? strong.AsEnumerable() : outcomes).Select(o => o.Kind).ToHashSet();
        if (strong.Count > 0 && kinds.SetEquals([OutcomeKind.NotSent])
            && outcomes.Contains((Report, OutcomeKind.Settled)))
            return AttemptState.Contradicted;
        if (kinds.Count == 0) return AttemptState.Open;
        if (kinds.Contains(OutcomeKind.Returned)) return AttemptState.Returned;
        if (kinds.SetEquals([OutcomeKind.Settled])) return AttemptState.Settled;
        if (kinds.Contains(OutcomeKind.Settled)) return AttemptState.Contradicted;
        return kinds.Contains(OutcomeKind.Rejected) ? AttemptState.Rejected : AttemptState.NotSent;
    }
}
