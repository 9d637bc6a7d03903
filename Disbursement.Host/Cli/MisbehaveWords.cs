using System.CommandLine.Parsing;
using Disbursement.BankAdapters.Sandbox;

namespace Disbursement.Host.Cli;

/// <summary>What <c>--misbehave</c> takes: a script on the command line, or the file that holds one.</summary>
internal static class MisbehaveWords
{
    /// <summary>Every behaviour in a line, in both languages.</summary>
    public static string Help => "银行的错误行为, 逗号分隔的 名称:文件数, 或每行一项的文件; random:种子 则各以八分之一的机会发生. "
        + "\"此后\" 指以后营业日的日终. " + string.Join("; ", BehaviourWord.All.Select(w => $"{w.Name}: {w.Zh}"))
        + " / what the bank does wrong: NAME:FILES between commas, or a file with one on each line; random:SEED "
        + "strikes with each one file in eight. \"later\" is the day end of a later business day. "
        + string.Join("; ", BehaviourWord.All.Select(w => $"{w.Name}: {w.En}"));

    public static Misbehaviour? Parse(ArgumentResult given)
    {
        var said = given.Tokens[0].Value;
        try
        {
            if (File.Exists(said)) said = File.ReadAllText(said);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            given.AddError(unreadable.Message);
            return null;
        }
        var script = Misbehaviour.Parse(said, out var trouble);
        // In the parser's own form, which ParseWords says in the user's language.
        if (script is null)
            given.AddError($"Argument '{trouble}' not recognized. Must be one of:"
                + string.Concat(BehaviourWord.All.Select(w => $"\n\t'{w.Name}[:FILES]'").Append("\n\t'random:SEED'")));
        return script;
    }
}
