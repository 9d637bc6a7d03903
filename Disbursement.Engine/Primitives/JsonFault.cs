using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Disbursement.Engine.Primitives;

/// <summary>
/// What is wrong with a JSON text that people write, in both languages: the library's own words name types of the code
/// and are English in every language. Where it stands comes from the fault itself.
/// </summary>
public static partial class JsonFault
{
    /// <summary>An argument of a finding; other faults than of JSON are said as they are.</summary>
    /// <param name="text">The bytes that were read, for what stands at the place.</param>
    /// <param name="form">A type of the form that was read: words of its assembly's lists are told.</param>
    public static string Of(Exception fault, ReadOnlySpan<byte> text = default, Type? form = null) =>
        fault is JsonException json ? OfBytes(text) ?? Words(json, ValueAt(json, text), form) : fault.Message;

    /// <summary>The value or key that the reader stopped behind, as it is written; empty where there is none, or it is
    /// long.</summary>
    public static string ValueAt(JsonException json, ReadOnlySpan<byte> text)
    {
        ArgumentNullException.ThrowIfNull(json);
        for (var line = json.LineNumber ?? 0; line > 0 && text.IndexOf((byte)'\n') is >= 0 and var end; line--)
            text = text[(end + 1)..];
        var before = Encoding.UTF8.GetString(text[..(int)Math.Min(json.BytePositionInLine ?? 0, text.Length)]);
        return Token().Match(before) is { Success: true, Value.Length: <= 80 } token ? token.Value.Trim('"') : "";
    }

    /// <summary>Bytes that are no UTF-8, or begin with a mark: no JSON (RFC 8259 §8.1), whatever the reader says.
    /// </summary>
    private static string? OfBytes(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])
            ? Bilingual.Of("文件以字节顺序标记 (BOM) 开头: 请另存为不带 BOM 的 UTF-8",
                "it begins with a byte order mark (BOM): save it as UTF-8 without one")
        : text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? Bilingual.Of("文件是 UTF-16: 请另存为不带 BOM 的 UTF-8", "it is UTF-16: save it as UTF-8 without a mark")
        : !Utf8.IsValid(text)
            ? Bilingual.Of("文件不是 UTF-8 (可能是 GB18030): 请另存为不带 BOM 的 UTF-8",
                "it is no UTF-8 (GB18030 maybe): save it as UTF-8 without a mark")
        : null;

    private static string Words(JsonException json, string value, Type? form)
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
        if (Twice().Match(json.Message) is { Success: true } twice)
            return Bilingual.Of($"{zh}: {twice.Groups[1].Value} 出现两次", $"{en}: {twice.Groups[1].Value} stands twice");
        if (value.Length > 0 && Kind().Match(json.Message) is { Success: true } kind
            && Takes(kind.Groups[1].Value, form, place[(place.LastIndexOf('.') + 1)..]) is var (takesZh, takesEn))
            return Bilingual.Of($"{zh}: {value} 不可用, 应为{takesZh}", $"{en}: {value} will not do, give {takesEn}");
        return json.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? Bilingual.Of($"{zh}: 值的类型或取值不符", $"{en}: the value is not of the kind that belongs there")
            : Bilingual.Of($"{zh}: 不是 JSON", $"{en}: this is not JSON");
    }

    /// <summary>What a type of the code is to those who write the file: the words of a list as they stand in JSON.
    /// </summary>
    /// <param name="name">The type asked for; for a plain value of the wrong sort the reader names the one that holds
    /// it.</param>
    private static (string Zh, string En)? Takes(string name, Type? form, string key)
    {
        var type = form?.Assembly.GetType(name) ?? typeof(JsonFault).Assembly.GetType(name) ?? Type.GetType(name);
        if (type is { IsEnum: false, IsPrimitive: false } && type != typeof(string))
            type = type.GetProperty(key, BindingFlags.IgnoreCase | BindingFlags.Instance | BindingFlags.Public)
                ?.PropertyType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int) || type == typeof(long)) return ("整数", "a whole number");
        if (type == typeof(bool)) return (" true 或 false", "true or false");
        if (type == typeof(string)) return ("引号中的文字", "a text in quotes");
        if (type is not { IsEnum: true }) return null;
        var words = string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        return ($"其中之一: {words}", $"one of: {words}");
    }

    private static string Where(string path, string line) => path.Length > 0 ? $"{path} ({line})" : line;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("missing required properties including: (.*?)(\\. Path|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("(?i)duplicate property '(.*?)'")]
    private static partial Regex Twice();

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]+[\w])")]
    private static partial Regex Kind();

    /// <summary>The last text, number or word of a line.</summary>
    [GeneratedRegex(@"(""(?:[^""\\]|\\.)*""|[^\s,:\[\]{}""]+)$")]
    private static partial Regex Token();
}
