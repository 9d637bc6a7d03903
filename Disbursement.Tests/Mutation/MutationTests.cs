using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Tests.Accounts;
using Disbursement.Tests.Cards;
using Disbursement.Tests.Files;
using Disbursement.Tests.Laws;
using Disbursement.Tests.Recalls;
using Disbursement.Tests.Restores;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Simulation;
using Xunit;

namespace Disbursement.Tests.Mutation;

/// <summary>specs/mutation.md: mutants of what decides, keeps the books, matches and plans.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>Deciders, the ledger's books, the matcher of bank messages, the planner of releases and files.
    /// </summary>
    private static readonly string[] s_nouns = ["Accounts", "Arrears", "Files", "Payroll", "Returns"];

    /// <summary>Texts, rows and readers of sheets decide nothing.</summary>
    private static readonly string[] s_others =
        ["Rules", "Rows", "Row", "Words", "Sheet", "Reader", "Machine", "Text", "Kinds"];

    /// <summary>Their tests judge too.</summary>
    private static readonly string[] s_neighbours =
        ["Attendance", "Calendars", "Cards", "Laws", "People", "Recalls", "Restores"];

    /// <summary>Classes of tests that start programs or servers, or take long.</summary>
    private static readonly Type[] s_slow =
    [
        typeof(BetweenMessagesTests), typeof(CardRecoveryTests), typeof(CardResolveTests), typeof(CardTests),
        typeof(CardTickTests), typeof(ExceptionWordsTests), typeof(JournalPlaceTests), typeof(LawTests),
        typeof(LinkedSendingTests), typeof(OlderFolderTests), typeof(OperationsTests), typeof(RecalledMonthTests),
        typeof(RecoveryTests), typeof(ReportSpeedTests), typeof(Returns.OrderTests), typeof(SealingKeyTests),
    ];

    [Fact]
    public void The_mutants_of_the_funding_policy_are_found()
    {
        var run = new MutationRun(t => t == typeof(FundingPolicy).FullName,
            [typeof(FundingPolicyTests), typeof(ImpairmentTests), typeof(ReleaseTests)]);
        Assert.NotEmpty(run.All);
        var judged = run.All.Select(run.Judge).ToList();
        output.WriteLine(string.Join('\n', judged));
        Assert.True(judged.Count(j => j.IsKilled) * 100 >= judged.Count * 80, string.Join('\n', judged));
        Assert.Equal(run.Sample(7, 5), run.Sample(7, 9).Take(5));
    }

    /// <summary>
    /// The measured run, of what MUTANTS=seed-count-skip draws, judged by everything; without it the few mutants of the
    /// cutting of files. MUTATION_REPORT names the file that gets a line for each verdict as it falls.
    /// </summary>
    [Fact]
    public void A_drawn_part_of_all_mutants_is_found()
    {
        var drawn = Environment.GetEnvironmentVariable("MUTANTS")?.Split('-').Select(Number).ToList();
        var run = drawn is null ? new MutationRun(t => t == typeof(FileSplit).FullName, [typeof(FileSplitTests)])
            : new MutationRun(IsJudged, typeof(MutationTests).Assembly.GetTypes().Where(IsJudge));
        using var told = Report();
        told.WriteLine($"{run.All.Count} mutants, {run.Measured}\n{run.Unfit}");
        var unreached = run.Unreached.GroupBy(m => m.Place.Split(' ')[0]).OrderByDescending(g => g.Count());
        foreach (var method in unreached) told.WriteLine($"unreached\t{method.Count()}\t{method.Key}");
        var judged = new List<Judged>();
        foreach (var mutant in drawn is null ? run.All : run.Sample((ulong)drawn[0], drawn[1]).Skip(drawn[2]))
        {
            judged.Add(run.Judge(mutant));
            told.WriteLine(judged[^1]);
        }
        var killed = judged.Count(j => j.IsKilled);
        told.WriteLine($"{killed} of {judged.Count} killed");
        Assert.True(killed * 2 > judged.Count, string.Join('\n', judged));
    }

    private static StreamWriter Report() => new(Environment.GetEnvironmentVariable("MUTATION_REPORT") is { } file
        ? File.Open(file, FileMode.Append, FileAccess.Write) : Stream.Null)
    { AutoFlush = true };

    private static bool IsJudged(string type) => s_nouns.Any(n => type.StartsWith($"Disbursement.Engine.{n}.",
        StringComparison.Ordinal)) && !s_others.Any(o => type.EndsWith(o, StringComparison.Ordinal));

    private static bool IsJudge(Type type) => type == typeof(ReachTests) || type == typeof(SimulationTests)
        || s_nouns.Concat(s_neighbours).Contains(type.Namespace?.Split('.')[^1])
        && type.Namespace!.StartsWith("Disbursement.Tests.", StringComparison.Ordinal)
        && type.Name.EndsWith("Tests", StringComparison.Ordinal)
        && !s_slow.Contains(type);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
