using System.Globalization;
using System.Xml;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The bank's answers to recalls, camt.029, each under the name of its request.</summary>
internal static class RecallAnswers
{
    public static Answer Of(Partner partner, RecallTaken recall)
    {
        var name = Path.GetFileNameWithoutExtension(recall.Name);
        var edition = partner.Form is BankForm.OlderIso20022 ? IsoEdition.Older : IsoEdition.Newer;
        return new($"{name}.{partner.AnswerExtension}", () => Write(edition, name, recall));
    }

    private static byte[] Write(IsoEdition edition, string id, RecallTaken recall)
    {
        var message = edition.IsBare ? "camt.029.001.06" : "camt.029.001.09";
        return IsoXml.Document(edition, message, id, recall.At, xml =>
        {
            xml.WriteStartElement("RsltnOfInvstgtn");
            xml.WriteStartElement("Assgnmt");
            xml.WriteElementString("Id", id);
            Named(xml, "Assgnr", "样例银行");
            Named(xml, "Assgne", "样例客户");
            xml.WriteElementString("CreDtTm", recall.At);
            xml.WriteEndElement();
            xml.WriteStartElement("RslvdCase");
            xml.WriteElementString("Id", recall.Reference);
            Named(xml, "Cretr", "样例客户");
            xml.WriteEndElement();
            xml.WriteStartElement("Sts");
            xml.WriteElementString("Conf", recall.Cancelled == recall.Rows.Count && recall.Rows.Count > 0 ? "CNCL"
                : recall.Cancelled > 0 ? "PECR" : "RJCR");
            xml.WriteEndElement();
            xml.WriteStartElement("CxlDtls");
            var isOneWord = recall.Cancelled == recall.Rows.Count || recall.Cancelled == 0;
            if (recall.IsWhole && isOneWord) Whole(xml, edition, recall);
            else Lines(xml, edition, recall);
            xml.WriteEndElement();
            xml.WriteEndElement();
        });
    }

    private static void Whole(XmlWriter xml, IsoEdition edition, RecallTaken recall)
    {
        xml.WriteStartElement("OrgnlGrpInfAndSts");
        Original(xml, edition, recall);
        xml.WriteElementString("GrpCxlSts", recall.Cancelled > 0 ? "ACCR" : "RJCR");
        if (recall.Cancelled == 0) WhyNot(xml, edition, recall.Rows.Count > 0 ? recall.Rows[0].Refused : "NOOR");
        xml.WriteEndElement();
    }

    private static void Lines(XmlWriter xml, IsoEdition edition, RecallTaken recall)
    {
        xml.WriteStartElement("OrgnlPmtInfAndSts");
        xml.WriteElementString("OrgnlPmtInfId", recall.File);
        xml.WriteStartElement("OrgnlGrpInf");
        Original(xml, edition, recall);
        xml.WriteEndElement();
        var number = 0;
        foreach (var row in recall.Rows)
        {
            xml.WriteStartElement("TxInfAndSts");
            xml.WriteElementString("CxlStsId", (++number).ToString("0000", CultureInfo.InvariantCulture));
            xml.WriteElementString("OrgnlInstrId", recall.File + row.Reference);
            xml.WriteElementString("OrgnlEndToEndId", recall.File + row.Reference);
            xml.WriteElementString("TxCxlSts", row.Refused.Length == 0 ? "ACCR" : "RJCR");
            if (row.Refused.Length > 0) WhyNot(xml, edition, row.Refused);
            IsoXml.Amount(xml, "OrgnlInstdAmt", row.Fen);
            xml.WriteStartElement("OrgnlTxRef");
            IsoXml.Account(xml, "CdtrAcct", row.Account);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Original(XmlWriter xml, IsoEdition edition, RecallTaken recall)
    {
        xml.WriteElementString("OrgnlMsgId", recall.File);
        xml.WriteElementString("OrgnlMsgNmId", edition.IsBare ? "pain.001.001.03" : "pain.001.001.09");
    }

    /// <summary>The older list of codes is closed, without PTNA.</summary>
    private static void WhyNot(XmlWriter xml, IsoEdition edition, string code)
    {
        xml.WriteStartElement("CxlStsRsnInf");
        xml.WriteStartElement("Rsn");
        xml.WriteElementString(edition.IsBare && code == "PTNA" ? "Prtry" : "Cd", code);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Named(XmlWriter xml, string element, string name)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("Pty");
        xml.WriteElementString("Nm", name);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
