using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Disbursement.Engine.Primitives;
using NodaTime;
using Spectre.Console;

namespace Disbursement.Host.Cli;

/// <summary>
/// Prints answers: one JSON document, or words and tables. Progress and refusals go to standard error.
/// </summary>
public sealed class Output(bool json, bool chinese)
{
    public static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new PatternConverter<LocalDate>(Storage.TimeText.Date),
            new PatternConverter<Instant>(Storage.TimeText.Moment) },
    };

    /// <summary>
    /// So many findings of one rule are printed; of the others their number. A document of --json has them all.
    /// </summary>
    public const int MostFindingsOfARule = 100;

    private readonly List<Finding> _told = [];
    private JsonArray? _gathered;
    private (Instant Asked, Instant Decided)? _later;

    /// <summary>As --json and --lang say.</summary>
    public static Output Of(ParseResult parse) =>
        new(parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Language) == "zh");

    public bool Json => json;
    public bool Chinese => chinese;
    public string Text(string zh, string en) => chinese ? zh : en;

    /// <summary>A state in a line of words: in Chinese its term with the name behind it.</summary>
    public string State(Enum state) => Terms.Cell(state, chinese);

    /// <summary>The answer: as JSON, or as the line of words.</summary>
    public void Print(object document, string words)
    {
        if (json) Write(document);
        else Console.Out.WriteLine(words);
    }

    /// <summary>
    /// Runs an act that answers once for each of several subjects: with --json still one document, an array of the
    /// answers where there is more than one.
    /// </summary>
    public int Gather(Func<int> act)
    {
        _gathered = [];
        var status = act();
        var answers = _gathered;
        _gathered = null;
        if (answers.Count == 1) Console.Out.WriteLine(answers[0]!.ToJsonString(Form));
        else if (answers.Count > 1) Console.Out.WriteLine(answers.ToJsonString(Form));
        return status;
    }

    /// <summary>
    /// The clock stands before the ledger's last moment: said on standard error, and in every document as asked_at and
    /// decided_at.
    /// </summary>
    public void DecidedLater(Instant asked, Instant decided)
    {
        _later = (asked, decided);
        var (from, to) = (Storage.TimeText.Moment.Format(asked), Storage.TimeText.Moment.Format(decided));
        Console.Error.WriteLine(Text($"{from} 早于账本的最后时刻, 按 {to} 办理",
            $"{from} lies before the ledger's last moment: decided as of {to}"));
    }

    private void Write(object document)
    {
        var node = JsonSerializer.SerializeToNode(document, Form)!;
        // Who reads JSON reads nothing else: findings of an accepted act stand in its answer.
        if (_told.Count > 0 && node is JsonObject answer && !answer.ContainsKey("findings"))
            answer["findings"] = JsonSerializer.SerializeToNode(_told.Select(Plain), Form);
        // Of several subjects each has its own.
        if (_gathered is not null) _told.Clear();
        if (_later is { } later)
            foreach (var place in node is JsonArray rows ? rows.OfType<JsonObject>() : [node.AsObject()])
            {
                place["asked_at"] = Storage.TimeText.Moment.Format(later.Asked);
                place["decided_at"] = Storage.TimeText.Moment.Format(later.Decided);
            }
        if (_gathered is null) Console.Out.WriteLine(node.ToJsonString(Form));
        else _gathered.Add(node);
    }

    /// <summary>Rows with their headings; as JSON an array of the documents.</summary>
    public void Table<T>(IReadOnlyList<T> rows, params IReadOnlyList<(string Heading, Func<T, object?> Cell)> columns)
    {
        if (json)
        {
            Write(rows);
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (heading, _) in columns)
            table.AddColumn(Markup.Escape(Headings.Of(heading, chinese)));
        foreach (var row in rows)
            table.AddRow([.. columns.Select(c => Markup.Escape(Shown(c.Cell(row))))]);
        AnsiConsole.Write(table);
    }

    /// <summary>
    /// A page of a list that may be long: as JSON an array that is written row by row. That there are more is said on
    /// standard error, with where the next page begins.
    /// </summary>
    /// <param name="rows">In order of the key, one key beyond the limit where there are more.</param>
    public void Page<T>(IEnumerable<T> rows, int limit, Func<T, long> key,
        params IReadOnlyList<(string Heading, Func<T, object?> Cell)> columns)
    {
        var (keys, last, more) = (0, long.MinValue, false);
        IEnumerable<T> Shown()
        {
            foreach (var row in rows)
            {
                if (key(row) != last && ++keys > limit)
                {
                    more = true;
                    yield break;
                }
                last = key(row);
                yield return row;
            }
        }
        if (json) WriteRows(Shown());
        else Table([.. Shown()], columns);
        if (more) Console.Error.WriteLine(Text($"还有更多: --after {last}", $"there are more: --after {last}"));
    }

    /// <summary>In the very form of <see cref="Write"/>.</summary>
    private static void WriteRows<T>(IEnumerable<T> rows)
    {
        var before = "[\n  ";
        foreach (var row in rows)
        {
            var document = JsonSerializer.Serialize(row, Form).Replace("\n", "\n  ", StringComparison.Ordinal);
            Console.Out.Write(before + document);
            before = ",\n  ";
        }
        Console.Out.WriteLine(before[0] == '[' ? "[]" : "\n]");
    }

    /// <summary>All refusals at once; exit status 3, or 2 for what could not be decoded.</summary>
    public int Refused(IReadOnlyList<Finding> findings)
    {
        // A warning told before, such as of a missing anchor, is in the one document too.
        if (json) Write(new { refused = true, findings = _told.Concat(findings).Select(Plain) });
        else Findings(findings);
        return findings.Any(f => f.Rule.Code.StartsWith("file.", StringComparison.Ordinal))
            ? ExitStatus.BadUsage
            : ExitStatus.Refused;
    }

    /// <summary>Findings that did not stop the command, on standard error.</summary>
    public void Findings(IReadOnlyList<Finding> findings)
    {
        _told.AddRange(findings);
        var said = new Dictionary<RefusalRule, int>();
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            var before = said.GetValueOrDefault(finding.Rule);
            said[finding.Rule] = before + 1;
            if (before >= MostFindingsOfARule) continue;
            Console.Error.WriteLine(Said(finding));
            // Of several about one whole thing, one after the other, what to do is said once, behind the last.
            if (before + 1 == MostFindingsOfARule || i + 1 == findings.Count || !SameAdvice(finding, findings[i + 1]))
                Console.Error.WriteLine($"  → {Terms.Advice(finding, chinese)}");
        }
        foreach (var (rule, count) in said.Where(s => s.Value > MostFindingsOfARule))
            Console.Error.WriteLine($"{rule.Code}: " + Text(
                $"另有 {count - MostFindingsOfARule} 处, 用 --json 查看全部",
                $"{count - MostFindingsOfARule} more of them; --json lists all"));
    }

    /// <summary>A finding in one line: rule, place, value, and what is wrong.</summary>
    public string Said(Finding finding)
    {
        var at = finding.At;
        var place = string.Join(' ', new[]
        {
            at.File,
            at.Row > 0 ? Text($"第{at.Row}行", $"row {at.Row}") : "",
            at.Column.Length > 0 ? Text($"列 {at.Column}", $"column {at.Column}") : "",
            at.Value.Length > 0 ? $"“{at.Value}”" : "",
        }.Where(p => p.Length > 0));
        return $"{finding.Rule.Code}: {place}{(place.Length > 0 ? ": " : "")}{Terms.Of(finding, chinese)}";
    }

    private bool SameAdvice(Finding one, Finding next) => one.Rule == next.Rule && one.At == Place.Nowhere
        && next.At == Place.Nowhere && Terms.Advice(one, chinese) == Terms.Advice(next, chinese);

    private string Shown(object? value) => value switch
    {
        Enum state => Terms.Cell(state, chinese),
        true => Text("是", "yes"),
        false => Text("否", "no"),
        _ => Cell(value),
    };

    /// <summary>A cell's text, the same under every locale: days and moments in ISO 8601.</summary>
    public static string Cell(object? value) => value switch
    {
        LocalDate day => Storage.TimeText.Date.Format(day),
        Instant moment => Storage.TimeText.Moment.Format(moment),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    public static object Plain(Finding finding) => new
    {
        code = finding.Rule.Code,
        severity = finding.Rule.Severity,
        file = finding.At.File,
        row = finding.At.Row,
        column = finding.At.Column,
        value = finding.At.Value,
        zh = Terms.Of(finding, chinese: true),
        en = finding.Text(chinese: false),
        do_zh = Terms.Advice(finding, chinese: true),
        do_en = finding.Advice(chinese: false),
    };

    private sealed class PatternConverter<T>(NodaTime.Text.IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            pattern.Parse(reader.GetString()!).GetValueOrThrow();
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
