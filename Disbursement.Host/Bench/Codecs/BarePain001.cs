using System.Text;
using System.Xml;
using Disbursement.Engine.Files;
using NodaTime.Text;

namespace Disbursement.Host.Bench.Codecs;

/// <summary>What XML costs with no codec at all: one pass of a bare reader, and a bare writer that checks nothing and
/// makes the very bytes of our pain.001.001.09.</summary>
internal static class BarePain001
{
    public static void Pass(string path)
    {
        using var file = File.OpenRead(path);
        using var xml = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (xml.Read()) { }
    }

    public static void Write(PaymentPlan plan, IEnumerable<CreditInstruction> rows, string path)
    {
        using var file = File.Create(path);
        using var xml = XmlWriter.Create(file, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            CheckCharacters = false,
            NewLineHandling = NewLineHandling.None,
        });
        xml.WriteStartDocument();
        xml.WriteWhitespace("\n");
        xml.WriteStartElement("Document", "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
        xml.WriteStartElement("CstmrCdtTrfInitn");
        Header(xml, plan);
        Payment(xml, plan);
        foreach (var row in rows) Transaction(xml, plan, row);
        xml.WriteWhitespace("\n");
        xml.WriteEndDocument();
    }

    private static void Header(XmlWriter xml, PaymentPlan plan)
    {
        xml.WriteWhitespace("\n");
        xml.WriteStartElement("GrpHdr");
        Leaf(xml, "MsgId", plan.Reference);
        Leaf(xml, "CreDtTm", LocalDateTimePattern.ExtendedIso.Format(plan.CreatedAt) + "+08:00");
        Sums(xml, plan);
        xml.WriteStartElement("InitgPty");
        Leaf(xml, "Nm", plan.PayerName);
        Nested(xml, plan.CustomerId, "Id", "OrgId", "Othr", "Id");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Payment(XmlWriter xml, PaymentPlan plan)
    {
        xml.WriteWhitespace("\n");
        xml.WriteStartElement("PmtInf");
        Leaf(xml, "PmtInfId", plan.Reference);
        Leaf(xml, "PmtMtd", "TRF");
        Leaf(xml, "BtchBookg", "true");
        Sums(xml, plan);
        Nested(xml, "SALA", "PmtTpInf", "CtgyPurp", "Cd");
        Nested(xml, LocalDatePattern.Iso.Format(plan.ExecutionDate), "ReqdExctnDt", "Dt");
        Nested(xml, plan.PayerName, "Dbtr", "Nm");
        Nested(xml, plan.PayerAccount, "DbtrAcct", "Id", "Othr", "Id");
        xml.WriteStartElement("DbtrAgt");
        xml.WriteStartElement("FinInstnId");
        xml.WriteStartElement("ClrSysMmbId");
        Nested(xml, "CNAPS", "ClrSysId", "Cd");
        Leaf(xml, "MmbId", plan.PayerBankCode);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Transaction(XmlWriter xml, PaymentPlan plan, in CreditInstruction row)
    {
        var reference = plan.Reference + row.RowReference;
        xml.WriteWhitespace("\n");
        xml.WriteStartElement("CdtTrfTxInf");
        xml.WriteStartElement("PmtId");
        Leaf(xml, "InstrId", reference);
        Leaf(xml, "EndToEndId", reference);
        xml.WriteEndElement();
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", "CNY");
        xml.WriteString(row.Amount.ToYuan());
        xml.WriteEndElement();
        xml.WriteEndElement();
        Nested(xml, row.Name, "Cdtr", "Nm");
        Nested(xml, row.Account, "CdtrAcct", "Id", "Othr", "Id");
        Nested(xml, plan.Purpose, "RmtInf", "Ustrd");
        xml.WriteEndElement();
    }

    private static void Sums(XmlWriter xml, PaymentPlan plan)
    {
        Leaf(xml, "NbOfTxs", plan.Lines.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Leaf(xml, "CtrlSum", plan.Total.ToYuan());
    }

    private static void Nested(XmlWriter xml, string value, params ReadOnlySpan<string> path)
    {
        foreach (var element in path[..^1]) xml.WriteStartElement(element);
        Leaf(xml, path[^1], value);
        foreach (var _ in path[..^1]) xml.WriteEndElement();
    }

    private static void Leaf(XmlWriter xml, string element, string value)
    {
        xml.WriteStartElement(element);
        xml.WriteString(value);
        xml.WriteEndElement();
    }
}
