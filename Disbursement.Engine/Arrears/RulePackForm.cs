using System.Globalization;
using System.Text.Json;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// Holds a rule pack to its form before anybody signs for it: every value of its kind, every number with its source,
/// every parameter that its rules ask for. specs/packs.md.
/// </summary>
public sealed class RulePackForm
{
    /// <summary>Asked of every pack: obligations arise whatever it raises.</summary>
    private static readonly string[] Always = ["demand_days", "lookback_months", "minimum_wage_fen"];

    private static readonly Dictionary<string, string[]> AskedBy = new(StringComparer.Ordinal)
    {
        [WarningRule.FundLate] = ["fund_late_months"],
        [WarningRule.FundShort] = [],
        [WarningRule.NotPaid] = [],
        [WarningRule.DueMissed] = ["city_after_months", "province_after_months"],
        [WarningRule.HeadCount] = ["missing_percent_red"],
        [WarningRule.MeanLow] = [],
        [WarningRule.Overpaid] = ["overpay_month_fen", "overpay_year_fen"],
        [WarningRule.Leaver] = [],
        [WarningRule.Returned] = ["repay_working_days"],
        [WarningRule.Outflow] = [],
        [WarningRule.NotConfirmed] = [],
        [WarningRule.CardAbuse] = ["card_changed_days"],
        [WarningRule.Backward] = [],
        [WarningRule.CrimeLine] = ["crime_one_months", "crime_one_fen", "crime_heads", "crime_sum_fen"],
    };

    private static readonly string[] Levels = Enum.GetNames<WarningLevel>();
    private static readonly string[] Tiers = Enum.GetNames<WarningTier>();
    private static readonly string[] Marks = ["T", "P", "C", "M"];

    private readonly string _file;
    private readonly JsonLines _lines;
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, bool> _codes = new(StringComparer.Ordinal);

    private RulePackForm(string file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _lines = new JsonLines(bytes);
    }

