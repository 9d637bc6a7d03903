using Dapper;
using Disbursement.Host.Simulation;
using Xunit;

namespace Disbursement.Tests.Simulation;

/// <summary>What a simulation that cannot fail would not see: the owner of the database breaks a law by hand.</summary>
public sealed class BrokenWorldTests(SimulationTests.Base template) : IClassFixture<SimulationTests.Base>
{
    /// <summary>The bank's word that killed an attempt is gone, and the attempt after it stands.</summary>
    private const string Forget = """
        DELETE FROM payment_outcome WHERE (claim, attempt) IN
            (SELECT p.claim, p.attempt - 1 FROM payment p WHERE p.attempt > 1 AND p.channel = 'File')
        """;

    [Fact]
    public void A_wage_that_may_be_paid_twice_is_seen_at_the_step_and_the_script_shrinks()
    {
        var simulator = template.Meddled((world, _) =>
        {
            var eye = world.Database.Eye;
            foreach (var trigger in eye.Query<string>(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'payment_outcome'").AsList())
                eye.Execute($"DROP TRIGGER {trigger}");
            eye.Execute(Forget);
        });
        var steps = Script.Of(1, 1).Steps;
        var played = simulator.Play(1, steps);
        Assert.Equal("L1", played.Violation?.Law);
        var (shortest, violation) = new Shrinker(simulator, 1, plays: 20).Shrink(steps, played.Violation!);
        Assert.Equal("L1", violation.Law);
        Assert.InRange(shortest.Count, 1, steps.Count - 1);
        Assert.Equal("L1", simulator.Play(1, shortest).Violation?.Law);
    }
}
