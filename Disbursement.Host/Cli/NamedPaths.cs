using System.CommandLine;
using System.CommandLine.Parsing;

namespace Disbursement.Host.Cli;

/// <summary>
/// Holds every file and folder that a line names to what its verb asks for, before the verb begins: a folder where a
/// file is wanted, or a file where a folder is, would else be told as not there, as an access denied, or not at all.
/// </summary>
internal static class NamedPaths
{
    /// <summary>What is wrong with the paths of a line that parses; none where each is of its kind or not there.
    /// </summary>
    public static IEnumerable<UsageException> Wrong(ParseResult parse)
    {
        for (SymbolResult? at = parse.CommandResult; at is CommandResult result; at = result.Parent)
            foreach (var wrong in result.Command.Arguments.SelectMany(a => Wrong(parse.GetResult(a), a.ValueType, ""))
                .Concat(result.Command.Options.Where(o => o.Name != GlobalOptions.Anchor.Name)
                    .SelectMany(o => Wrong(parse.GetResult(o), o.ValueType, o.Name + " "))))
                yield return wrong;
    }

    private static IEnumerable<UsageException> Wrong(SymbolResult? named, Type kind, string option)
    {
        var (file, folder) = (kind == typeof(FileInfo) || kind == typeof(FileInfo[]), kind == typeof(DirectoryInfo));
        if (named is null || !file && !folder) yield break;
        foreach (var path in named.Tokens.Select(t => t.Value))
        {
            if (file && Directory.Exists(path)) yield return Usage.FolderNamed(path, option);
            if (folder && File.Exists(path)) yield return Usage.FileNamed(path, option);
        }
    }

    /// <summary>A signature that was named in the place of its message; null for any other file.</summary>
    public static UsageException? Signature(FileInfo file)
    {
        if (new[] { ".p7s", ".sig" }.FirstOrDefault(s => file.Name.EndsWith(s, StringComparison.OrdinalIgnoreCase))
            is not { } suffix || file.Name.Length == suffix.Length) return null;
        var body = file.FullName[..^suffix.Length];
        return Usage.SignatureNamed(file, Path.GetFileName(body), File.Exists(body));
    }
}
