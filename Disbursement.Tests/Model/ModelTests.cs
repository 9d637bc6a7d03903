using System.Globalization;
using System.Text.RegularExpressions;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Model;

/// <summary>specs/model/disbursement.pml: the engine's own tables, checked by spin.</summary>
public partial class ModelTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("specs", "model", "disbursement.pml"));

    [Fact]
    public void The_arrows_of_the_model_are_those_of_the_engines_file_machine()
    {
        var arrows = Arrow().Matches(Text).Select(m => $"{m.Groups[1]} {m.Groups[2]} {m.Groups[3]}").ToList();
        Assert.Equal(FileMachine.Table.Arrows.Select(a => $"{a.From} {a.Trigger} {a.To}").Order(), arrows.Order());
    }

    [Fact]
    public void What_words_come_to_in_the_model_is_what_the_engine_makes_of_all_4096_sets()
    {
        var bits = Enum.GetValues<OutcomeKind>().ToDictionary(k => $"{k}".ToUpperInvariant(), k => 1 << (int)k);
        Assert.All(bits, b => Assert.Contains(FormattableString.Invariant($"#define {b.Key} {b.Value}\n"), Text,
            StringComparison.Ordinal));
        var joined = Joined().Matches(Text).ToDictionary(
            m => m.Groups[1].Value == "0" ? 0 : m.Groups[1].Value.Split(" + ").Sum(word => bits[word]),
            m => m.Groups[2].Value);
        for (var set = 0; set < 1 << 12; set++)
        {
            var (report, statement, people) = (set & 15, set >> 4 & 15, set >> 8);
            if ((people & bits["SETTLED"]) != 0) people &= ~bits["NOTSENT"];
            var strong = statement | people;
            // A return by report counts beside people's word, not beside a statement's; a payment beside absence alone.
            var beside = (statement == 0 ? report & bits["RETURNED"] : 0)
                | (strong == bits["NOTSENT"] ? report & bits["SETTLED"] : 0);
            var counting = strong != 0 ? strong | beside : report;
            var outcomes = OutcomeSet.Of(Enumerable.Range(0, 12).Where(bit => (set & 1 << bit) != 0)
                .Select(bit => ((OutcomeSource)(bit / 4), (OutcomeKind)(bit % 4))));
            Assert.Equal(joined[counting], $"{outcomes.State}");
        }
    }

    [Fact]
    public void Spin_finds_no_broken_law_within_the_bounds_and_refutes_every_mutant()
    {
        var (code, output) = OutsideTool.Run("bash", Repository.PathOf("specs", "model", "check.sh"));
        Assert.True(code == 0, output);
        var runs = Run().Matches(output).Select(m => (Name: m.Groups[1].Value, Law: m.Groups[2].Value.Trim(),
            States: long.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture), Errors: m.Groups[4].Value)).ToList();
        var laws = runs.Where(r => r.Law != "mutant").ToList();
        Assert.Equal((12, 8), (laws.Count, runs.Count - laws.Count));
        Assert.All(laws, r => Assert.Equal("0", r.Errors));
        // A model that can hardly move breaks no law either: these are half of what was counted when it was written.
        Assert.True(laws.Where(r => r.Law == "L1 L3").Sum(r => r.States) > 2_200_000, output);
        Assert.True(laws.Where(r => r.Law == "L10").Sum(r => r.States) > 150_000, output);
        Assert.All(runs.Except(laws), r => Assert.Equal("1", r.Errors));
        Assert.Contains("bank: file 0 again", output, StringComparison.Ordinal);
        var taken = Taken().Matches(output).Select(m => m.Groups[1].Value).Order();
        // After a restore only, which is not in the model.
        Assert.Equal(FileMachine.Table.Arrows
            .Where(a => a.Trigger is not (FileTrigger.FindJournalled or FileTrigger.ProveLost))
            .Select(a => $"{a.From} {a.Trigger}").Order(), taken);
    }

    [GeneratedRegex(@":: st\[f\] == (\w+) && trigger == (\w+) -> st\[f\] = (\w+)")]
    private static partial Regex Arrow();

    [GeneratedRegex(@":: words == ([\w+ ]+) -> state = (\w+)")]
    private static partial Regex Joined();

    [GeneratedRegex(@"^(\S+) +(L[\dL ]+|mutant) +(\d+) states, errors: (\d+)", RegexOptions.Multiline)]
    private static partial Regex Run();

    [GeneratedRegex(@"^arrow (\w+ \w+) \d+", RegexOptions.Multiline)]
    private static partial Regex Taken();
}
