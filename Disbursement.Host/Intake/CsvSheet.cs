using System.Buffers;
using System.Text;
using CsvHelper;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Intake;

/// <summary>Separated text: comma, tab or semicolon, whichever the heading line has most of; cells may be
/// quoted.</summary>
internal static class CsvSheet
{
    // A quote that is never closed would otherwise draw the rest of the file into one cell, and into memory.
    private const int LargestRow = 1 << 20;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789."u8);

    public static Decision<RawTable> Read(SheetSource source, SheetShape shape)
    {
        if (SheetEncoding.IsUtf16(source))
            return Decision<RawTable>.Refuse(IntakeRules.Utf16, new Place(source.Name, 0, "", ""));
        if (SheetEncoding.Find(source, out var badOffset) is not { } encoding)
        {
            var (row, cell) = SheetEncoding.CellAt(source, badOffset);
            return Decision<RawTable>.Refuse(IntakeRules.Encoding, new Place(source.Name, row, "", ""), $"{badOffset}",
                $"{cell}");
        }
        var options = CsvReaderOptions.Default with
        {
            Separator = FindSeparator(source, encoding),
            Encoding = encoding,
            HasHeader = false,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = LargestRow,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            return Check(source, shape, options);
        }
        catch (CsvFormatException torn)
        {
            return SheetReader.Torn(source, torn.LineNumber, "引号未闭合，或本行格数与表头不符",
                "a quote is not closed, or the line has not as many cells as the headings");
        }
    }

    private static Decision<RawTable> Check(SheetSource source, SheetShape shape, CsvReaderOptions options)
    {
        using var reader = CsvReader.Create(source.Open(), options);
        if (!reader.Read()) return Decision<RawTable>.Refuse(IntakeRules.Empty, new Place(source.Name, 0, "", ""));
        var headings = new SheetHeadings(source, reader.LineNumber, Cells(reader), shape);
        if (headings.Findings.Count > 0) return Decision<RawTable>.Refuse(headings.Findings);
        List<Finding> findings = [];
        for (var rows = 1; reader.Read(); rows++)
        {
            if (rows > SheetReader.MostRows)
                return Decision<RawTable>.Refuse([headings.TooManyRows(reader.LineNumber)]);
            foreach (var column in headings.Identifiers)
                if (findings.Count < SheetReader.MostFindings && IsScientific(reader.GetSpan(column)))
                    findings.Add(headings.NumberCell(reader.LineNumber, column, reader.GetString(column)));
        }
        return findings.Count > 0
            ? Decision<RawTable>.Refuse(findings)
            : Decision<RawTable>.Accept(new RawTable(source.Name, headings.Columns, Rows(source, options)));
    }

    private static IEnumerable<RawRow> Rows(SheetSource source, CsvReaderOptions options)
    {
        using var reader = CsvReader.Create(source.Open(), options);
        reader.Read();
        while (reader.Read())
        {
            var cells = Cells(reader);
            if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
            yield return new RawRow(reader.LineNumber, cells);
        }
    }

    private static string[] Cells(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = reader.GetString(i);
        return cells;
    }

    private static char FindSeparator(SheetSource source, Encoding encoding)
    {
        using var text = new StreamReader(source.Open(), encoding);
        int commas = 0, tabs = 0, semicolons = 0;
        bool quoted = false, seen = false;
        for (var c = text.Read(); c >= 0; c = text.Read())
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c is '\n' or '\r')
            {
                if (seen) break;
                continue;
            }
            seen = true;
            if (c == ',') commas++;
            if (c == '\t') tabs++;
            if (c == ';') semicolons++;
        }
        return commas >= tabs && commas >= semicolons ? ',' : tabs >= semicolons ? '\t' : ';';
    }

    // "6.22203E+18": what a spreadsheet writes for a card number it took for a quantity.
    private static bool IsScientific(ReadOnlySpan<byte> cell)
    {
        var exponent = cell.IndexOfAny((byte)'E', (byte)'e');
        return exponent > 0 && cell[(exponent + 1)..].IndexOf((byte)'+') == 0
            && !cell[..exponent].ContainsAnyExcept(Digits);
    }
}
