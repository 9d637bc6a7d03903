using System.CommandLine;
using System.Text.RegularExpressions;

namespace Disbursement.Host.Cli;

/// <summary>
/// What is wrong with a line that does not parse, in the user's language. System.CommandLine keeps its texts to itself
/// (its Chinese ones are half English, and name types of the code): they are recognised by the English form and said
/// anew; a test provokes each.
/// </summary>
internal static class ParseWords
{
    private static readonly IReadOnlyList<(Regex Said, string Zh, string En)> s_words =
    [
        Word(@"Cannot parse argument '(.*)' for option '(.*)' as expected type '(.*?)'\..*",
            "{2} {1}: 应为{3}", "{2} {1}: give {3}"),
        Word(@"Cannot parse argument '(.*)' for command '(.*)' as expected type '(.*?)'\..*",
            "{2}: “{1}” 应为{3}", "{2}: \"{1}\" should be {3}"),
        Word("Required argument missing for option: '(.*)'.", "{1} 后面缺少值", "{1} needs a value"),
        Word("Required argument '(.*)' missing for command: '(.*)'.", "{2} 缺少参数 {1}", "{2} needs {1}"),
        Word("Option '(.*)' is required.", "缺少必需的选项 {1}", "the option {1} is missing"),
        Word("Option '(.*)' expects a single argument but (.*) were provided.",
            "{1} 只能有一个值, 给出了 {2} 个", "{1} takes one value, {2} were given"),
        Word("Argument '(.*)' not recognized. Must be one of:(.*)", "“{1}” 不在可选值之内: {2}",
            "\"{1}\" is none of: {2}"),
        Word("Unrecognized command or argument '(.*)'.", "没有命令或参数 “{1}”", "no such verb or argument: \"{1}\""),
        Word(@"'(.*)' was not matched. Did you mean one of the following\?(.*)", "没有 “{1}”, 是否指: {2}",
            "no \"{1}\"; did you mean: {2}"),
        Word("Required command was not provided.", "{verb} 后面须有命令: {verbs}", "{verb} needs a verb: {verbs}"),
        Word("Response file not found '(.*)'.", "找不到参数文件 {1}", "no such file of arguments: {1}"),
        Word("(.*) option cannot be combined with other arguments.",
            "{1} 不能与其他参数同用", "{1} goes with nothing else"),
    ];

    /// <summary>Every fault of the line, then where its help is.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed, bool chinese)
    {
        var command = parsed.CommandResult.Command;
        var faults = parsed.Errors.Select(e => Say(e.Message, command, chinese)).Distinct(StringComparer.Ordinal);
        var help = $"disburse {Verb(command)} --help".Replace("  ", " ", StringComparison.Ordinal);
        return [.. faults, .. Moment(parsed, chinese), chinese ? $"  → 用法见 {help}" : $"  → see {help}"];
    }

    /// <summary>A moment of two words, as people write it, leaves its second word over.</summary>
    private static IEnumerable<string> Moment(ParseResult parsed, bool chinese) =>
        parsed.GetResult(GlobalOptions.At) is { Implicit: false } at
        && (at.Tokens.Count == 0 || parsed.UnmatchedTokens.Any(t => char.IsAsciiDigit(t[0])))
            ? [Usage.NoInstant(string.Join(' ', at.Tokens.Select(t => t.Value).Concat(parsed.UnmatchedTokens)))
                .Text(chinese)]
            : [];

    private static string Say(string message, Command command, bool chinese)
    {
        foreach (var (said, zh, en) in s_words)
            if (said.Match(message) is { Success: true } match)
                return Filled(chinese ? zh : en, match, command, chinese);
        return message;
    }

    private static string Filled(string words, Match match, Command command, bool chinese)
    {
        words = words.Replace("{verbs}", string.Join(", ", command.Subcommands.Where(c => !c.Hidden)
            .Select(c => c.Name)), StringComparison.Ordinal).Replace("{verb}", Verb(command), StringComparison.Ordinal);
        for (var i = 1; i < match.Groups.Count; i++)
            words = words.Replace($"{{{i}}}", Value(match.Groups[i].Value, command, chinese), StringComparison.Ordinal);
        return words;
    }

    /// <summary>A list of values on one line; a type of the code as what a user knows by it.</summary>
    private static string Value(string text, Command command, bool chinese)
    {
        var option = command.Options.FirstOrDefault(o => o.ValueType.FullName == text);
        if (option?.ValueType is { IsEnum: true } choice) return string.Join(", ", Enum.GetNames(choice));
        return text switch
        {
            _ when text.Contains("System.Int", StringComparison.Ordinal) => chinese ? "整数" : "a whole number",
            "System.Boolean" => "true, false",
            _ => string.Join(", ", text.Split(['\n', '\t'], StringSplitOptions.RemoveEmptyEntries
                | StringSplitOptions.TrimEntries).Select(v => v.Trim('\''))),
        };
    }

    /// <summary>"payroll show": the command with those above it, without the program.</summary>
    private static string Verb(Command command)
    {
        var words = new List<string>();
        for (var at = command; at is not RootCommand; at = at.Parents.OfType<Command>().First()) words.Add(at.Name);
        return string.Join(' ', Enumerable.Reverse(words));
    }

    private static (Regex Said, string Zh, string En) Word(string said, string zh, string en) =>
        (new Regex($"^{said}$", RegexOptions.Singleline | RegexOptions.CultureInvariant), zh, en);
}
