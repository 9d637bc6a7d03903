using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Disbursement.Engine.Primitives;

/// <summary>
/// What is wrong with a JSON text that people write, in both languages: the library's own words name types of the code
/// and are English in every language. Where it stands comes from the fault itself.
/// </summary>
public static partial class JsonFault
{
    /// <summary>An argument of a finding; other faults than of JSON are said as they are.</summary>
    public static string Of(Exception fault) => fault is JsonException json ? Words(json) : fault.Message;

    private static string Words(JsonException json)
    {
        var (line, at) = ((json.LineNumber ?? 0) + 1, (json.BytePositionInLine ?? 0) + 1);
        var place = json.Path is { Length: > 1 } path ? path : "";
        var (zh, en) = (Where(place, $"第 {line} 行第 {at} 字节"), Where(place, Text($"line {line}, byte {at}")));
        if (Missing().Match(json.Message) is { Success: true } missing)
        {
            var names = missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal).TrimEnd('.')
                .Replace(";", ",", StringComparison.Ordinal);
            return Bilingual.Of($"{zh}: 缺少 {names}", $"{en}: lacks {names}");
        }
        if (Unknown().Match(json.Message) is { Success: true } unknown)
            return Bilingual.Of($"{zh}: 没有名为 {unknown.Groups[1].Value} 的项",
                $"{en}: there is nothing named {unknown.Groups[1].Value}");
        return json.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? Bilingual.Of($"{zh}: 值的类型或取值不符", $"{en}: the value is not of the kind that belongs there")
            : Bilingual.Of($"{zh}: 不是 JSON", $"{en}: this is not JSON");
    }

    private static string Where(string path, string line) => path.Length > 0 ? $"{path} ({line})" : line;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("missing required properties including: (.*?)(\\. Path|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();
}
