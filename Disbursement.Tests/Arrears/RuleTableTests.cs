using System.Text.RegularExpressions;
using Disbursement.Engine.Arrears;
using Disbursement.Tests.Architecture;
using NodaTime.Text;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Every rule of the pack and every article of Decree 724 that the engine or the pack names has its rows, no
/// other has, and a sweep comes to what they say.</summary>
public sealed partial class RuleTableTests
{
    private static readonly RulePack s_pack = RulePack.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "rules", "warnings-guizhou.json"))).Value;

    public static TheoryData<string> Cases() => [.. RuleTable.Rows.Select(r => r.ToString())];

    [Theory, MemberData(nameof(Cases))]
    public void A_sweep_comes_to_what_the_row_says(string row)
    {
        var expected = Assert.Single(RuleTable.Rows, r => r.ToString() == row);
        using var ledger = new ArrearsLedger();
        expected.Given(ledger);
        ledger.Sweep(expected.Day);
        var standing = ledger.All<ObligationRow>()
            .Where(o => o.State is not (ObligationState.Discharged or ObligationState.Withdrawn)).ToList();
        Assert.Equal(expected.Obligation, Joined(standing.Select(o => $"{o.Kind} {o.State}")));
        Assert.Equal(expected.Deadline,
            Joined(standing.Select(o => LocalDatePattern.Iso.Format(o.NextDeadline)).Distinct()));
        var rule = expected.Warning == RuleRow.None ? Raises(expected.Number) : expected.Warning[..3];
        Assert.Equal(expected.Warning, Joined(ledger.Live().Where(w => w.Rule == rule)
            .Select(w => $"{w.Rule} {w.Level} {w.Tier} {w.Subject}")));
    }

    [Fact]
    public void Every_rule_of_the_pack_has_a_row_and_every_row_a_rule()
    {
        var rows = RuleTable.Rows.Where(r => !r.Number.Contains('/', StringComparison.Ordinal)).ToList();
        Assert.Equal(s_pack.Rules.Select(r => r.Code).Order(), rows.Select(r => r.Number).Distinct().Order());
        Assert.All(s_pack.Rules, rule =>
            Assert.All(rows.Where(r => r.Number == rule.Code), row => Assert.Equal(rule.Evaluated, row.Encoded)));
        // A rule that is raised is raised by a row of its own.
        Assert.All(s_pack.Rules.Where(r => r.Evaluated), rule => Assert.Contains(rows, row => row.Number == rule.Code
            && row.Warning.StartsWith(Raises(rule.Code) + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_rule_the_engine_raises_is_in_the_pack()
    {
        var raised = typeof(WarningRule).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(
            s_pack.Rules.Where(r => r.Evaluated).Select(r => Raises(r.Code)).Distinct().Order(), raised.Order());
    }

    [Fact]
    public void Every_article_the_engine_or_the_pack_names_has_a_row_and_every_row_an_article()
    {
        var made = Repository.PathOf("Disbursement.Engine", "obj");
        var sources = Directory
            .EnumerateFiles(Repository.PathOf("Disbursement.Engine"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(made, StringComparison.Ordinal)).Select(File.ReadAllText);
        var named = sources.SelectMany(text => EnglishArticle().Matches(text))
            .Concat(s_pack.Rules.SelectMany(r => ChineseArticle().Matches(r.Article)))
            .SelectMany(m => Number().Matches(m.Groups[1].Value)).Select(m => $"724/{m.Value}").ToHashSet();
        Assert.True(named.Count > 10, string.Join(' ', named));
        var rows = RuleTable.Rows.Where(r => r.Number.StartsWith("724/", StringComparison.Ordinal)).ToList();
        Assert.Subset(rows.Select(r => r.Number).ToHashSet(), named);
        // What nothing names is in the table because nothing acts on it.
        Assert.All(rows.Where(r => !named.Contains(r.Number)), row => Assert.False(row.Encoded, row.ToString()));
    }

    [Fact]
    public void No_two_rows_are_the_same_and_each_names_its_source() => Assert.All(
        RuleTable.Rows.GroupBy(r => r.ToString()), same => Assert.NotEmpty(Assert.Single(same).Source));

    private static string Raises(string number) => s_pack.Rules.FirstOrDefault(r => r.Code == number) is { } rule
        ? rule.As.Length > 0 ? rule.As : rule.Code
        : RuleRow.None;

    private static string Joined(IEnumerable<string> words) =>
        string.Join(", ", words) is { Length: > 0 } text ? text : RuleRow.None;

    /// <summary>"Decree 724 arts. 12, 13", also over the end of a line; a paragraph's number is no article's.</summary>
    [GeneratedRegex(@"Decree\s+(?:///\s+)?724,?\s+(?:///\s+)?arts?\.\s+(\d+(?:(?:,| and)\s\d+)*)")]
    private static partial Regex EnglishArticle();

    [GeneratedRegex("国务院令724号 ([0-9、]+)条")]
    private static partial Regex ChineseArticle();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
