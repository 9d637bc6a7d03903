using System.Globalization;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The pieces ISO 20022 messages share.</summary>
internal static class IsoXml
{
    private const string Schemas = "urn:iso:std:iso:20022:tech:xsd:";

    public static byte[] Document(IsoEdition edition, string message, string id, string at, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = BankText.Utf8,
            Indent = true,
            IndentChars = " ",
            NewLineChars = "\n"
        };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            if (edition.Header.Length > 0)
            {
                xml.WriteStartElement("BizMsg");
                Header(xml, edition.Header, message, id, at);
            }
            xml.WriteStartElement("Document", Schemas + message);
            content(xml);
            xml.WriteEndDocument();
        }
        return bytes.ToArray();
    }

    private static void Header(XmlWriter xml, string header, string message, string id, string at)
    {
        xml.WriteStartElement("AppHdr", Schemas + header);
        foreach (var (side, name) in new[] { ("Fr", "样例银行"), ("To", "样例客户") })
        {
            xml.WriteStartElement(side);
            xml.WriteStartElement("OrgId");
            xml.WriteElementString("Nm", name);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteElementString("BizMsgIdr", id);
        xml.WriteElementString("MsgDefIdr", message);
        // Times of the header are universal; the bank's are of Asia/Shanghai, eight hours ahead.
        var local = DateTime.ParseExact(at, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        xml.WriteElementString("CreDt",
            local.AddHours(-8).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    public static void GroupHeader(XmlWriter xml, string id, string at)
    {
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", id);
        xml.WriteElementString("CreDtTm", at);
        xml.WriteEndElement();
    }

    /// <summary>Nothing where there is no account number: the schema has no empty one.</summary>
    public static void Account(XmlWriter xml, string element, string number)
    {
        if (number.Length == 0) return;
        xml.WriteStartElement(element);
        xml.WriteStartElement("Id");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", number);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void Party(XmlWriter xml, IsoEdition edition, string element, string name)
    {
        if (name.Length == 0) return;
        xml.WriteStartElement(element);
        if (!edition.IsBare) xml.WriteStartElement("Pty");
        xml.WriteElementString("Nm", name);
        if (!edition.IsBare) xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The absolute amount: its sign stands in CdtDbtInd.</summary>
    public static void Amount(XmlWriter xml, string element, long fen)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("Ccy", "CNY");
        xml.WriteString(new Money(Math.Abs(fen)).ToYuan());
        xml.WriteEndElement();
    }

    public static string Side(long fen) => fen < 0 ? "DBIT" : "CRDT";

    /// <summary>State, days, the bank's reference and its own transaction code of an entry.</summary>
    public static void Booked(XmlWriter xml, IsoEdition edition, DateOnly date, string reference, string kind)
    {
        xml.WriteStartElement("Sts");
        if (edition.IsBare) xml.WriteString("BOOK");
        else xml.WriteElementString("Cd", "BOOK");
        xml.WriteEndElement();
        Date(xml, "BookgDt", date);
        Date(xml, "ValDt", date);
        xml.WriteElementString("AcctSvcrRef", reference);
        xml.WriteStartElement("BkTxCd");
        xml.WriteStartElement("Prtry");
        xml.WriteElementString("Cd", kind);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void Date(XmlWriter xml, string element, DateOnly date)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("Dt", Day(date));
        xml.WriteEndElement();
    }

    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
