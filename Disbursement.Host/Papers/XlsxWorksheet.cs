using System.Globalization;
using System.Xml;
using Disbursement.Engine.Papers;

namespace Disbursement.Host.Papers;

/// <summary>One worksheet: title, facts, headings, rows, totals, notes and who signs, from top to bottom.</summary>
internal sealed class XlsxWorksheet(XmlWriter xml, PaperSheet sheet, PaperMark mark)
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // Points of a line of text.
    private const int LinePoints = 15;

    private readonly PaperTable _table = sheet.Tables[0];
    private readonly List<string> _merged = [];
    private int _row;

    /// <summary>First and last row of the headings, from 1: they are printed on every page.</summary>
    public static (int First, int Last) Headings(PaperSheet sheet)
    {
        var first = 2 + (sheet.Basis.Length > 0 ? 1 : 0) + sheet.Facts.Count;
        return (first, sheet.Tables[0].IsGrouped ? first + 1 : first);
    }

    public void Write()
    {
        xml.WriteStartElement("worksheet", Main);
        Shape();
        xml.WriteStartElement("sheetData");
        Across(sheet.Title, XlsxStyle.Title, 26);
        if (sheet.Basis.Length > 0) Across(sheet.Basis, XlsxStyle.Basis, LinePoints);
        foreach (var fact in sheet.Facts) Across($"{fact.Label}：{fact.Value}", XlsxStyle.Fact, LinePoints);
        HeadingRows();
        foreach (var row in _table.Rows) Row(row, total: false);
        if (_table.Total is { } total) Row(total, total: true);
        var wide = _table.Columns.Sum(c => c.Width + 2);
        foreach (var note in sheet.Notes) Across(note, XlsxStyle.Note, LinePoints * LinesOf(note, wide));
        if (sheet.Signers.Count > 0)
            Across(string.Join("　　　　　　", sheet.Signers.Select(s => s + "：")), XlsxStyle.Note, 30);
        xml.WriteEndElement();
        Merged();
        Page();
        xml.WriteEndElement();
    }

    private void Shape()
    {
        Element("sheetPr", () => Element("pageSetUpPr", null, ("fitToPage", "1")));
        var (_, last) = Headings(sheet);
        Element("sheetViews", () => Element("sheetView", () => Element("pane", null, ("ySplit", Text(last)),
            ("topLeftCell", $"A{last + 1}"), ("activePane", "bottomLeft"), ("state", "frozen")),
            ("workbookViewId", "0")));
        Element("sheetFormatPr", null, ("defaultRowHeight", Text(LinePoints)));
        Element("cols", () =>
        {
            for (var i = 0; i < _table.Columns.Count; i++)
                Element("col", null, ("min", Text(i + 1)), ("max", Text(i + 1)),
                    ("width", Text(_table.Columns[i].Width + 2)), ("customWidth", "1"));
        });
    }

    private void HeadingRows()
    {
        var columns = _table.Columns;
        Row(cells =>
        {
            for (var i = 0; i < columns.Count; i++)
                cells(i, columns[i].Group.Length > 0 ? columns[i].Group : columns[i].Heading, XlsxStyle.Heading);
        });
        if (!_table.IsGrouped) return;
        Row(cells =>
        {
            for (var i = 0; i < columns.Count; i++)
                cells(i, columns[i].Group.Length > 0 ? columns[i].Heading : "", XlsxStyle.Heading);
        });
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Group.Length == 0) _merged.Add($"{Letters(i)}{_row - 1}:{Letters(i)}{_row}");
            else if (i == 0 || columns[i - 1].Group != columns[i].Group)
            {
                var last = i;
                while (last + 1 < columns.Count && columns[last + 1].Group == columns[i].Group) last++;
                if (last > i) _merged.Add($"{Letters(i)}{_row - 1}:{Letters(last)}{_row - 1}");
            }
        }
    }

    // Not every program grows a row to its text when it opens a workbook: the height is stated.
    private void Row(IReadOnlyList<string> texts, bool total) => Row(cells =>
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var form = texts[i].Length == 0 ? CellForm.Text : _table.Columns[i].Form;
            cells(i, texts[i], (form, total) switch
            {
                (CellForm.Yuan, false) => XlsxStyle.Yuan,
                (CellForm.Yuan, true) => XlsxStyle.TotalYuan,
                (CellForm.Whole, false) => XlsxStyle.Whole,
                (_, true) => XlsxStyle.TotalText,
                _ => XlsxStyle.Text,
            });
        }
    }, LinePoints * texts.Select((t, i) => LinesOf(t, _table.Columns[i].Width + 1)).Max());

    private void Row(Action<Action<int, string, XlsxStyle>> fill, int points = 0)
    {
        _row++;
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", Text(_row));
        if (points > 0)
        {
            xml.WriteAttributeString("ht", Text(points));
            xml.WriteAttributeString("customHeight", "1");
        }
        fill(Cell);
        xml.WriteEndElement();
    }

    /// <summary>A text over the whole width of the table.</summary>
    private void Across(string text, XlsxStyle style, int points)
    {
        Row(cells => cells(0, text, style), points);
        if (_table.Columns.Count > 1) _merged.Add($"A{_row}:{Letters(_table.Columns.Count - 1)}{_row}");
    }

    private void Cell(int column, string text, XlsxStyle style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", $"{Letters(column)}{_row}");
        xml.WriteAttributeString("s", Text((int)style));
        if (style is XlsxStyle.Whole or XlsxStyle.Yuan or XlsxStyle.TotalYuan)
        {
            // The very digits of the paper: no binary fraction comes between.
            xml.WriteElementString("v", text);
        }
        else if (text.Length > 0)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void Merged() => Element("mergeCells", () =>
    {
        foreach (var range in _merged) Element("mergeCell", null, ("ref", range));
    }, ("count", Text(_merged.Count)));

    private void Page()
    {
        Element("printOptions", null, ("horizontalCentered", "1"));
        Element("pageMargins", null, ("left", "0.4"), ("right", "0.4"), ("top", "0.6"), ("bottom", "0.6"),
            ("header", "0.3"), ("footer", "0.3"));
        Element("pageSetup", null, ("paperSize", "9"), ("orientation", sheet.Wide ? "landscape" : "portrait"),
            ("fitToWidth", "1"), ("fitToHeight", "0"));
        Element("headerFooter", () =>
        {
            if (mark.Sample) xml.WriteElementString("oddHeader", $"&R&KC00000{PaperMark.SampleWords}");
            xml.WriteElementString("oddFooter",
                $"&L&8{Escaped(mark.Subject)}&C&8第 &P 页 共 &N 页&R&8{Escaped(mark.Made)}");
        });
    }

    private void Element(string name, Action? inside, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
        inside?.Invoke();
        xml.WriteEndElement();
    }

    /// <summary>Lines of a text in a width of half characters.</summary>
    private static int LinesOf(string text, int wide) => text.Split('\n').Sum(line =>
        Math.Max(1, (line.Sum(c => c < 0x2E80 ? 1 : 2) + wide - 1) / wide));

    /// <summary>A, B … Z, AA: no table has as many columns as would need three.</summary>
    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}"
        : $"{(char)('A' + column / 26 - 1)}{(char)('A' + column % 26)}";

    // In headers and footers & begins a code, and a digit behind a size would belong to it.
    private static string Escaped(string text) => " " + text.Replace("&", "&&", StringComparison.Ordinal);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
