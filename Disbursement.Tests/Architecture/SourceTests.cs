using System.Reflection;
using System.Text.RegularExpressions;
using Disbursement.Engine.Primitives;
using Disbursement.Host;
using Xunit;

namespace Disbursement.Tests.Architecture;

/// <summary>The layers and the house style, held on the sources themselves.</summary>
public partial class SourceTests
{
    private static readonly string[] Banned =
        ["Utils", "Util", "Helpers", "Helper", "Manager", "Processor", "Common", "Service", "Services", "Misc"];

    /// <summary>Whatever goes wrong while a file is on its way to the bank leaves it Unknown, never lost.</summary>
    private static readonly string[] CatchAll = ["FileSending.cs"];

    /// <summary>Functions that may be longer than 60 lines, by a word of their header.</summary>
    private static readonly string[] LongFunctions = [];

    [Fact]
    public void The_engine_refers_to_NodaTime_and_Stateless_only() =>
        Assert.All(References(typeof(Money).Assembly), name => Assert.Matches("^(System|NodaTime|Stateless)", name));

    [Fact]
    public void The_adapters_know_no_SQL_no_host_and_no_web() =>
        Assert.All(References(Assembly.Load("Disbursement.BankAdapters")), name => Assert.DoesNotMatch(
            "Npgsql|Sqlite|Dapper|dbup|Disbursement.Host|AspNetCore|^disburse$|System.Data", name));

    [Fact]
    public void The_host_refers_to_both_and_nobody_refers_to_the_host() =>
        Assert.Contains("Disbursement.BankAdapters", References(typeof(Composition).Assembly));

    [Fact]
    public void The_engine_knows_no_fractions() => Assert.All(Sources("Disbursement.Engine"),
        source => Assert.DoesNotMatch(Fraction(), Code(source)));

    [Fact]
    public void No_file_is_longer_than_300_lines() => Assert.All(Sources(), source =>
        Assert.True(File.ReadLines(source).Count() <= 300, source));

    [Fact]
    public void No_line_is_longer_than_120_characters()
    {
        var wide = Sources().Where(source => File.ReadLines(source).Any(line => line.Length > 120))
            .Select(source => Path.GetRelativePath(Repository.Root, source)).Order(StringComparer.Ordinal).ToList();
        var page = Repository.PathOf("Disbursement.Tests", "Architecture", "wide-lines.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1") File.WriteAllLines(page, wide);
        // The list only shrinks: a file on it that is narrow by now comes off it.
        Assert.Equal(File.ReadAllLines(page), wide);
    }

    [Fact]
    public void No_function_is_longer_than_60_lines() => Assert.All(Sources(), source =>
        Assert.All(Blocks(File.ReadAllLines(source)), block =>
            Assert.True(block.Lines <= 60 || LongFunctions.Any(block.Header.Contains),
                $"{source}: {block.Header.Trim()} takes {block.Lines} lines")));

    [Fact]
    public void No_name_says_nothing() => Assert.All(Sources(), source => Assert.DoesNotContain(
        Path.GetRelativePath(Repository.Root, source).Split('/', '.'),
        part => Banned.Any(word => part.EndsWith(word, StringComparison.Ordinal))));

    [Fact]
    public void Every_exception_is_caught_in_a_few_named_places_only() => Assert.All(
        Product().Where(source => !CatchAll.Contains(Path.GetFileName(source))),
        // With a filter it says which exceptions it means.
        source => Assert.DoesNotMatch(@"catch\s*(\(Exception( \w+)?\)(?!\s*when)|\{)", Code(source)));

    [Fact]
    public void Nothing_is_left_to_do_and_no_machine_is_named() => Assert.All(Texts(), source =>
        Assert.DoesNotMatch(Leftover(), File.ReadAllText(source)));

    [Fact]
    public void Every_public_type_of_engine_and_adapters_says_what_it_is()
    {
        var types = Sources("Disbursement.Engine").Concat(Sources("Disbursement.BankAdapters"))
            .SelectMany(source => PublicTypes(source, File.ReadAllLines(source)));
        // A partial type says it once, on whichever of its parts.
        var silent = types.GroupBy(type => type.Name).Where(parts => !parts.Any(part => part.Documented));
        Assert.DoesNotContain(silent, parts => !parts.Key.EndsWith("Row", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, bool Documented)> PublicTypes(string source, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (PublicType().Match(lines[i]) is not { Success: true } type) continue;
            var above = i - 1;
            while (above >= 0 && (lines[above].StartsWith('[') || lines[above].StartsWith(' '))) above--;
            yield return (Path.Combine(Path.GetDirectoryName(source)!, type.Groups["name"].Value),
                above >= 0 && lines[above].StartsWith("///", StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// The blocks in braces of a source, but for the bodies of types and tables: a block's header stands at its
    /// braces' indent.
    /// </summary>
    private static IEnumerable<(string Header, int Lines)> Blocks(string[] lines)
    {
        for (var open = 0; open < lines.Length; open++)
        {
            if (lines[open].Trim() != "{") continue;
            var indent = lines[open][..^1];
            var header = open - 1;
            while (header > 0 && !StandsAt(lines[header], indent)) header--;
            if (Type().IsMatch(lines[header]) || lines[header].EndsWith("= new()", StringComparison.Ordinal)) continue;
            var close = Array.FindIndex(lines, open,
                line => line.StartsWith(indent + "}", StringComparison.Ordinal));
            yield return (lines[header], close - header + 1);
        }
    }

    private static bool StandsAt(string line, string indent) =>
        line.StartsWith(indent, StringComparison.Ordinal)
        && line.Length > indent.Length && !char.IsWhiteSpace(line[indent.Length])
        && !line.TrimStart().StartsWith("where ", StringComparison.Ordinal);

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> Sources(string folder = "") => Walk(Repository.PathOf(folder), ".cs");

    private static IEnumerable<string> Product() =>
        new[] { "Disbursement.Engine", "Disbursement.BankAdapters", "Disbursement.Host" }.SelectMany(Sources);

    private static IEnumerable<string> Texts() =>
        new[] { ".cs", ".md", ".sql", ".sh", ".json", ".props", ".csproj" }
            .SelectMany(ending => Walk(Repository.Root, ending))
            .Where(path => !path.EndsWith("SourceTests.cs", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder, string ending) =>
        Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories)
            .Where(path => !BuildOutput().IsMatch(path));

    /// <summary>A source without its comments and string literals.</summary>
    private static string Code(string source) =>
        NotCode().Replace(File.ReadAllText(source), "");

    // A Single after a dot is LINQ's, unless the dot is that of System.
    [GeneratedRegex(@"\b(double|float|decimal|Double|Decimal|System\.Single)\b|(?<!\.)\bSingle\b")]
    private static partial Regex Fraction();

    [GeneratedRegex("//[^\\n]*|\"(\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex NotCode();

    [GeneratedRegex(@"/(bin|obj|TestResults|\.git)/")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX:|HACK)\b|/tm[p]/w/|/wor[k]/|/roo[t]/|nuget\.or[g]|session number|issue #\d")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"^public (static |sealed |abstract |readonly |partial )*"
        + @"(class|record struct|record|struct|interface|enum) (?<name>\w+)")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*(\w+ )*(class|record|struct|interface|enum) \w")]
    private static partial Regex Type();
}
