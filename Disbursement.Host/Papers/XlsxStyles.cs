using System.Globalization;
using System.Xml;

namespace Disbursement.Host.Papers;

/// <summary>The forms of cells, by their number in the stylesheet.</summary>
internal enum XlsxStyle
{
    Plain, Title, Basis, Fact, Heading, Text, Whole, Yuan, TotalText, TotalYuan, Note, Sample,
}

/// <summary>The one stylesheet of every workbook of papers.</summary>
internal static class XlsxStyles
{
    // Fonts: 0 plain, 1 title, 2 grey, 3 bold, 4 red. Numbers: 1 is "0", 2 is "0.00" of ISO/IEC 29500-1 18.8.30.
    private const string Fonts = """
        <fonts count="5">
        <font><sz val="10"/><name val="宋体"/><charset val="134"/></font>
        <font><b/><sz val="16"/><name val="宋体"/><charset val="134"/></font>
        <font><sz val="9"/><color rgb="FF666666"/><name val="宋体"/><charset val="134"/></font>
        <font><b/><sz val="10"/><name val="宋体"/><charset val="134"/></font>
        <font><b/><sz val="12"/><color rgb="FFC00000"/><name val="宋体"/><charset val="134"/></font>
        </fonts>
        <fills count="3">
        <fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
        <fill><patternFill patternType="solid"><fgColor rgb="FFEFEFEF"/></patternFill></fill>
        </fills>
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
        <border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border>
        </borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs>
        """;

    private static readonly (int Number, int Font, int Fill, int Border, string Horizontal)[] s_forms =
    [
        (0, 0, 0, 0, "general"), (0, 1, 0, 0, "center"), (0, 2, 0, 0, "center"), (0, 0, 0, 0, "left"),
        (0, 3, 2, 1, "center"), (49, 0, 0, 1, "left"), (1, 0, 0, 1, "center"), (2, 0, 0, 1, "right"),
        (49, 3, 0, 1, "left"), (2, 3, 0, 1, "right"), (0, 0, 0, 0, "left"), (0, 4, 0, 0, "right"),
    ];

    public static void Write(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
        xml.WriteRaw(Fonts);
        xml.WriteStartElement("cellXfs");
        foreach (var (number, font, fill, border, horizontal) in s_forms)
        {
            xml.WriteStartElement("xf");
            void Attribute(string name, int value) =>
                xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
            Attribute("numFmtId", number);
            Attribute("fontId", font);
            Attribute("fillId", fill);
            Attribute("borderId", border);
            Attribute("applyNumberFormat", 1);
            Attribute("applyFont", 1);
            Attribute("applyFill", 1);
            Attribute("applyBorder", 1);
            Attribute("applyAlignment", 1);
            xml.WriteStartElement("alignment");
            xml.WriteAttributeString("horizontal", horizontal);
            xml.WriteAttributeString("vertical", "center");
            xml.WriteAttributeString("wrapText", "1");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
