using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Disbursement.Host.Intake;

namespace Disbursement.Host.Samples;

/// <summary>A sheet of text to be written as one of the files that are handed in.</summary>
public sealed record SampleSheet(string File, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\t\r\n");

    /// <summary>The bytes in the form the file's name asks for: workbook for .xlsx, else comma-separated
    /// text.</summary>
    public byte[] Bytes(bool gb18030 = false, bool mark = false)
    {
        if (File.EndsWith(".xlsx", StringComparison.Ordinal)) return Workbook();
        var text = (mark ? "\uFEFF" : "") + Csv();
        return gb18030 ? SheetEncoding.Gb18030.GetBytes(text) : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Comma-separated text (RFC 4180): a cell is quoted where it must be.</summary>
    public string Csv()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend([.. Columns])) text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        return text.ToString();
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(Special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    // Written by hand: a library puts the time of writing into a workbook, and these bytes must always be the same.
    private byte[] Workbook()
    {
        const string Package = "http://schemas.openxmlformats.org/package/2006";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\">" +
                "<Default Extension=\"rels\" " +
                "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
                $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kind}.sheet.main+xml\"/>" +
                $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Kind}.worksheet+xml\"/></Types>");
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" " +
                $"Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Sheet}\" xmlns:r=\"{Office}\"><sheets>" +
                "<sheet name=\"样例\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship " +
                $"Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add(zip, "xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"{Sheet}\"><sheetData>{WorkbookRows()}</sheetData></worksheet>");
        }
        return bytes.ToArray();
    }

    // Amounts are written as numbers, as people do; everything else as text.
    private string WorkbookRows()
    {
        var xml = new StringBuilder();
        var line = 0;
        foreach (var row in Rows.Prepend([.. Columns]))
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{++line}\">");
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i].Length == 0) continue;
                var at = $"{(char)('A' + i)}{line}";
                xml.Append(line > 1 && i < Columns.Count && Columns[i] is ("应发工资" or "扣款" or "实发工资")
                    ? $"<c r=\"{at}\"><v>{row[i]}</v></c>"
                    : $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(row[i])}</t></is></c>");
            }
            xml.Append("</row>");
        }
        return xml.ToString();
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{xml}"));
    }
}
