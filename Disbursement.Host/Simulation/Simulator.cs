using Dapper;

namespace Disbursement.Host.Simulation;

/// <summary>What playing one script came to.</summary>
/// <param name="Steps">How many steps were played.</param>
/// <param name="Violation">Null where every law held and the world came to rest.</param>
/// <param name="Struck">Faults that struck, by fault and place.</param>
/// <param name="Log">The log's head at the end: its size and frontier.</param>
public sealed record Played(long Seed, int Steps, Violation? Violation, IReadOnlyDictionary<Mark, long> Marks,
    IReadOnlyDictionary<string, int> Struck, long Decisions, string Log);

/// <summary>A law that does not hold.</summary>
/// <param name="Law">L1 … L11, "defect", "schema", "start" or "books".</param>
public sealed record Violation(Step Step, string Law, IReadOnlyList<string> Rows);

/// <summary>Plays scripts, each in a world of its own.</summary>
/// <param name="worlds">Makes a database by the seed's name: a path may stand in what a decision keeps, and a seed
/// is to play the same each time. So no seed plays beside itself.</param>
/// <param name="keep">Where worlds are kept whose laws broke; null for nowhere.</param>
internal sealed class Simulator(SimulationBase template, Func<string, WorldDatabase> worlds, string? keep = null)
{
    /// <summary>Called after each step, with the world as it stands: a test breaks something there.</summary>
    public Action<World, Step>? Meddle { get; init; }

    /// <summary>Called at the end, with the world as it came to be: a test looks at it there.</summary>
    public Action<World>? Look { get; init; }

    public Played Play(long seed, IReadOnlyList<Step> steps)
    {
        using var world = new World(template, worlds($"seed-{seed}"), seed);
        Violation? broken = null;
        var played = 0;
        foreach (var step in steps)
        {
            played++;
            Meddle?.Invoke(world, step);
            if ((broken = world.Play(step)) is not null) break;
        }
        if (broken is null && steps.Count > 0) broken = world.End(steps[^1]);
        if (broken is not null && keep is not null) world.Keep(Path.Combine(keep, $"seed-{seed}"));
        Look?.Invoke(world);
        var log = world.Database.Eye.QuerySingle<string>("SELECT leaves || ' ' || frontier FROM ledger_head");
        return new Played(seed, played, broken, Marks.Of(world), world.Struck.ToDictionary(), world.Verbs.Values.Sum(),
            log);
    }
}
