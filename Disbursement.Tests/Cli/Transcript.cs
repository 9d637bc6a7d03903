using System.Globalization;
using System.Text;

namespace Disbursement.Tests.Cli;

/// <summary>One provocation: a script of what was there and what was run, and what the user then saw.</summary>
/// <param name="Code">The rule it provokes, and maybe words on which variant this is.</param>
internal sealed record Transcript(string Code, IReadOnlyList<string> Script, IReadOnlyList<Transcript.Heard> Outputs)
{
    /// <summary>The three forms an answer has.</summary>
    public static readonly IReadOnlyList<string> Forms = ["zh", "en", "json"];

    /// <summary>Text in one form, with the exit status.</summary>
    internal sealed record Heard(string Form, int Status, string Text);

    /// <summary>The rule alone: "file.torn" of "file.torn an open quote".</summary>
    public string Rule => Code.Split(' ')[0];

    /// <summary>Reads a page: "== CODE", its script, then "-- FORM STATUS" with the text of each form.</summary>
    public static (string Preface, IReadOnlyList<Transcript> All) Parse(string page)
    {
        var parts = ("\n" + page).Split("\n== ");
        return (parts[0].TrimStart('\n'), [.. parts.Skip(1).Select(One)]);
    }

    public static string Format(string preface, IEnumerable<Transcript> all)
    {
        var text = new StringBuilder(preface);
        if (preface.Length > 0) text.Append('\n');
        foreach (var one in all)
        {
            text.Append("== ").Append(one.Code).Append('\n');
            foreach (var line in one.Script) text.Append(line).Append('\n');
            foreach (var heard in one.Outputs)
            {
                text.Append(CultureInfo.InvariantCulture, $"-- {heard.Form} {heard.Status}\n").Append(heard.Text);
                if (heard.Text.Length > 0 && heard.Text[^1] != '\n') text.Append('\n');
            }
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static Transcript One(string part)
    {
        var lines = part.TrimEnd('\n').Split('\n');
        var script = lines.Skip(1).TakeWhile(l => !IsForm(l)).Where(l => l.Length > 0).ToList();
        var outputs = new List<Heard>();
        foreach (var line in lines.Skip(1).SkipWhile(l => !IsForm(l)))
        {
            if (IsForm(line))
            {
                var words = line.Split(' ');
                outputs.Add(new Heard(words[1], int.Parse(words[2], CultureInfo.InvariantCulture), ""));
            }
            else outputs[^1] = outputs[^1] with { Text = outputs[^1].Text + line + "\n" };
        }
        return new Transcript(lines[0].Trim(), script, outputs);
    }

    private static bool IsForm(string line) => Forms.Any(f => line.StartsWith($"-- {f} ", StringComparison.Ordinal));
}
