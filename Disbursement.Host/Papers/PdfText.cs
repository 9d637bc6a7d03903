using System.Text;
using SkiaSharp;

namespace Disbursement.Host.Papers;

/// <summary>Measures, breaks and draws text so that what is copied from the page is what was written.</summary>
internal sealed class PdfText(ChineseFont font) : IDisposable
{
    private static readonly Rune s_absent = new('〓');

    // Not at the beginning of a line (GB/T 15834: punctuation stays with what it ends).
    private const string Closing = "，。；：、）)》”’！？";

    private readonly Dictionary<Rune, (ushort Glyph, float Em)> _glyphs = [];
    private readonly SKFont _em = new(font.Typeface, 1000);

    /// <summary>Characters that the font does not have.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    public void Dispose() => _em.Dispose();

    public float WidthOf(string text, float size) => text.EnumerateRunes().Sum(r => Glyph(r).Em) * size;

    /// <summary>
    /// The lines of a text in a width: broken between Chinese characters and at blanks; a word longer than the line is
    /// broken within.
    /// </summary>
    public List<string> Lines(string text, float size, float width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var (line, taken) = (new StringBuilder(), 0f);
            foreach (var piece in Pieces(paragraph))
            {
                var wide = WidthOf(piece, size);
                if (taken + wide > width && line.Length > 0 && !(piece.Length == 1 && Closing.Contains(piece[0])))
                {
                    lines.Add(line.ToString().TrimEnd());
                    (line, taken) = (line.Clear(), 0f);
                    if (piece == " ") continue;
                }
                foreach (var part in wide <= width ? [piece] : Cut(piece, size, width))
                {
                    if (line.Length > 0 && taken + WidthOf(part, size) > width + size)
                    {
                        lines.Add(line.ToString());
                        (line, taken) = (line.Clear(), 0f);
                    }
                    line.Append(part);
                    taken += WidthOf(part, size);
                }
            }
            lines.Add(line.ToString().TrimEnd());
        }
        return lines;
    }

    /// <summary>
    /// A run of glyphs with the text it stands for. Without the text, a reader takes a glyph for the first character
    /// that has it, and 工 is copied as a Kangxi radical.
    /// </summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor color)
    {
        if (text.Length == 0) return;
        var runes = text.EnumerateRunes().Select(r => Glyph(r).Glyph == 0 ? s_absent : r).ToArray();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(runes.Select(r => r.ToString())));
        using var face = new SKFont(font.Typeface, size)
        {
            Subpixel = true,
            LinearMetrics = true,
            Hinting = SKFontHinting.None,
        };
        using var builder = new SKTextBlobBuilder();
        var run = builder.AllocateRawTextRun(face, runes.Length, x, y, bytes.Length, null);
        bytes.CopyTo(run.Text);
        uint at = 0;
        for (var i = 0; i < runes.Length; i++)
        {
            (run.Glyphs[i], run.Clusters[i]) = (Glyph(runes[i]).Glyph, at);
            at += (uint)runes[i].Utf8SequenceLength;
        }
        using var blob = builder.Build();
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(blob, 0, 0, paint);
    }

    /// <summary>The outline of a text: it is seen and never copied.</summary>
    public void DrawOutline(SKCanvas canvas, string text, float size, SKColor color)
    {
        using var face = new SKFont(font.Typeface, size);
        using var path = face.GetTextPath(text, new SKPoint(-WidthOf(text, size) / 2, size / 3));
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    private (ushort Glyph, float Em) Glyph(Rune rune)
    {
        if (_glyphs.TryGetValue(rune, out var known)) return known;
        var glyph = _em.GetGlyph(rune.Value);
        if (glyph == 0 && rune != s_absent) Missing.Add(rune.ToString());
        var shown = glyph == 0 ? _em.GetGlyph(s_absent.Value) : glyph;
        return _glyphs[rune] = (glyph, _em.GetGlyphWidths([shown])[0] / 1000);
    }

    /// <summary>Chinese characters and blanks one by one, everything else in words.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = rune.Value >= 0x2E80 || rune.Value == ' ';
            if (alone && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
            if (alone) yield return rune.ToString();
            else word.Append(rune.ToString());
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private IEnumerable<string> Cut(string word, float size, float width)
    {
        var part = new StringBuilder();
        var taken = 0f;
        foreach (var rune in word.EnumerateRunes())
        {
            var wide = Glyph(rune).Em * size;
            if (taken + wide > width && part.Length > 0)
            {
                yield return part.ToString();
                (part, taken) = (part.Clear(), 0f);
            }
            part.Append(rune.ToString());
            taken += wide;
        }
        if (part.Length > 0) yield return part.ToString();
    }
}
