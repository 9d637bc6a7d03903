using System.Globalization;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Which versions of the messages a bank writes, and how.</summary>
/// <param name="IsBare">Names and entry states stand bare, as before the editions of 2019 (no Pty, no Sts/Cd).</param>
/// <param name="Header">Version of the business application header before each message; empty for none.</param>
internal sealed record IsoEdition(string Report, string Notification, string Statement, bool IsBare, string Header)
{
    public static readonly IsoEdition Newer = new("pain.002.001.10", "camt.054.001.08", "camt.053.001.08", false, "");
    public static readonly IsoEdition Older =
        new("pain.002.001.03", "camt.054.001.04", "camt.053.001.04", true, "head.001.001.01");
}

/// <summary>ISO 20022 answers: pain.002 status and results, camt.054 late returns, camt.053 or MT940 statements.
/// </summary>
internal sealed class IsoAnswers(IsoEdition edition, bool swiftStatements = false) : IAnswerWriter
{
    public byte[] Status(AnswerHead head) => Report(head, xml =>
    {
        xml.WriteElementString("GrpSts", head.File.Accepted ? "ACCP" : "RJCT");
        if (!head.File.Accepted) WhyNot(xml, Reason.Of(head.File.Refusal));
    }, []);

    // No group status over rows: it would speak of the file again.
    public byte[] Result(AnswerHead head, IReadOnlyList<AnswerRow> rows) => Report(head, xml =>
    {
        // What the original file held, as this bank says only where it says it wrongly.
        if (head.WrongByFen == 0) return;
        xml.WriteElementString("OrgnlNbOfTxs", head.Whole.Rows.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("OrgnlCtrlSum", new Money(head.Whole.Fen + head.WrongByFen).ToYuan());
    }, rows);

    public byte[] Returns(AnswerHead head, IReadOnlyList<AnswerRow> rows) =>
        IsoXml.Document(edition, edition.Notification, head.Id, head.At, xml =>
    {
        xml.WriteStartElement("BkToCstmrDbtCdtNtfctn");
        IsoXml.GroupHeader(xml, head.Id, head.At);
        xml.WriteStartElement("Ntfctn");
        xml.WriteElementString("Id", head.Id);
        if (edition.IsBare) xml.WriteElementString("CreDtTm", head.At);
        IsoXml.Account(xml, "Acct", head.File.PayerAccount);
        foreach (var row in rows) Return(xml, head, row);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    public byte[] Statement(StatementCut cut, string at, IReadOnlyList<BookedEntry> entries) =>
        swiftStatements ? StatementMt940.Write(cut, entries) : StatementCamt.Write(edition, cut, at, entries);

    private byte[] Report(AnswerHead head, Action<XmlWriter> group, IReadOnlyList<AnswerRow> rows) =>
        IsoXml.Document(edition, edition.Report, head.Id, head.At, xml =>
        {
            xml.WriteStartElement("CstmrPmtStsRpt");
            IsoXml.GroupHeader(xml, head.Id, head.At);
            xml.WriteStartElement("OrgnlGrpInfAndSts");
            xml.WriteElementString("OrgnlMsgId", head.File.Reference);
            xml.WriteElementString("OrgnlMsgNmId", edition.IsBare ? "pain.001.001.03" : "pain.001.001.09");
            group(xml);
            xml.WriteEndElement();
            if (rows.Count > 0)
            {
                xml.WriteStartElement("OrgnlPmtInfAndSts");
                xml.WriteElementString("OrgnlPmtInfId", head.File.Reference);
                foreach (var row in rows) Line(xml, head, row);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    private void Line(XmlWriter xml, AnswerHead head, AnswerRow answer)
    {
        xml.WriteStartElement("TxInfAndSts");
        xml.WriteElementString("OrgnlInstrId", head.File.Reference + answer.Row.Reference);
        xml.WriteElementString("OrgnlEndToEndId", head.File.Reference + answer.Row.Reference);
        xml.WriteElementString("TxSts", answer.Settled ? "ACSC" : "RJCT");
        if (!answer.Settled) WhyNot(xml, answer.Reason);
        xml.WriteElementString("AcctSvcrRef", head.Batch + answer.Row.Reference);
        xml.WriteStartElement("OrgnlTxRef");
        xml.WriteStartElement("Amt");
        IsoXml.Amount(xml, "InstdAmt", answer.Fen);
        xml.WriteEndElement();
        xml.WriteElementString("IntrBkSttlmDt", IsoXml.Day(head.Date));
        IsoXml.Party(xml, edition, "Cdtr", answer.Row.Name);
        IsoXml.Account(xml, "CdtrAcct", answer.Row.Account);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WhyNot(XmlWriter xml, Reason reason)
    {
        xml.WriteStartElement("StsRsnInf");
        xml.WriteStartElement("Rsn");
        xml.WriteElementString("Cd", reason.Iso);
        xml.WriteEndElement();
        xml.WriteElementString("AddtlInf", reason.Text);
        xml.WriteEndElement();
    }

    private void Return(XmlWriter xml, AnswerHead head, AnswerRow answer)
    {
        var id = head.File.Reference + answer.Row.Reference;
        xml.WriteStartElement("Ntry");
        IsoXml.Amount(xml, "Amt", answer.Fen);
        xml.WriteElementString("CdtDbtInd", "CRDT");
        xml.WriteElementString("RvslInd", "true");
        IsoXml.Booked(xml, edition, head.Date, head.Batch + answer.Row.Reference, "REFUND");
        xml.WriteStartElement("NtryDtls");
        xml.WriteStartElement("TxDtls");
        xml.WriteStartElement("Refs");
        xml.WriteElementString("MsgId", head.File.Reference);
        xml.WriteElementString("PmtInfId", head.File.Reference);
        xml.WriteElementString("InstrId", id);
        xml.WriteElementString("EndToEndId", id);
        xml.WriteEndElement();
        IsoXml.Amount(xml, "Amt", answer.Fen);
        xml.WriteElementString("CdtDbtInd", "CRDT");
        xml.WriteStartElement("RltdPties");
        IsoXml.Party(xml, edition, "Cdtr", answer.Row.Name);
        IsoXml.Account(xml, "CdtrAcct", answer.Row.Account);
        xml.WriteEndElement();
        xml.WriteStartElement("RtrInf");
        xml.WriteStartElement("Rsn");
        xml.WriteElementString("Cd", answer.Reason.Iso);
        xml.WriteEndElement();
        xml.WriteElementString("AddtlInf", answer.Reason.Text);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
