using System.Diagnostics;
using System.Globalization;

namespace Disbursement.Tests.Mutation;

/// <summary>
/// Runs the tests that pass a mutant's place, quick ones first, until one fails. Lives beside the copy that it judges,
/// in a load context of their own, so that nothing it leaves behind meets other tests.
/// </summary>
public sealed class MutantJudge
{
    /// <summary>A test that asks more than so many times as often as without a mutant goes on for ever.</summary>
    private const int MostTimes = 20;

    private const long Floor = 1_000_000;

    private readonly List<(JudgedTest Test, long Asked, TimeSpan Takes, bool[] Reached)> _tests = [];

    private readonly List<string> _unfit = [];

    /// <param name="mutants">How many there are.</param>
    /// <param name="classes">Full names of test classes.</param>
    /// <param name="known">What a judge before this one measured, by name of test; none at first.</param>
    public MutantJudge(int mutants, string[] classes, IReadOnlyDictionary<string, (long, TimeSpan, bool[])> known)
    {
        var here = typeof(MutantJudge).Assembly;
        foreach (var test in JudgedTest.Of(classes.Select(c => here.GetType(c, throwOnError: true)!)))
        {
            if (known.TryGetValue(test.Name, out var before))
            {
                _tests.Add((test, before.Item1, before.Item2, before.Item3));
                continue;
            }
            if (known.Count > 0) continue;
            // Once for what is made once, and once to be measured.
            Mutants.Live(-1, long.MaxValue);
            if (test.Run() is { } fails)
            {
                _unfit.Add($"{test.Name} {fails}");
                continue;
            }
            Mutants.Watch(mutants);
            Mutants.Live(-1, long.MaxValue);
            var begun = Stopwatch.GetTimestamp();
            test.Run();
            _tests.Add((test, Mutants.Asked, Stopwatch.GetElapsedTime(begun), Mutants.Watch(0)));
        }
        _tests.Sort((one, other) => one.Takes.CompareTo(other.Takes));
    }

    /// <summary>By name of test: how often it asks, how long it takes, which mutants it passes.</summary>
    public IReadOnlyDictionary<string, (long, TimeSpan, bool[])> Known =>
        _tests.ToDictionary(t => t.Test.Name, t => (t.Asked, t.Takes, t.Reached));

    /// <summary>Tests that fail here without any mutant: they judge nothing.</summary>
    public string Unfit => string.Join('\n', _unfit);

    /// <summary>Tests, and the seconds they all take.</summary>
    public string Measured => string.Create(CultureInfo.InvariantCulture,
        $"{_tests.Count} tests, {_tests.Sum(t => t.Takes.TotalSeconds):0.0} s, {Slowest}");

    private string Slowest => string.Join("; ", _tests.TakeLast(12)
        .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Test.Name} {t.Takes.TotalSeconds:0.0}")));

    /// <summary>"killed TEST EXCEPTION", "survived N" with how many tests pass its place, or "spoilt" where what the
    /// mutant left behind fails a test afterwards: then a new judge is needed.</summary>
    public string Judge(int mutant)
    {
        var passed = 0;
        foreach (var (test, asked, _, reached) in _tests)
        {
            if (!reached[mutant]) continue;
            Mutants.Live(mutant, MostTimes * asked + Floor);
            var fails = test.Run();
            Mutants.Live(-1, long.MaxValue);
            passed++;
            if (fails is not null)
                return test.Run() is null ? $"killed {test.Name} {fails}" : $"spoilt {test.Name} {fails}";
        }
        return $"survived {passed}";
    }
}
