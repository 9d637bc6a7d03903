using Disbursement.Engine.Papers;
using SkiaSharp;

namespace Disbursement.Host.Papers;

/// <summary>Lays a sheet out on as many pages as it needs; each page is what is drawn on it.</summary>
internal sealed class PdfSheet(PdfText text, PaperSheet sheet, float width, float height)
{
    public const float Margin = 28;
    private const float Top = 36, Bottom = 34, Body = 9, Leading = 1.4f;
    private static readonly SKColor s_black = SKColors.Black, s_grey = new(0x55, 0x55, 0x55);

    private readonly List<List<Action<SKCanvas>>> _pages = [];
    private float _y;

    public float Wide => width - 2 * Margin;
    public float Left => height - Bottom - _y;
    public PdfText Text => text;

    public IReadOnlyList<IReadOnlyList<Action<SKCanvas>>> Pages()
    {
        NewPage();
        Centred(sheet.Title, 16, s_black, 30);
        if (sheet.Basis.Length > 0) Centred(sheet.Basis, 8, s_grey, 18);
        Facts();
        for (var i = 0; i < sheet.Tables.Count; i++)
        {
            var table = sheet.Tables[i];
            if (table.Name.Length > 0) Paragraph(table.Name, 11, keep: 60);
            new PdfTable(this, table).Lay(i == sheet.Tables.Count - 1 ? Tail() : 0);
            _y += 8;
        }
        foreach (var note in sheet.Notes) Paragraph(note, Body);
        Signers();
        return _pages;
    }

    /// <summary>Goes on at the top of a page, under the sheet's title where it is not the first.</summary>
    public void NewPage()
    {
        _pages.Add([]);
        _y = Top;
        if (_pages.Count > 1) Centred($"{sheet.Title} (续)", 10, s_grey, 20);
    }

    /// <summary>Draws at the place the sheet has come to, and goes on below.</summary>
    public void Put(float tall, Action<SKCanvas, float> draw)
    {
        var y = _y;
        _pages[^1].Add(canvas => draw(canvas, y));
        _y += tall;
    }

    private void Centred(string words, float size, SKColor color, float tall) => Put(tall, (canvas, y) =>
        text.Draw(canvas, words, (width - text.WidthOf(words, size)) / 2, y + size, size, color));

    /// <summary>Facts side by side, two to a row, three on a wide page; a long one takes lines of its own.</summary>
    private void Facts()
    {
        var across = sheet.Wide ? 3 : 2;
        var column = Wide / across;
        foreach (var row in Rows(across, column))
        {
            var lines = row.Select(f => text.Lines($"{f.Fact.Label}：{f.Fact.Value}", Body, f.Wide - 8)).ToList();
            Put(lines.Max(l => l.Count) * Body * Leading + 3, (canvas, y) =>
            {
                var x = Margin;
                for (var i = 0; i < row.Count; x += row[i].Wide, i++)
                    Draw(canvas, lines[i], x, y, Body, s_black);
            });
        }
        _y += 6;
    }

    private IEnumerable<List<(PaperFact Fact, float Wide)>> Rows(int across, float column)
    {
        var (row, free) = (new List<(PaperFact, float)>(), across);
        foreach (var fact in sheet.Facts)
        {
            var needs = Math.Min(across,
                (int)Math.Ceiling((text.WidthOf($"{fact.Label}：{fact.Value}", Body) + 8) / column));
            if (needs > free)
            {
                yield return row;
                (row, free) = ([], across);
            }
            row.Add((fact, needs * column));
            free -= needs;
        }
        if (row.Count > 0) yield return row;
    }

    /// <summary>Notes and signatures: they stand on the page of the last row and the sums, so that nobody signs an
    /// empty page.</summary>
    private float Tail() => 8 + sheet.Notes.Sum(n => Tall(text.Lines(n, Body, Wide), Body))
        + (sheet.Signers.Count > 0 ? 60 : 0);

    private static float Tall(List<string> lines, float size) => lines.Count * size * Leading + 4;

    private void Paragraph(string words, float size, float keep = 0)
    {
        var lines = text.Lines(words, size, Wide);
        var tall = Tall(lines, size);
        if (Left < tall + keep) NewPage();
        Put(tall, (canvas, y) => Draw(canvas, lines, Margin, y, size, s_black));
    }

    private void Signers()
    {
        if (sheet.Signers.Count == 0) return;
        if (Left < 60) NewPage();
        var column = Wide / sheet.Signers.Count;
        _y += 14;
        Put(40, (canvas, y) =>
        {
            for (var i = 0; i < sheet.Signers.Count; i++)
            {
                text.Draw(canvas, sheet.Signers[i] + "：", Margin + i * column, y + Body, Body, s_black);
                text.Draw(canvas, "日期：        年    月    日", Margin + i * column, y + Body * 3, Body, s_black);
            }
        });
    }

    private void Draw(SKCanvas canvas, List<string> lines, float x, float y, float size, SKColor color)
    {
        for (var i = 0; i < lines.Count; i++)
            text.Draw(canvas, lines[i], x, y + size + i * size * Leading, size, color);
    }
}
