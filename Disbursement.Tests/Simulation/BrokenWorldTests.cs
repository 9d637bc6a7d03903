using Dapper;
using Disbursement.Host.Simulation;
using NodaTime;
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
        var played = Enumerable.Range(1, 20).Select(s => simulator.Play(s, Script.Of(s, 1).Steps))
            .First(p => p.Violation?.Law == "L1");
        var (seed, steps) = (played.Seed, Script.Of(played.Seed, 1).Steps);
        var (shortest, violation) = new Shrinker(simulator, seed, plays: 20).Shrink(steps, played.Violation!);
        Assert.Equal("L1", violation.Law);
        Assert.InRange(shortest.Count, 1, steps.Count - 1);
        Assert.Equal("L1", simulator.Play(seed, shortest).Violation?.Law);
    }

    [Fact]
    public void Work_at_another_price_is_seen_at_the_next_sweep_though_its_header_says_the_same()
    {
        Step? forged = null;
        var simulator = template.Meddled((world, step) =>
        {
            var eye = world.Database.Eye;
            if (forged is not null || step.Act is Act.Night or Act.Tick
                || eye.Query<(long, long)>(Chosen).AsList() is not [var (obligation, line)]) return;
            forged = step;
            foreach (var trigger in eye.Query<string>("""
                SELECT name FROM sqlite_master
                WHERE type = 'trigger' AND tbl_name IN ('obligation', 'obligation_line')
                """).AsList())
                eye.Execute($"DROP TRIGGER {trigger}");
            eye.Execute("""
                UPDATE obligation_line SET amount_fen = amount_fen - 1 WHERE obligation = @obligation AND line = @line;
                UPDATE obligation SET amount_fen = amount_fen - 1, open_fen = open_fen - 1
                    WHERE obligation = @obligation
                """, new { obligation, line });
        });
        var played = simulator.Play(1, Script.Of(1, 2).Steps);
        Assert.Equal("L4", played.Violation?.Law);
        Assert.Contains(played.Violation!.Rows, row => row.Contains("attendance past its due date comes to",
            StringComparison.Ordinal));
        Assert.InRange(played.Violation.Step.At - forged!.At, Duration.Zero, Duration.FromDays(1));
    }

    /// <summary>An open line without a claim, of an obligation of several.</summary>
    private const string Chosen = """
        SELECT l.obligation, l.line FROM obligation_line l
        JOIN obligation o ON o.obligation = l.obligation AND o.kind = 'Unassessed' AND o.lines_open > 1
        WHERE NOT EXISTS (SELECT 1 FROM obligation_line_left x WHERE x.obligation = l.obligation AND x.line = l.line)
        ORDER BY l.obligation, l.line DESC LIMIT 1
        """;

    [Fact]
    public void An_anchor_that_does_not_move_on_is_seen_when_the_run_ends()
    {
        var simulator = template.Meddled((world, step) =>
        {
            var anchor = Path.Combine(world.Database.Folder, "anchor", "log.anchor");
            if (step.Act != Act.EndRun || !File.Exists(anchor)) return;
            // One of another history is left as it is, for whoever starts next.
            var lines = File.ReadAllLines(anchor);
            lines[2] = Convert.ToBase64String(new byte[32]);
            File.WriteAllText(anchor, string.Join('\n', lines) + "\n");
        });
        // The law is silent once a backup took the database's place.
        var seed = Enumerable.Range(1, 50).First(s => Script.Of(s, 2).Steps is var steps
            && steps.All(step => step.Act != Act.Restore)
            && steps.Count(step => step.Act == Act.EndRun && step.Mishap == default) > 2);
        Assert.Equal("L8", simulator.Play(seed, Script.Of(seed, 2).Steps).Violation?.Law);
    }
}
