using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Host.Cli;

namespace Disbursement.Host.Reasons;

/// <summary>The checks of the conformance kit in the language of the report; its document keeps them as they are.
/// </summary>
internal static partial class CheckWords
{
    /// <summary>Names our encoders give what is theirs and not the bank's.</summary>
    private static readonly Dictionary<string, string> s_fields = new()
    {
        ["批次参考号"] = "file reference",
        ["总笔数"] = "number of rows",
        ["总金额"] = "total",
        ["顺序号"] = "position",
        ["行参考号"] = "row reference",
        ["金额"] = "amount",
        ["收款账号"] = "payee account",
        ["收款名称"] = "payee name",
    };

    /// <summary>A check, maybe behind the kind of key or transport it was run with.</summary>
    public static string Name(string name, bool chinese) =>
        ReasonWords.Behind(name, chinese) is var said && said != name ? said : ReasonWords.Of(name, chinese);

    /// <summary>What was seen: a reason, a sending's or an opening's word with a reason, or a row's.</summary>
    public static string Detail(string detail, bool chinese)
    {
        if (!chinese)
            return Row().Match(detail) is { Success: true } row && s_fields.TryGetValue(row.Groups[2].Value, out var en)
                ? $"row {row.Groups[1].Value}, {en}: {row.Groups[3].Value}" : detail;
        // A figure would parse as a word of either list.
        if (detail.Length > 0 && char.IsAsciiDigit(detail[0])) return ReasonWords.Of(detail, chinese: true);
        var words = detail.Split(' ', 2);
        var rest = words.Length > 1 ? ReasonWords.Of(words[1], chinese: true) : "";
        if (Enum.TryParse<OpenFault>(words[0], out var fault))
            return fault == OpenFault.None ? "已打开" : ReasonWords.Of($"{fault}: {(words.Length > 1 ? words[1] : "")}",
                chinese: true);
        return Enum.TryParse<SendingResult>(words[0], out var sent)
            ? $"{Terms.Of(sent, chinese: true)} {rest}".TrimEnd() : ReasonWords.Of(detail, chinese: true);
    }

    [GeneratedRegex(@"\Arow (\d+), (.*?): (.*)\z", RegexOptions.Singleline)]
    private static partial Regex Row();
}
