using Disbursement.Host;
using Disbursement.Host.Simulation;
using Disbursement.Tests.Architecture;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>
/// The points at which the process of a fixed month can die: before and after each commit and each call to a bank.
/// They are counted in a clean month and listed in a file; then the month is played with a death at each of them.
/// </summary>
public sealed class CrashPointTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string s_page = Repository.PathOf("Disbursement.Tests", "Golden", "crash-points.txt");
    private readonly Worlds _worlds = Worlds.Of(null);

    public void Dispose() => _worlds.Dispose();

    [Fact]
    public void A_death_at_each_point_of_the_month_leaves_the_end_as_it_was()
    {
        var passed = new List<(Step Step, string What)>();
        var clean = FixedMonth.Play(_worlds, "clean", -1, default, (step, what) => passed.Add((step, what)));
        Assert.Equal(0, clean.Deaths);
        Assert.StartsWith("payroll 1 ", clean.Figures, StringComparison.Ordinal);
        IsThePage(passed);

        var points = passed.GroupBy(p => p.Step).SelectMany(Points).ToList();
        var wrong = new string?[points.Count];
        Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, n =>
        {
            var (step, what, mishap) = points[n];
            var end = FixedMonth.Play(_worlds, $"point-{n}", step.Index, mishap);
            if (end.Deaths != 1 || end.Figures != clean.Figures)
                wrong[n] = $"{step.Index} {step.Act} {what}{mishap}: {end.Deaths} deaths\n{Apart(clean, end)}";
        });
        Assert.True(wrong.All(w => w is null), string.Join("\n\n", wrong.OfType<string>().Take(5)));
        output.WriteLine($"{passed.Count} occasions, {points.Count} deaths\n{clean.Figures}");
    }

    /// <summary>A commit or call that is new, or gone, changes the file: whoever writes it anew reads the difference.
    /// </summary>
    private static void IsThePage(List<(Step Step, string What)> passed)
    {
        var met = passed.Where(p => p.What.StartsWith("commit ", StringComparison.Ordinal))
            .Select(p => p.What["commit ".Length..]).ToHashSet(StringComparer.Ordinal);
        var lines = passed.Select(p => $"{p.Step.Index:00} {p.Step.Act}: {p.What}")
            .Concat(Composition.Handlers().Select(h => h.Verb).Distinct().Order(StringComparer.Ordinal)
                .Where(v => !met.Contains(v)).Select(v => $"not in this month: {v}")).ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1") File.WriteAllLines(s_page, lines);
        Assert.Equal(File.ReadAllLines(s_page), lines);
    }

    /// <summary>What can happen at the occasions of one step, each counted as the hazard counts it.</summary>
    private static IEnumerable<(Step Step, string What, Mishap Mishap)> Points(
        IGrouping<Step, (Step, string What)> step)
    {
        var (commits, calls) = (0, 0);
        foreach (var (_, what) in step)
        {
            Fault[] faults = what switch
            {
                "call send" => [Fault.DeathBeforeCall, Fault.TornJournal, Fault.DeathAfterCall],
                "call acknowledge" => [Fault.DeathBeforeCall, Fault.DeathAfterCall],
                ['c', 'a', ..] => [Fault.DeathBeforeCall],
                _ => [Fault.DeathBeforeCommit, Fault.DeathAfterCommit],
            };
            var occasion = what.StartsWith("call", StringComparison.Ordinal) ? calls++ : commits++;
            foreach (var fault in faults) yield return (step.Key, what, new Mishap(fault, occasion));
        }
    }

    private static string Apart(MonthOutcome clean, MonthOutcome end)
    {
        var (one, other) = (clean.Figures.Split('\n'), end.Figures.Split('\n'));
        return string.Join('\n', one.Except(other).Select(l => "- " + l).Concat(other.Except(one).Select(l => "+ " + l))
            .Take(6));
    }
}
