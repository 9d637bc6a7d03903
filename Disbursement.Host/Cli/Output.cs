using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Disbursement.Engine.Primitives;
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
        Converters = { new JsonStringEnumConverter(), new PatternConverter<NodaTime.LocalDate>(Storage.TimeText.Date),
            new PatternConverter<NodaTime.Instant>(Storage.TimeText.Moment) },
    };

    public bool Json => json;
    public bool Chinese => chinese;
    public string Text(string zh, string en) => chinese ? zh : en;

    /// <summary>The answer: as JSON, or as the line of words.</summary>
    public void Print(object document, string words)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(document, Form));
        else Console.Out.WriteLine(words);
    }

    /// <summary>Rows with their headings; as JSON an array of the documents.</summary>
    public void Table<T>(IReadOnlyList<T> rows, params IReadOnlyList<(string Heading, Func<T, object?> Cell)> columns)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(rows, Form));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (heading, _) in columns) table.AddColumn(Markup.Escape(heading));
        foreach (var row in rows) table.AddRow([.. columns.Select(c => Markup.Escape(c.Cell(row)?.ToString() ?? ""))]);
        AnsiConsole.Write(table);
    }

    /// <summary>All refusals at once; exit status 3, or 2 for what could not be decoded.</summary>
    public int Refused(IReadOnlyList<Finding> findings)
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new { refused = true, findings = findings.Select(Plain) },
                Form));
        else Findings(findings);
        return findings.Any(f => f.Rule.Code.StartsWith("file.", StringComparison.Ordinal))
            ? ExitStatus.BadUsage
            : ExitStatus.Refused;
    }

    /// <summary>Findings that did not stop the command, on standard error.</summary>
    public void Findings(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var at = finding.At;
            var place = string.Join(' ', new[]
            {
                at.File,
                at.Row > 0 ? Text($"第{at.Row}行", $"row {at.Row}") : "",
                at.Column.Length > 0 ? Text($"列 {at.Column}", $"column {at.Column}") : "",
                at.Value.Length > 0 ? $"“{at.Value}”" : "",
            }.Where(p => p.Length > 0));
            Console.Error.WriteLine(
                $"{finding.Rule.Code}: {place}{(place.Length > 0 ? ": " : "")}{finding.Text(chinese)}");
            Console.Error.WriteLine($"  → {finding.Advice(chinese)}");
        }
    }

    public static object Plain(Finding finding) => new
    {
        code = finding.Rule.Code,
        severity = finding.Rule.Severity,
        file = finding.At.File,
        row = finding.At.Row,
        column = finding.At.Column,
        value = finding.At.Value,
        zh = finding.Text(chinese: true),
        en = finding.Text(chinese: false),
        do_zh = finding.Advice(chinese: true),
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
