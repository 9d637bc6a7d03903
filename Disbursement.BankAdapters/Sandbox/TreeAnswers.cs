using System.Globalization;
using System.Text;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>工商银行 QPAYPER's answer: every row with its Result, 7 paid, 6 not; amounts in fen.</summary>
internal static class PayperAnswer
{
    public static byte[] Write(AnswerHead head, IReadOnlyList<AnswerRow> rows) => BankXml.Write("CMS", xml =>
    {
        xml.WriteStartElement("eb");
        xml.WriteStartElement("pub");
        xml.WriteElementString("TransCode", "QPAYPER");
        xml.WriteElementString("BankCode", "102");
        xml.WriteElementString("fSeqno", $"Q{head.Batch}");
        xml.WriteElementString("RetCode", "0");
        xml.WriteElementString("RetMsg", "");
        xml.WriteEndElement();
        xml.WriteStartElement("out");
        xml.WriteElementString("QryfSeqno", head.File.Reference);
        xml.WriteElementString("QrySerialNo", head.Batch);
        foreach (var (row, fen, settled, reason) in rows)
        {
            xml.WriteStartElement("rd");
            xml.WriteElementString("iSeqno", row.Reference);
            xml.WriteElementString("QryiSeqno", row.Reference);
            xml.WriteElementString("QryOrderNo", head.Batch + row.Reference);
            xml.WriteElementString("RecAccNo", row.Account);
            xml.WriteElementString("RecAccNameCN", row.Name);
            xml.WriteElementString("CurrType", "001");
            xml.WriteElementString("PayAmt", fen.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("Result", settled ? "7" : "6");
            xml.WriteElementString("instrRetCode", reason.Number ?? "");
            xml.WriteElementString("instrRetMsg", reason.Text ?? "");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    /// <summary>B0116: the bank knows no such file.</summary>
    public static byte[] Absent(string reference) => BankXml.Write("CMS", xml =>
    {
        xml.WriteStartElement("eb");
        xml.WriteStartElement("pub");
        xml.WriteElementString("TransCode", "QPAYPER");
        xml.WriteElementString("RetCode", "B0116");
        xml.WriteElementString("RetMsg", "没有符合条件的记录");
        xml.WriteEndElement();
        xml.WriteStartElement("out");
        xml.WriteElementString("QryfSeqno", reference);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });
}

/// <summary>建设银行 6W2104's answer: how many rows were paid and not, and those that were not; amounts in yuan.
/// </summary>
internal static class CcbAnswer
{
    public static byte[] Write(AnswerHead head, IReadOnlyList<AnswerRow> rows) => BankXml.Write("TX", xml =>
    {
        var (paid, failed) = (rows.Where(r => r.Settled).ToList(), rows.Where(r => !r.Settled).ToList());
        xml.WriteElementString("REQUEST_SN", head.Batch);
        xml.WriteElementString("TX_CODE", "6W2104");
        xml.WriteElementString("RETURN_CODE", "000000");
        xml.WriteElementString("RETURN_MSG", "");
        xml.WriteElementString("LANGUAGE", "CN");
        xml.WriteStartElement("TX_INFO");
        xml.WriteElementString("F_STATUS", "1");
        xml.WriteElementString("F_MSG", "");
        Figures(xml, "SUCCESS", paid, head.WrongByFen);
        Figures(xml, "FAIL", failed, 0);
        foreach (var (row, fen, _, reason) in failed)
        {
            xml.WriteStartElement("FAIL_LIST");
            xml.WriteElementString("OID", row.Reference.TrimStart('0'));
            xml.WriteElementString("RECV_ACCNO", row.Account);
            xml.WriteElementString("RECV_ACCNAME", row.Name);
            xml.WriteElementString("AMOUNT", new Money(fen).ToYuan());
            xml.WriteElementString("REMARK", reason.Text);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    });

    private static void Figures(XmlWriter xml, string of, List<AnswerRow> rows, long wrongByFen)
    {
        xml.WriteElementString($"{of}_AMOUNT", new Money(rows.Sum(r => r.Fen) + wrongByFen).ToYuan());
        xml.WriteElementString($"{of}_NUM", rows.Count.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>An XML document in GB18030.</summary>
internal static class BankXml
{
    public static byte[] Write(string root, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = BankText.Gb18030 }))
        {
            xml.WriteStartElement(root);
            content(xml);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }
}
