using System.Globalization;
using System.Xml;
using Disbursement.Engine.Primitives;
using MiniExcelLibs;

namespace Disbursement.Host.Intake;

/// <summary>The first worksheet of an XLSX workbook.</summary>
internal static class XlsxSheet
{
    public static Decision<RawTable> Read(SheetSource source, SheetShape shape)
    {
        long line = 0;
        try
        {
            return Check(source, shape, ref line);
        }
        catch (Exception torn) when (torn is InvalidDataException or EndOfStreamException or XmlException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return SheetReader.NoWorkbook(source, line, "不完整，或其中没有工作表", "it is not whole, or holds no worksheet");
        }
    }

    private static Decision<RawTable> Check(SheetSource source, SheetShape shape, ref long line)
    {
        SheetHeadings? headings = null;
        List<Finding> findings = [];
        foreach (var (number, cells) in Lines(source))
        {
            line = number;
            if (headings is null)
            {
                headings = new SheetHeadings(source, number, TrimEnd(cells).Select(Text), shape);
                if (headings.Findings.Count > 0) return Decision<RawTable>.Refuse(headings.Findings);
                continue;
            }
            if (number > SheetReader.MostRows + 1) return Decision<RawTable>.Refuse([headings.TooManyRows(number)]);
            if (TrimEnd(cells).Length > headings.Columns.Length)
                return Decision<RawTable>.Refuse(
                    IntakeRules.BeyondHeadings, new Place(source.Name, number, "", Beyond(cells, headings)));
            foreach (var column in headings.Identifiers)
                if (column < cells.Length && cells[column] is not (null or string)
                    && findings.Count < SheetReader.MostFindings)
                    findings.Add(headings.NumberCell(number, column, Text(cells[column])));
        }
        if (headings is null) return Decision<RawTable>.Refuse(IntakeRules.Empty, new Place(source.Name, 0, "", ""));
        return findings.Count > 0
            ? Decision<RawTable>.Refuse(findings)
            : Decision<RawTable>.Accept(
                new RawTable(source.Name, headings.Columns, Rows(source, headings.Columns.Length)));
    }

    private static IEnumerable<RawRow> Rows(SheetSource source, int columns)
    {
        foreach (var (number, cells) in Lines(source).Skip(1))
        {
            var texts = new string[columns];
            for (var i = 0; i < columns; i++) texts[i] = i < cells.Length ? Text(cells[i]) : "";
            yield return new RawRow(number, texts);
        }
    }

    /// <summary>The rows that hold anything, with their number in the worksheet.</summary>
    private static IEnumerable<(long Number, object?[] Cells)> Lines(SheetSource source)
    {
        using var stream = source.Open();
        long number = 0;
        foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX))
        {
            number++;
            object?[] cells = [.. row.Values];
            if (TrimEnd(cells).Length > 0) yield return (number, cells);
        }
    }

    /// <summary>The first cell that stands beyond the headings.</summary>
    private static string Beyond(object?[] cells, SheetHeadings headings) =>
        cells[headings.Columns.Length..].Select(Text).First(text => !string.IsNullOrWhiteSpace(text));

    private static object?[] TrimEnd(object?[] cells)
    {
        var end = cells.Length;
        while (end > 0 && string.IsNullOrWhiteSpace(Text(cells[end - 1]))) end--;
        return cells[..end];
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        double number => Number(number),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    // A workbook keeps 1234.5 as a binary fraction that may come back as 1234.4999999999998: within 1e-9 of two
    // decimals it is those two decimals; anything else keeps its digits, for the rules of amounts to refuse.
    private static string Number(double number)
    {
        var rounded = Math.Round(number, 2);
        var shown = Math.Abs(number - rounded) < 1e-9 ? rounded : number;
        return shown.ToString("R", CultureInfo.InvariantCulture);
    }
}
