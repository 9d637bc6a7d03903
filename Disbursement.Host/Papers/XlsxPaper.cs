using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Disbursement.Engine.Papers;

namespace Disbursement.Host.Papers;

/// <summary>
/// A paper as a workbook (ISO/IEC 29500 SpreadsheetML) that prints as it should: headings on every page, page numbers,
/// one page wide. Amounts are numbers with two decimals, identifiers are texts. The same paper gives the same bytes.
/// </summary>
public static class XlsxPaper
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packaged = "http://schemas.openxmlformats.org/package/2006/";

    public static void Write(Paper paper, Stream to)
    {
        var sheets = paper.Sheets.SelectMany(Worksheets).ToList();
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var at = paper.Mark.Day.AtMidnight().ToDateTimeUnspecified();
        void Part(string name, Action<XmlWriter> write)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            // A zip without a moment of its own has that of the run: bytes would differ from run to run.
            entry.LastWriteTime = new DateTimeOffset(at, TimeSpan.Zero);
            using var stream = entry.Open();
            using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
            write(xml);
        }
        Part("[Content_Types].xml", xml => ContentTypes(xml, sheets.Count));
        Part("_rels/.rels", xml => RelationsOf(xml, [("officeDocument", "xl/workbook.xml")]));
        Part("xl/workbook.xml", xml => Workbook(xml, sheets));
        Part("xl/_rels/workbook.xml.rels", xml => RelationsOf(xml,
            [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("styles", "styles.xml")]));
        Part("xl/styles.xml", XlsxStyles.Write);
        for (var i = 0; i < sheets.Count; i++)
        {
            var sheet = sheets[i];
            Part($"xl/worksheets/sheet{i + 1}.xml", xml => new XlsxWorksheet(xml, sheet, paper.Mark).Write());
        }
    }

    /// <summary>Columns of a workbook are as wide in every row: a second table is a sheet of its own.</summary>
    private static IEnumerable<PaperSheet> Worksheets(PaperSheet sheet)
    {
        yield return sheet with { Tables = [sheet.Tables[0]] };
        foreach (var table in sheet.Tables.Skip(1))
            yield return sheet with
            {
                Name = table.Name,
                Title = table.Name,
                Tables = [table],
                Notes = [],
                Signers = [],
            };
    }

    private static void ContentTypes(XmlWriter xml, int sheets)
    {
        const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        xml.WriteStartElement("Types", Packaged + "content-types");
        void Default(string extension, string type)
        {
            xml.WriteStartElement("Default");
            xml.WriteAttributeString("Extension", extension);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
        void Override(string part, string type)
        {
            xml.WriteStartElement("Override");
            xml.WriteAttributeString("PartName", part);
            xml.WriteAttributeString("ContentType", Sheet + type + "+xml");
            xml.WriteEndElement();
        }
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Override("/xl/workbook.xml", "sheet.main");
        Override("/xl/styles.xml", "styles");
        for (var i = 1; i <= sheets; i++) Override($"/xl/worksheets/sheet{i}.xml", "worksheet");
        xml.WriteEndElement();
    }

    private static void RelationsOf(XmlWriter xml, IReadOnlyList<(string Type, string Target)> parts)
    {
        xml.WriteStartElement("Relationships", Packaged + "relationships");
        for (var i = 0; i < parts.Count; i++)
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", $"rId{i + 1}");
            xml.WriteAttributeString("Type", $"{Relations}/{parts[i].Type}");
            xml.WriteAttributeString("Target", parts[i].Target);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Workbook(XmlWriter xml, List<PaperSheet> sheets)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relations);
        xml.WriteStartElement("sheets");
        for (var i = 0; i < sheets.Count; i++)
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", sheets[i].Name);
            xml.WriteAttributeString("sheetId", Text(i + 1));
            xml.WriteAttributeString("id", Relations, $"rId{i + 1}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("definedNames");
        for (var i = 0; i < sheets.Count; i++)
        {
            var (first, last) = XlsxWorksheet.Headings(sheets[i]);
            xml.WriteStartElement("definedName");
            xml.WriteAttributeString("name", "_xlnm.Print_Titles");
            xml.WriteAttributeString("localSheetId", Text(i));
            xml.WriteString($"'{sheets[i].Name}'!${first}:${last}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
