using System.Diagnostics;

namespace Disbursement.Host.Simulation;

/// <summary>What playing one script came to.</summary>
internal sealed record Played(long Seed, int Steps, Violation? Violation, IReadOnlyDictionary<string, int> Met,
    IReadOnlyDictionary<string, int> Struck, long Decisions);

/// <summary>Plays scripts, each in a world of its own.</summary>
internal sealed class Simulator(SimulationBase template)
{
    private int _worlds;

    public Played Play(long seed, IReadOnlyList<Step> steps)
    {
        using var world = new World(template,
            SqliteWorld.Of(template, $"world-{Interlocked.Increment(ref _worlds)}"), seed);
        Violation? broken = null;
        var played = 0;
        foreach (var step in steps)
        {
            played++;
            if ((broken = world.Play(step)) is not null) break;
        }
        if (broken is null && steps.Count > 0) broken = world.End(steps[^1]);
        if (broken is not null && Environment.GetEnvironmentVariable("SIM_KEEP") is { } keep) world.Keep(Path.Combine(keep, $"{seed}"));
        return new Played(seed, played, broken, world.Met, world.Struck, world.Decisions);
    }
}
