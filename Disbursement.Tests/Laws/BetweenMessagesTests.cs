using Disbursement.Host.Simulation.Laws;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>L9 with our own decisions between the bank's messages of a month, at every place.</summary>
public sealed class BetweenMessagesTests(ITestOutputHelper output)
{
    /// <summary>What every first attempt came to; later attempts are there or not by what we knew when we decided.
    /// </summary>
    private const string FirstAttempts = """
        SELECT o.claim || ' ' || o.kind || ' ' || o.amount_fen AS line FROM payment_outcome o
        WHERE o.ledger = @ledger AND o.attempt = 1 AND o.source <> 'People' GROUP BY o.claim, o.kind, o.amount_fen
        ORDER BY line
        """;

    /// <summary>What a bank says of a month: takes all, refuses lines, returns them, contradicts itself.</summary>
    public static TheoryData<int> Fates => [6, 11];

    [Theory, MemberData(nameof(Fates))]
    public void A_sweep_between_two_messages_moves_nothing(int fate)
    {
        using var told = Told(fate);
        AtEveryPlace(fate, world => world.Sweep(), world =>
            Assert.Equal(told.Broken(LawQueries.Moved), world.Broken(LawQueries.Moved)));
    }

    [Fact]
    public void A_decision_of_ours_between_two_messages_changes_no_word_of_the_bank_and_breaks_no_law()
    {
        const int fate = 11;
        using var told = Told(fate);
        var first = First(told);
        Assert.NotEmpty(first);
        Step[][] decisions =
        [
            [new(Act.Again, 0, 0), new(Act.Pump, 0, 0)],
            [new(Act.Void, 3, 1), new(Act.Discharge, 5, 2), new(Act.Void, 4, 4)],
            [new(Act.Wait, 0, 5), new(Act.Silence, 0, 0), new(Act.ResolveLine, 0, 1), new(Act.ResolveLine, 1, 0)],
            [new(Act.Foreign, 1, 15), new(Act.Again, 0, 0), new(Act.Pump, 0, 13)],
        ];
        foreach (var decision in decisions)
            AtEveryPlace(fate, world =>
            {
                foreach (var step in decision)
                {
                    world.Do(step);
                    world.Hold();
                }
            }, world =>
            {
                Assert.Equal(first, First(world));
                Assert.Empty(world.Rest());
            });
    }

    /// <summary>A month of its own for each place: before the first message, between two, after the last.</summary>
    private void AtEveryPlace(int fate, Action<LawWorld> decide, Action<LawWorld> look)
    {
        for (var place = 0; ; place++)
        {
            using var world = LogLawTests.Month(fate, 2);
            if (place > world.Coming.Count) break;
            for (var came = 0; world.Coming.Count > 0 || came == place; came++)
            {
                if (came == place) decide(world);
                if (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
            }
            world.Hold();
            look(world);
            output.WriteLine($"fate {fate}, place {place}: {string.Join(' ', world.Reached)}");
        }
    }

    private static LawWorld Told(int fate)
    {
        var world = LogLawTests.Month(fate, 2);
        while (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
        return world;
    }

    private static IReadOnlyList<string> First(LawWorld world) => world.Broken(FirstAttempts);
}
