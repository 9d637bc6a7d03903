using System.CommandLine;

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

    private static string? Said(string? both, bool chinese)
    {
        if (both is null || both.IndexOf(Between, StringComparison.Ordinal) is var cut && cut < 0) return both;
        return chinese ? both[..cut] : both[(cut + Between.Length)..];
    }
}
