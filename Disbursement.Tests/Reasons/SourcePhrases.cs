using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Disbursement.Tests.Reasons;

/// <summary>A text of the code: where it stands, with {0}, {1} for what it quotes, and what stands before it.</summary>
internal sealed record SourcePhrase(string File, int Line, string Text, string Before);

/// <summary>
/// Every text in C# source, whatever it is used for: plain, verbatim and interpolated, joined over "+". Raw texts are
/// tables and templates and are passed over.
/// </summary>
internal sealed class SourcePhrases(string file, string source)
{
    private readonly List<(SourcePhrase Phrase, int From, int To)> _found = [];
    private int _at;

    public static IEnumerable<SourcePhrase> Of(string path) =>
        new SourcePhrases(Path.GetFileName(path), File.ReadAllText(path)).All();

    private IEnumerable<SourcePhrase> All()
    {
        while (_at < source.Length)
        {
            if (Starts("//")) Skip("\n");
            else if (Starts("\"\"\"")) { _at += 3; Skip("\"\"\""); }
            else if (Starts("$\"\"\"")) { _at += 4; Skip("\"\"\""); }
            else if (source[_at] == '\'') Character();
            else if (Starts("\"") || Starts("$\"") || Starts("@\"")) Take();
            else _at++;
        }
        return _found.Select(f => f.Phrase with { Text = Numbered(f.Phrase.Text) });
    }

    private bool Starts(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private void Skip(string until)
    {
        var end = source.IndexOf(until, _at, StringComparison.Ordinal);
        _at = end < 0 ? source.Length : end + until.Length;
    }

    private void Character() => _at = source.IndexOf('\'', _at + (source[_at + 1] == '\\' ? 3 : 2)) + 1;

    private void Take()
    {
        var from = _at;
        var text = Quoted();
        // "a" + "b" is one text.
        if (_found is [.., var last] && last.To <= from && Joined().IsMatch(source[last.To..from]))
            _found[^1] = (last.Phrase with { Text = last.Phrase.Text + text }, last.From, _at);
        else
            _found.Add((new(file, source.AsSpan(0, from).Count('\n') + 1, text,
                source[Math.Max(0, from - 90)..from]), from, _at));
    }

    /// <summary>The text at this place, NUL for each hole; texts within holes are found too.</summary>
    private string Quoted()
    {
        var (hasHoles, isVerbatim) = (source[_at] == '$', source[_at] == '@');
        _at += hasHoles || isVerbatim ? 2 : 1;
        var text = new StringBuilder();
        for (; source[_at] != '"'; _at++)
        {
            if (source[_at] == '\\' && !isVerbatim) text.Append(source[++_at] == 'n' ? '\n' : source[_at]);
            else if (hasHoles && source[_at] == '{' && source[_at + 1] != '{') { text.Append('\0'); Hole(); }
            else if (hasHoles && source[_at] is '{' or '}') text.Append(source[_at++]);
            else text.Append(source[_at]);
        }
        _at++;
        return text.ToString();
    }

    private void Hole()
    {
        for (var depth = 0; ; _at++)
        {
            if (source[_at] == '{') depth++;
            else if (source[_at] == '}' && --depth == 0) return;
            else if (source[_at] == '\'') { Character(); _at--; }
            else if (source[_at] == '"') { Take(); _at--; }
        }
    }

    private static string Numbered(string text)
    {
        var n = 0;
        return Regex.Replace(text, "\0", _ => string.Create(CultureInfo.InvariantCulture, $"{{{n++}}}"));
    }

    private static Regex Joined() => new(@"\A\s*\+\s*\z", RegexOptions.CultureInvariant);
}
