using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Wrong usage is told in the language asked for, whoever finds it: the parser, a verb, or the database.
/// </summary>
public sealed partial class UsageTests
{
    public static TheoryData<string> WrongLines =>
    [
        "payroll", "payroll shw 1", "payroll list --nope", "payroll show", "payroll show x", "nonsense",
        "help nonsense", "import payroll a.csv", "import payroll a.csv --kind Bad", "import payroll a.csv --project",
        "file resolve 1 nope", "card resolve 1 --document none.csv",
        "release plan --obligation x", "release plan", "release plan 1 --claims x",
        "bench --lines x", "bench --lines 0", "init", "init --ledger nowhere",
        "init --ledger 520100 --ledger 520200", "release plan --kind", "--version 1 --json=x", "@none",
        "import roster none.csv", "bank verify none.bxt --keys none --profile icbc-bxt", "payroll list --db x",
        "payroll list --db sqlite:none.db", "key check --at x", "audit prove", "audit verify none",
        "bank-sandbox deposit --profile icbc-bxt --books none --date 2026-02-06 --id D --account 1 --fen 1.5",
        "bank-sandbox deposit --profile icbc-bxt --books none --date 2026-02-06 --id D --account 1 --fen 0",
        "ledger list --nope", "profile check none.json", "warning close 99999999999999999999", "key check --db x",
    ];

    [Theory, MemberData(nameof(WrongLines))]
    public void Each_line_is_Chinese_or_English_as_asked(string line)
    {
        string[] words = line.Split(' ');
        var zh = Run([.. words, "--lang", "zh"]);
        var en = Run(["--lang=en", .. words]);
        Assert.Equal((ExitStatus.BadUsage, ExitStatus.BadUsage), (zh.Status, en.Status));
        Assert.All(Lines(zh.Seen), said => Assert.Matches(Ideographs(), said));
        Assert.All(Lines(en.Seen), said => Assert.DoesNotMatch(Ideographs(), said));
        Assert.DoesNotMatch("Required|Unrecognized|Cannot|System\\.|recognized|provided", zh.Seen + en.Seen);
    }

    /// <summary>What carries no rule's code says on a line of its own what to do.</summary>
    [Theory]
    [InlineData("import roster none.csv", "none.csv: no such file", "Check the name")]
    [InlineData("audit verify none", "none: no such folder", "Check the name")]
    [InlineData("profile check none.json", "none.json: no such file, and no profile of that id", "See the ids with")]
    [InlineData("recover --journal none --db {0}", "--journal none: no such file", "Check the name")]
    [InlineData("audit rebuild --db {0} --into {0}", "--into: the database already holds a ledger",
        "Name a new database")]
    public void What_is_wrong_is_followed_by_what_to_do(string line, string wrong, string advice)
    {
        using var folder = TranscriptScript.Begin("registers");
        var words = line.Replace("{0}", $"sqlite:{folder.InFolder("./ledger.db")}", StringComparison.Ordinal)
            .Split(' ');
        var told = Run([.. words, "--lang", "en"]);
        Assert.Equal(ExitStatus.BadUsage, told.Status);
        var lines = Lines(told.Seen);
        Assert.EndsWith(wrong, lines[^2], StringComparison.Ordinal);
        Assert.StartsWith($"  → {advice}", lines[^1], StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(Run([.. words, "--json"]).Output)!["messages"]!.AsArray().Count);
    }

    [Fact]
    public void What_a_verb_says_of_wrong_usage_has_two_languages()
    {
        var told = typeof(UsageException).Assembly.GetType("Disbursement.Host.Cli.Usage")!.GetProperties()
            .Select(p => (UsageException)p.GetValue(null)!).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, t => Assert.Matches(Ideographs(), t.Text(chinese: true)));
        Assert.All(told, t => Assert.DoesNotMatch(Ideographs(), t.Text(chinese: false)));
    }

    [Fact]
    public void A_document_of_wrong_usage_is_in_the_language_too()
    {
        var (zh, en) = (Run(["payroll", "--json", "--lang", "zh"]), Run(["payroll", "--json", "--lang", "en"]));
        Assert.StartsWith("payroll 后面须有命令", First(zh), StringComparison.Ordinal);
        Assert.StartsWith("payroll needs a verb: check, ", First(en), StringComparison.Ordinal);

        static string First(ConsoleTaken taken) => (string)JsonNode.Parse(taken.Output)!["messages"]![0]!;
    }

    [Fact]
    public void Every_subject_that_can_be_missing_is_listed_by_a_verb_that_is_there()
    {
        foreach (var noun in Subject.Nouns)
            foreach (var verb in new[] { Subject.Named(noun).Listed, Subject.Named(noun).Shown })
            {
                System.CommandLine.Command at = CommandLine.Root();
                foreach (var word in verb.Split(' ').Where(w => !w.StartsWith('-')))
                    at = Assert.Single(at.Subcommands, c => c.Name == word);
                if (verb.EndsWith("--all", StringComparison.Ordinal))
                    Assert.Contains(at.Options, o => o.Name == "--all");
            }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void A_moment_of_two_words_is_told_with_an_example(string language) => Assert.Contains(
        "2026-02-13T01:00:00Z", Run(["tick", "--at", "2026-02-13", "01:00", "--lang", language]).Seen,
        StringComparison.Ordinal);

    /// <summary>Nobody reads 33 ids in a column: a page says where they are listed.</summary>
    [Theory]
    [InlineData("bank verify")]
    [InlineData("bank-sandbox run")]
    public void Help_names_the_list_of_profiles_and_not_each_of_them(string verb)
    {
        var page = Run([.. verb.Split(' '), "--help", "--lang", "en"]).Output;
        Assert.Contains("--profile <PROFILE>", page, StringComparison.Ordinal);
        Assert.Contains("ids are in profile list", page, StringComparison.Ordinal);
        Assert.DoesNotContain("boc-payoff", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_of_one_language()
    {
        var words = Run(["exception", "list", "--help", "--lang", "en"]).Output;
        Assert.DoesNotMatch(Ideographs(), words);
        Assert.DoesNotContain(" / ", Run(["exception", "list", "--help", "--lang", "zh"]).Output,
            StringComparison.Ordinal);
    }

    /// <summary>Of every verb: no word of the parser's own is left in English, nor any heading of two languages.
    /// </summary>
    [Fact]
    public void Help_in_Chinese_has_Chinese_headings()
    {
        foreach (var verb in Verbs(CommandLine.Root(), []))
        {
            var page = Run([.. verb, "--help", "--lang", "zh"]);
            Assert.True(page.Status == 0, $"{string.Join(' ', verb)}: {page.Seen}");
            Assert.StartsWith("说明:\n", page.Output, StringComparison.Ordinal);
            Assert.Contains("\n用法:\n", page.Output, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"[A-Z][a-z]+:\n|REQUIRED|\[default|\[options|\[command|Show |\{0\}", page.Output);
        }
        Assert.StartsWith("Description:\n", Run(["tick", "--help", "--lang", "en"]).Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Verbs(System.CommandLine.Command command, string[] above) =>
        command.Subcommands.Where(c => !c.Hidden)
            .SelectMany(c => Verbs(c, [.. above, c.Name])).Prepend(above);

    internal static ConsoleTaken Run(string[] words) =>
        ConsoleTap.Take(() => (int)typeof(Composition).Assembly.EntryPoint!.Invoke(null, [words])!);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();
}
