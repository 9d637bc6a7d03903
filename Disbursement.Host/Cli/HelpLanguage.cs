using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Disbursement.Host.Cli;

/// <summary>Descriptions stand in the code as "中文 / English"; a help page is of one language.</summary>
internal static class HelpLanguage
{
    private const string Between = " / ";

    /// <summary>Every description of a command line's own symbols, in the language asked for.</summary>
    public static void Apply(Command command, bool chinese)
    {
        command.Description = Said(command.Description, chinese);
        foreach (var symbol in command.Arguments.Cast<Symbol>().Concat(command.Options))
            symbol.Description = Said(symbol.Description, chinese);
        foreach (var below in command.Subcommands) Apply(below, chinese);
    }

    /// <summary>The parser's own words on a help page in Chinese: its texts come half in English.</summary>
    public static void Translate(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is VersionOption) option.Description = "显示版本";
            if (option is not HelpOption) continue;
            option.Description = "显示用法";
            option.Action = new ChineseHelp((SynchronousCommandLineAction)option.Action!);
        }
    }

    /// <summary>The help page that the parser writes, with its own words said anew; a test looks at every verb's.
    /// </summary>
    private sealed class ChineseHelp(SynchronousCommandLineAction page) : SynchronousCommandLineAction
    {
        private static readonly (string Said, string Zh)[] s_words =
        [
            ("Description:", "说明:"), ("Usage:", "用法:"), ("Arguments:", "参数:"), ("Options:", "选项:"),
            ("Commands:", "命令:"), (" (REQUIRED)", " (必需)"), ("[default: ", "[默认: "),
            ("[options]", "[选项]"), ("[command]", "[命令]"),
        ];

        /// <summary>Who asks for help need not have given what the verb requires.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parse)
        {
            var (configuration, into) = (parse.InvocationConfiguration, new StringWriter());
            var output = configuration.Output;
            configuration.Output = into;
            var status = page.Invoke(parse);
            configuration.Output = output;
            output.Write(s_words.Aggregate(into.ToString(),
                (text, word) => text.Replace(word.Said, word.Zh, StringComparison.Ordinal)));
            return status;
        }
    }

    private static string? Said(string? both, bool chinese)
    {
        if (both is null || both.IndexOf(Between, StringComparison.Ordinal) is var cut && cut < 0) return both;
        return chinese ? both[..cut] : both[(cut + Between.Length)..];
    }
}
