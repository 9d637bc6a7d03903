using System.Globalization;
using System.Text;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>招商银行 CMBSDKPGK answers in GB18030, amounts in yuan: batch
/// status, rows and refunds; statements in the generic CSV.</summary>
internal sealed class CmbAnswers : IAnswerWriter
{
    public byte[] Status(AnswerHead head) => Document("NTAGCSAL", xml =>
    {
        var reason = Reason.Of(head.File.Refusal);
        Batch(xml, head, [], head.File.Accepted ? "BNK" : "FIN", head.File.Accepted ? "" : "F", reason);
    });

    public byte[] Result(AnswerHead head, IReadOnlyList<AnswerRow> rows) => Document("NTAGDINF", xml =>
    {
        Batch(xml, head, rows, "FIN", "S", default);
        foreach (var (row, fen, settled, reason) in rows)
        {
            xml.WriteStartElement("NTAGCDTLY1");
            xml.WriteElementString("TRXSEQ", row.Reference);
            xml.WriteElementString("ACCNBR", row.Account);
            xml.WriteElementString("ACCNAM", row.Name);
            xml.WriteElementString("TRSAMT", new Money(fen).ToYuan());
            xml.WriteElementString("STSCOD", settled ? "S" : "E");
            xml.WriteElementString("ERRCOD", reason.Number ?? "");
            xml.WriteElementString("ERRDSP", reason.Text ?? "");
            xml.WriteEndElement();
        }
    });

    public byte[] Returns(AnswerHead head, IReadOnlyList<AnswerRow> rows) => Document("NTAGDRFD", xml =>
    {
        foreach (var (row, fen, _, reason) in rows)
        {
            xml.WriteStartElement("NTAGDRFDZ1");
            xml.WriteElementString("REQNBR", head.Batch);
            xml.WriteElementString("YURREF", head.File.Reference);
            xml.WriteElementString("BTHDTL", row.Reference);
            xml.WriteElementString("EACNBR", row.Account);
            xml.WriteElementString("EACNAM", row.Name);
            xml.WriteElementString("TRSAMT", new Money(fen).ToYuan());
            xml.WriteElementString("TRSDAT", head.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            xml.WriteElementString("STSCOD", "B");
            xml.WriteElementString("ERRCOD", reason.Number);
            xml.WriteElementString("RTNTXT", reason.Text);
            xml.WriteEndElement();
        }
    });

    public byte[] Statement(StatementCut cut, string at, IReadOnlyList<BookedEntry> entries) =>
        StatementCsv.Write(cut, entries);

    /// <summary>NTAGCINQZ. TRSNUM and TOTAMT count the rows of this
    /// message, SUCNUM and SUCAMT those settled among them.</summary>
    private static void Batch(XmlWriter xml, AnswerHead head, IReadOnlyList<AnswerRow> rows, string state,
        string flag, Reason reason)
    {
        xml.WriteStartElement("NTAGCINQZ");
        xml.WriteElementString("REQNBR", head.Batch);
        xml.WriteElementString("REQSTA", state);
        xml.WriteElementString("RTNFLG", flag);
        if (rows.Count > 0)
        {
            xml.WriteElementString("TRSNUM", rows.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("TOTAMT", new Money(rows.Sum(r => r.Fen) + head.WrongByFen).ToYuan());
            xml.WriteElementString("SUCNUM", rows.Count(r => r.Settled).ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("SUCAMT", new Money(rows.Where(r => r.Settled).Sum(r => r.Fen)).ToYuan());
        }
        xml.WriteElementString("YURREF", head.File.Reference);
        xml.WriteElementString("ERRCOD", reason.Number ?? "");
        xml.WriteElementString("ERRDSP", reason.Text ?? "");
        xml.WriteEndElement();
    }

    private static byte[] Document(string function, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = BankText.Gb18030,
            Indent = true,
            IndentChars = " ",
            NewLineChars = "\n"
        };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("CMBSDKPGK");
            xml.WriteStartElement("INFO");
            xml.WriteElementString("FUNNAM", function);
            xml.WriteElementString("DATTYP", "2");
            xml.WriteElementString("RETCOD", "0");
            xml.WriteElementString("ERRMSG", "");
            xml.WriteEndElement();
            content(xml);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }
}
