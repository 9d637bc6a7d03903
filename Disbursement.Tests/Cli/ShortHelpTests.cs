using System.CommandLine;
using System.Text.Json.Nodes;
using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Who runs the program without knowing a verb learns what it is, every verb there is, and how to begin.
/// </summary>
public sealed class ShortHelpTests
{
    [Theory]
    [InlineData("zh", "工资")]
    [InlineData("en", "wages")]
    public void Help_is_status_0_and_no_verb_at_all_the_same_page_with_status_2(string language, string word)
    {
        var help = UsageTests.Run(["help", "--lang", language]);
        Assert.Equal(ExitStatus.Done, help.Status);
        string[] parts = [word, "disburse demo", "disburse init --ledger 520100", "--as li --key li.key.pem"];
        foreach (var part in parts)
            Assert.Contains(part, help.Output, StringComparison.Ordinal);
        var none = UsageTests.Run(["--lang", language]);
        Assert.Equal((ExitStatus.BadUsage, help.Output, ""), (none.Status, none.Seen, none.Output));
        var document = UsageTests.Run(["--json", "--lang", language]);
        Assert.Equal("bad-usage", (string?)JsonNode.Parse(document.Output)!["error"]);
    }

    [Fact]
    public void Help_of_a_verb_is_the_usage_of_that_verb()
    {
        var asked = UsageTests.Run(["help", "payroll", "check"]);
        var own = UsageTests.Run(["payroll", "check", "--help"]);
        Assert.Equal((ExitStatus.Done, own.Output), (asked.Status, asked.Output));
        Assert.Contains("payroll check <payroll>", own.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_verb_stands_on_the_page_and_the_page_names_no_other(bool chinese)
    {
        var named = ShortHelp.Text(chinese).Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal))
            .SelectMany(l => l.Trim().Split("  ", 2)[^1].Split('·')).SelectMany(Verbs).ToHashSet();
        var there = Leaves(CommandLine.Root(), "").ToList();
        Assert.All(there, verb => Assert.True(named.Contains(verb) || named.Contains(verb.Split(' ')[0]), verb));
        Assert.All(named, verb => Assert.Contains(there, t => t == verb || t.Split(' ')[0] == verb));
    }

    /// <summary>"payroll check|submit" are "payroll check" and "payroll submit".</summary>
    private static IEnumerable<string> Verbs(string entry)
    {
        var words = entry.Split('(')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var verb] => [verb],
            [var group, var verbs] => verbs.Split('|').Select(v => $"{group} {v}"),
            _ => [],
        };
    }

    private static IEnumerable<string> Leaves(Command command, string above) => command.Subcommands.Count == 0
        ? [above]
        : command.Subcommands.Where(c => !c.Hidden && c.Name != "help")
            .SelectMany(c => Leaves(c, above.Length > 0 ? $"{above} {c.Name}" : c.Name));
}
