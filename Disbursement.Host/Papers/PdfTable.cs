using Disbursement.Engine.Papers;
using SkiaSharp;

namespace Disbursement.Host.Papers;

/// <summary>A table with ruled cells: headings again on every page, no row torn over two.</summary>
internal sealed class PdfTable
{
    private const float Pad = 2.5f, Leading = 1.3f, Largest = 9, Smallest = 6.5f;

    // A digit of the fonts in use is wider than half a Chinese character.
    private const float HalfEm = 0.57f;

    private static readonly SKColor s_black = SKColors.Black, s_shade = new(0xEF, 0xEF, 0xEF);

    private readonly PdfSheet _sheet;
    private readonly PaperTable _table;
    private readonly float _size;
    private readonly float[] _widths;

    public PdfTable(PdfSheet sheet, PaperTable table)
    {
        (_sheet, _table) = (sheet, table);
        var count = table.Columns.Count;
        var characters = table.Columns.Sum(c => c.Width);
        var room = sheet.Wide - count * 2 * Pad;
        _size = Math.Clamp(MathF.Floor(room / characters / HalfEm * 4) / 4, Smallest, Largest);
        _widths = [.. table.Columns.Select(c => c.Width * room / characters + 2 * Pad)];
    }

    /// <param name="tail">What must find room behind the last row and the sums, on their page.</param>
    public void Lay(float tail)
    {
        Headings();
        var behind = _table.Total is null ? tail : tail + Tall(2);
        for (var i = 0; i < _table.Rows.Count; i++)
            Row(_table.Rows[i], shaded: false, i == _table.Rows.Count - 1 ? behind : 0);
        if (_table.Total is { } total) Row(total, shaded: true, tail);
    }

    private void Row(IReadOnlyList<string> cells, bool shaded, float behind)
    {
        var lines = cells.Select((cell, i) => Lines(cell, i)).ToList();
        var tall = Tall(lines.Max(l => l.Count));
        if (_sheet.Left < tall + behind)
        {
            _sheet.NewPage();
            Headings();
        }
        _sheet.Put(tall, (canvas, y) =>
        {
            var x = PdfSheet.Margin;
            for (var i = 0; i < lines.Count; x += _widths[i], i++)
                Cell(canvas, lines[i], new SKRect(x, y, x + _widths[i], y + tall), _table.Columns[i].Form, shaded);
        });
    }

    private void Headings()
    {
        var columns = _table.Columns;
        var lower = Tall(columns.Select((c, i) => Lines(c.Heading, i).Count).Max());
        var upper = _table.IsGrouped ? Tall(1) : 0;
        if (_sheet.Left < upper + lower + Tall(2)) _sheet.NewPage();
        _sheet.Put(upper + lower, (canvas, y) =>
        {
            var x = PdfSheet.Margin;
            for (var i = 0; i < columns.Count; x += _widths[i], i++)
            {
                var grouped = columns[i].Group.Length > 0;
                if (grouped && (i == 0 || columns[i - 1].Group != columns[i].Group))
                    Heading(canvas, [columns[i].Group], new SKRect(x, y, x + GroupWidth(i), y + upper));
                Heading(canvas, Lines(columns[i].Heading, i),
                    new SKRect(x, grouped ? y + upper : y, x + _widths[i], y + upper + lower));
            }
        });
    }

    private float GroupWidth(int first)
    {
        var wide = 0f;
        for (var i = first; i < _widths.Length && _table.Columns[i].Group == _table.Columns[first].Group; i++)
            wide += _widths[i];
        return wide;
    }

    private List<string> Lines(string cell, int column) => _sheet.Text.Lines(cell, _size, _widths[column] - 2 * Pad);

    private float Tall(int lines) => lines * _size * Leading + 2 * Pad;

    private void Heading(SKCanvas canvas, List<string> lines, SKRect box)
    {
        using (var fill = new SKPaint { Color = s_shade }) canvas.DrawRect(box, fill);
        Rule(canvas, box);
        Draw(canvas, lines, box, line => box.MidX - _sheet.Text.WidthOf(line, _size) / 2);
    }

    private void Cell(SKCanvas canvas, List<string> lines, SKRect box, CellForm form, bool shaded)
    {
        if (shaded)
            using (var fill = new SKPaint { Color = s_shade }) canvas.DrawRect(box, fill);
        Rule(canvas, box);
        Draw(canvas, lines, box, line => form switch
        {
            CellForm.Yuan => box.Right - Pad - _sheet.Text.WidthOf(line, _size),
            CellForm.Whole => box.MidX - _sheet.Text.WidthOf(line, _size) / 2,
            _ => box.Left + Pad,
        });
    }

    private void Draw(SKCanvas canvas, List<string> lines, SKRect box, Func<string, float> x)
    {
        var top = box.MidY - lines.Count * _size * Leading / 2;
        for (var i = 0; i < lines.Count; i++)
            _sheet.Text.Draw(canvas, lines[i], x(lines[i]), top + _size * 1.02f + i * _size * Leading, _size, s_black);
    }

    private static void Rule(SKCanvas canvas, SKRect box)
    {
        using var stroke = new SKPaint { Color = s_black, Style = SKPaintStyle.Stroke, StrokeWidth = 0.4f };
        canvas.DrawRect(box, stroke);
    }
}
