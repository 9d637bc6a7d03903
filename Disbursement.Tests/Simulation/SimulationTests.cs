using System.Globalization;
using System.Text.Json;
using Disbursement.Host.Simulation;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Simulation;

/// <summary>
/// The simulation in few seeds; <c>disburse simulate --seeds 2000</c> is the whole one. SIM_SEEDS=first-count plays
/// others.
/// </summary>
public sealed class SimulationTests(SimulationTests.Base template, ITestOutputHelper output)
    : IClassFixture<SimulationTests.Base>
{
    [Fact]
    public void Fresh_seeds_hold_every_law_and_come_to_rest()
    {
        // Fresh ones every day, the same all day: what fails in the morning fails again when it is looked at.
        var (from, count) = Environment.GetEnvironmentVariable("SIM_SEEDS")?.Split('-') is [var first, var many]
            ? (long.Parse(first, CultureInfo.InvariantCulture), int.Parse(many, CultureInfo.InvariantCulture))
            : (1_000L * NodaTime.SystemClock.Instance.GetCurrentInstant().InUtc().DayOfYear, 50);
        Holds(new SimulationRun(template.Simulator, months: 1).Play(from, count, shrink: false, 2));
    }

    [Fact]
    public void A_seed_takes_as_many_steps_and_decisions_each_time()
    {
        var script = Script.Of(7, 2);
        var (one, other) = (template.Simulator.Play(7, script.Steps), template.Simulator.Play(7, script.Steps));
        Assert.Equal((one.Steps, one.Decisions), (other.Steps, other.Decisions));
        Assert.NotEqual(one.Decisions, template.Simulator.Play(8, Script.Of(8, 2).Steps).Decisions);
    }

    [Fact]
    public void A_few_seeds_hold_on_the_other_engine_too()
    {
        using var worlds = Worlds.Of(PostgresServer.Running.Connection("postgres", "postgres"));
        Holds(new SimulationRun(new Simulator(worlds.Base, worlds.Make), months: 1).Play(3, 2, shrink: false, 1));
    }

    private void Holds(SimulationReport report)
    {
        output.WriteLine(JsonSerializer.Serialize(report.Marks.ToDictionary(m => $"{m.Key}", m => m.Value.Times)));
        Assert.Empty(report.Failures.Select(f => $"seed {f.Seed} step {f.Violation.Step} {f.Violation.Law}: "
            + string.Join("; ", f.Violation.Rows.Take(5))));
    }

    /// <summary>The base of every world, made once.</summary>
    public sealed class Base : IDisposable
    {
        private readonly Worlds _worlds = Worlds.Of(null);

        internal Simulator Simulator => new(_worlds.Base, _worlds.Make);
        internal Simulator Meddled(Action<World, Step> meddle) =>
            new(_worlds.Base, _worlds.Make) { Meddle = meddle };

        public void Dispose() => _worlds.Dispose();
    }
}
