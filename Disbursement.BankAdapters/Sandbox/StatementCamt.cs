using System.Xml;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A camt.053 statement: opening and closing booked balance, and one Ntry per movement.</summary>
internal static class StatementCamt
{
    public static byte[] Write(IsoEdition edition, StatementCut cut, string at, IReadOnlyList<BookedEntry> entries) =>
        IsoXml.Document(edition, edition.Statement, cut.Name, at, xml => Statement(xml, edition, cut, at, entries));

    private static void Statement(XmlWriter xml, IsoEdition edition, StatementCut cut, string at,
        IReadOnlyList<BookedEntry> entries)
    {
        xml.WriteStartElement("BkToCstmrStmt");
        IsoXml.GroupHeader(xml, cut.Name, at);
        xml.WriteStartElement("Stmt");
        xml.WriteElementString("Id", cut.Id);
        xml.WriteElementString("CreDtTm", at);
        xml.WriteStartElement("FrToDt");
        xml.WriteElementString("FrDtTm", IsoXml.Day(cut.From) + "T00:00:00");
        xml.WriteElementString("ToDtTm", IsoXml.Day(cut.To) + "T23:59:59");
        xml.WriteEndElement();
        IsoXml.Account(xml, "Acct", cut.Account);
        Balance(xml, "OPBD", cut.OpeningFen, cut.From);
        Balance(xml, "CLBD", cut.ClosingFen, cut.To);
        foreach (var entry in entries) Entry(xml, edition, entry);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Balance(XmlWriter xml, string code, long fen, DateOnly date)
    {
        xml.WriteStartElement("Bal");
        xml.WriteStartElement("Tp");
        xml.WriteStartElement("CdOrPrtry");
        xml.WriteElementString("Cd", code);
        xml.WriteEndElement();
        xml.WriteEndElement();
        IsoXml.Amount(xml, "Amt", fen);
        xml.WriteElementString("CdtDbtInd", IsoXml.Side(fen));
        IsoXml.Date(xml, "Dt", date);
        xml.WriteEndElement();
    }

    private static void Entry(XmlWriter xml, IsoEdition edition, BookedEntry entry)
    {
        xml.WriteStartElement("Ntry");
        IsoXml.Amount(xml, "Amt", entry.Fen);
        xml.WriteElementString("CdtDbtInd", IsoXml.Side(entry.Fen));
        IsoXml.Booked(xml, edition, entry.Date, entry.Serial, entry.Kind);
        xml.WriteStartElement("NtryDtls");
        xml.WriteStartElement("TxDtls");
        if (entry.Reference.Length > 0)
        {
            xml.WriteStartElement("Refs");
            xml.WriteElementString("PmtInfId", entry.Reference);
            xml.WriteEndElement();
        }
        IsoXml.Amount(xml, "Amt", entry.Fen);
        xml.WriteElementString("CdtDbtInd", IsoXml.Side(entry.Fen));
        Parties(xml, edition, entry);
        if (entry.Purpose.Length > 0)
        {
            xml.WriteStartElement("RmtInf");
            xml.WriteElementString("Ustrd", entry.Purpose);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The other side: who paid what came in, who got what went out.</summary>
    private static void Parties(XmlWriter xml, IsoEdition edition, BookedEntry entry)
    {
        if (entry.Party.Length == 0 && entry.PartyAccount.Length == 0) return;
        var side = entry.Fen < 0 ? "Cdtr" : "Dbtr";
        xml.WriteStartElement("RltdPties");
        IsoXml.Party(xml, edition, side, entry.Party);
        IsoXml.Account(xml, side + "Acct", entry.PartyAccount);
        xml.WriteEndElement();
    }
}
