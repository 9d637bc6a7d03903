using System.Diagnostics;
using System.Globalization;

namespace Disbursement.Host.Simulation;

/// <summary>A seed whose laws broke, with the shortest script that was found where one was looked for.</summary>
public sealed record Failure(long Seed, Violation Violation, IReadOnlyList<Step>? Shortest);

/// <summary>What a run came to.</summary>
/// <param name="Marks">Every mark, also those that no seed reached.</param>
/// <param name="Struck">Faults that struck, by fault and place: a death at every kind of commit and call.</param>
/// <param name="CpuSeconds">Time of the processor, whatever else the machine did.</param>
public sealed record SimulationReport(int Seeds, int Months, long Steps, long Decisions,
    IReadOnlyList<Failure> Failures, IReadOnlyDictionary<Mark, (long Times, int Seeds)> Marks,
    IReadOnlyDictionary<string, int> Struck, double Seconds,
    double CpuSeconds)
{
    /// <summary>Marks that no seed reached.</summary>
    public IReadOnlyList<Mark> Missed => [.. Marks.Where(m => m.Value.Times == 0).Select(m => m.Key)];

    /// <summary>Months of wages of one project, in a minute of the clock.</summary>
    public double ProjectMonthsPerMinute =>
        Seconds > 0 ? 60.0 * Seeds * Months * SimulatedSites.Projects / Seconds : 0;
}

/// <summary>Plays many seeds, as many side by side as there are processors.</summary>
/// <param name="say">Told of each failing seed at once, and of how far a long run is.</param>
internal sealed class SimulationRun(Simulator simulator, int months, Action<string>? say = null)
{
    /// <summary>Seeds after which a run says how far it is.</summary>
    private const int SaidEach = 100;

    /// <summary>Scripts tried for a shorter one.</summary>
    private const int MostPlays = 150;

    /// <summary>Failing seeds after which a run ends.</summary>
    private const int MostFailures = 10;

    private readonly Lock _gate = new();
    private readonly List<Failure> _failures = [];
    private readonly SortedDictionary<string, int> _struck = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Mark, (long Times, int Seeds)> _marks =
        new(Enum.GetValues<Mark>().ToDictionary(m => m, _ => (0L, 0)));
    private long _steps, _decisions;
    private int _seeds;

    public SimulationReport Play(long from, int seeds, bool shrink, int sideBySide)
    {
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var next = from - 1;
        // Threads of their own: the pool takes back all but one where the machine is busy with other work.
        var players = Enumerable.Range(0, sideBySide).Select(_ => Task.Factory.StartNew(() =>
        {
            var isWanted = true;
            while (isWanted && Interlocked.Increment(ref next) is var seed && seed < from + seeds)
                isWanted = Take(PlayOne(seed, shrink, out var shortest), shortest);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(players);
        return new SimulationReport(_seeds, months, _steps, _decisions, [.. _failures.OrderBy(f => f.Seed)], _marks,
            _struck, Stopwatch.GetElapsedTime(begun).TotalSeconds,
            (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private Played PlayOne(long seed, bool shrink, out IReadOnlyList<Step>? shortest)
    {
        var steps = Script.Of(seed, months).Steps;
        var played = simulator.Play(seed, steps);
        shortest = shrink && played.Violation is { } broken
            ? new Shrinker(simulator, seed, MostPlays).Shrink(steps, broken).Steps : null;
        return played;
    }

    /// <summary>False where the run has seen enough.</summary>
    private bool Take(Played played, IReadOnlyList<Step>? shortest)
    {
        lock (_gate)
        {
            (_seeds, _steps, _decisions) = (_seeds + 1, _steps + played.Steps, _decisions + played.Decisions);
            foreach (var (mark, times) in played.Marks)
                _marks[mark] = (_marks[mark].Times + times, _marks[mark].Seeds + 1);
            foreach (var (what, times) in played.Struck) _struck[what] = _struck.GetValueOrDefault(what) + times;
            if (played.Violation is { } broken)
            {
                _failures.Add(new Failure(played.Seed, broken, shortest));
                say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"seed {played.Seed}: {broken.Law}"));
            }
            if (_seeds % SaidEach == 0)
                say?.Invoke(string.Create(CultureInfo.InvariantCulture,
                    $"{_seeds} seeds, {_steps} steps, {_failures.Count} violations"));
            return _failures.Count < MostFailures;
        }
    }
}