    /// <summary>The pack, or everything wrong with it, each with file, line, path and value.</summary>
    /// <param name="file">The file's name as the user gave it.</param>
    public static Decision<RulePack> Read(string file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes,
                new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var form = new RulePackForm(file, bytes.Span);
                form.Root(document.RootElement);
                if (form._findings.Count > 0) return Decision<RulePack>.Refuse(form._findings);
            }
        }
        // What is no JSON is told by the pack's own reader.
        catch (JsonException) { }
        var pack = RulePack.Of(bytes);
        return pack.Accepted ? pack
            : Decision<RulePack>.Refuse([.. pack.Findings.Select(f => f with { At = f.At with { File = file } })]);
    }

    /// <summary>The same of a pack that a ledger would adopt: for its place, and not over.</summary>
    /// <param name="ledger">Six digits of GB/T 2260.</param>
    /// <param name="day">The day it would be adopted on.</param>
    public static Decision<RulePack> Adoptable(string file, ReadOnlyMemory<byte> bytes, string ledger, LocalDate day)
    {
        var read = Read(file, bytes);
        if (!read.Accepted) return read;
        var (pack, lines) = (read.Value, new JsonLines(bytes.Span));
        var findings = new List<Finding>();
        if (!Region.Within(ledger, pack.Region))
            findings.Add(new Finding(ArrearsRules.PackElsewhere, lines.Of(file, "region"), pack.Id, pack.Region,
                ledger));
        if (pack.ValidTo is { } to && to < day)
            findings.Add(new Finding(ArrearsRules.PackOver, lines.Of(file, "valid_to"), pack.Id,
                LocalDatePattern.Iso.Format(to)));
        return findings.Count > 0 ? Decision<RulePack>.Refuse(findings) : read;
    }

    private void Root(JsonElement root)
    {
        Text(root, "", "pack");
        Text(root, "", "version");
        Place(root, "", "region");
        var from = Day(root, "", "valid_from");
        if (root.TryGetProperty("valid_to", out _) && Day(root, "", "valid_to") is { } to && to < from)
            Wrong("valid_to", "不早于 valid_from 的日期", "a day no earlier than valid_from");
        var rules = Rows(root, "rules", needed: true).ToList();
        foreach (var (rule, path) in rules) Rule(rule, path);
        foreach (var (rule, path) in rules) As(rule, path);
        foreach (var (wage, path) in Rows(root, "minimum_wages")) Wage(wage, path);
        var aged = Ages(root);
        Parameters(root, aged);
    }

    private void Rule(JsonElement rule, string path)
    {
        foreach (var name in (string[])["name", "source", "zh", "en"]) Text(rule, path, name);
        Text(rule, path, "article", empty: true);
        Among(rule, path, "level", Levels);
        Among(rule, path, "tier", Tiers);
        Among(rule, path, "mark", Marks);
        var evaluated = Flag(rule, path, "evaluated");
        if (rule.TryGetProperty("event", out _)) Flag(rule, path, "event");
        if (Text(rule, path, "code") is not { } code) return;
        if (!_codes.TryAdd(code, evaluated))
            Wrong($"{path}.code", "没有用过的编号", "a code that no other rule has");
        else if (evaluated && !rule.TryGetProperty("as", out _) && !AskedBy.ContainsKey(code))
            Wrong($"{path}.evaluated", $" false: 程序核算的是 {string.Join(' ', AskedBy.Keys)}",
                $"false: the program raises {string.Join(' ', AskedBy.Keys)}");
    }

    /// <summary>A region's own number of a rule names a rule of the pack, and is raised where that is.</summary>
    private void As(JsonElement rule, string path)
    {
        if (!rule.TryGetProperty("as", out _) || Text(rule, path, "as") is not { } other) return;
        if (!_codes.TryGetValue(other, out var raised))
            Wrong($"{path}.as", "本规则包中规则的编号", "the code of a rule of this pack");
        else if (raised != Flag(rule, path, "evaluated"))
            Wrong($"{path}.evaluated", $"与 {other} 相同", $"the same as of {other}");
    }

    private void Wage(JsonElement wage, string path)
    {
        Place(wage, path, "region");
        Day(wage, path, "from");
        Whole(wage, path, "fen", 1);
        Text(wage, path, "source");
    }

    /// <summary>Rows of one rule begin at 0 months, go on to more and do not fall in level.</summary>
    private HashSet<string> Ages(JsonElement root)
    {
        var last = new Dictionary<string, (long Months, int Level)>(StringComparer.Ordinal);
        foreach (var (row, path) in Rows(root, "levels_by_age"))
        {
            Text(row, path, "source");
            var months = Whole(row, path, "over_months", 0);
            var level = Array.IndexOf(Levels, Among(row, path, "level", Levels));
            if (Text(row, path, "rule") is not { } rule) continue;
            if (rule != WarningRule.DueMissed)
                Wrong($"{path}.rule", $" {WarningRule.DueMissed}: 其他规则的级别不随时间变化",
                    $"{WarningRule.DueMissed}: of no other rule the level goes by age");
            if (months is not { } over) continue;
            var before = last.TryGetValue(rule, out var known) ? known : (Months: -1, Level: -1);
            if (before.Months < 0 && over != 0)
                Wrong($"{path}.over_months", " 0: 第一行从应付日次日起", "0: the first row begins the day after the due date");
            if (over <= before.Months)
                Wrong($"{path}.over_months", "比上一行多的月数", "more months than the row before");
            if (level >= 0 && level < before.Level)
                Wrong($"{path}.level", "不低于上一行的级别", "a level no lower than the row before");
            last[rule] = (over, level);
        }
        return [.. last.Keys];
    }

    private void Parameters(JsonElement root, HashSet<string> aged)
    {
        if (!root.TryGetProperty("parameters", out var parameters) || parameters.ValueKind != JsonValueKind.Object)
        {
            Lacks("parameters", "parameters");
            return;
        }
        foreach (var parameter in parameters.EnumerateObject())
        {
            var path = $"parameters.{parameter.Name}";
            if (parameter.Value.ValueKind != JsonValueKind.Object)
            {
                Wrong(path, "value 和 source", "value and source");
                continue;
            }
            Whole(parameter.Value, path, "value", 0);
            Text(parameter.Value, path, "source");
        }
        var asked = Always.Concat(_codes.Where(c => c.Value)
            .SelectMany(c => AskedBy.GetValueOrDefault(c.Key, [])));
        if (_codes.GetValueOrDefault(WarningRule.DueMissed) && !aged.Contains(WarningRule.DueMissed))
            asked = asked.Concat(["orange_after_months", "red_after_months"]);
        foreach (var name in asked.Where(name => !parameters.TryGetProperty(name, out _)))
            Lacks($"parameters.{name}", $"parameters.{name}");
    }

    private IEnumerable<(JsonElement Row, string Path)> Rows(JsonElement root, string name, bool needed = false)
    {
        if (!root.TryGetProperty(name, out var rows))
        {
            if (needed) Lacks(name, name);
            yield break;
        }
        if (rows.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "列表", "a list");
            yield break;
        }
        var n = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{name}[{n++}]");
            if (row.ValueKind == JsonValueKind.Object) yield return (row, path);
            else Wrong(path, "带名称的各项", "named values in braces");
        }
    }

    private JsonElement? Value(JsonElement of, string path, string name)
    {
        if (of.TryGetProperty(name, out var value)) return value;
        Lacks(At(path, name), At(path, name));
        return null;
    }

    private string? Text(JsonElement of, string path, string name, bool empty = false)
    {
        if (Value(of, path, name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && (empty || !string.IsNullOrWhiteSpace(value.GetString())))
            return value.GetString();
        Wrong(At(path, name), "引号中的文字", "a text in quotes");
        return null;
    }

    private string? Among(JsonElement of, string path, string name, string[] words)
    {
        if (Text(of, path, name) is not { } text || words.Contains(text)) return of.TryGetProperty(name, out var v)
            && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
        var list = string.Join(", ", words);
        Wrong(At(path, name), $"其中之一: {list}", $"one of: {list}");
        return null;
    }

    private bool Flag(JsonElement of, string path, string name)
    {
        if (Value(of, path, name) is not { } value) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(At(path, name), " true 或 false", "true or false");
        return false;
    }

    private long? Whole(JsonElement of, string path, string name, long least)
    {
        if (Value(of, path, name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least)
            return number;
        var from = least.ToString(CultureInfo.InvariantCulture);
        Wrong(At(path, name), $"整数, 不小于 {from}", $"a whole number, {from} or more");
        return null;
    }

    private LocalDate? Day(JsonElement of, string path, string name)
    {
        if (Text(of, path, name) is not { } text) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return day.Value;
        Wrong(At(path, name), "日期, 如 2026-01-01", "a day such as 2026-01-01");
        return null;
    }

    private void Place(JsonElement of, string path, string name)
    {
        if (Text(of, path, name) is { } text && (text.Length != 6 || !Digits.All(text)))
            Wrong(At(path, name), "六位地区代码, 如 520000", "a region's six digits, such as 520000");
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Wrong(string path, string zh, string en) =>
        _findings.Add(new Finding(ArrearsRules.PackValue, _lines.Of(_file, path), Bilingual.Of(zh, en)));

    private void Lacks(string path, string what) =>
        _findings.Add(new Finding(ArrearsRules.PackLacks, _lines.Of(_file, path), what));
}
