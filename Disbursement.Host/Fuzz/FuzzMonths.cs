using System.Globalization;
using System.Text;

namespace Disbursement.Host.Fuzz;

/// <summary>Made-up messages (样例) that neither the sandbox bank nor the bench writes: reports in the course of the day
/// and answers to a recall.</summary>
internal static class FuzzMonths
{
    private const string Xsd = "urn:iso:std:iso:20022:tech:xsd:", Moment = "2026-01-30T10:00:00";
    private const string Payer = "2402000000000000001", Reference = "SAMPLE0000000001";

    /// <summary>A camt.052 whose odd entries come back (RtrInf).</summary>
    public static void Camt052(int lines, Stream output)
    {
        using var text = Writer(output);
        text.Write($"<Document xmlns=\"{Xsd}camt.052.001.08\"><BkToCstmrAcctRpt><GrpHdr><MsgId>I1</MsgId>"
            + $"<CreDtTm>{Moment}</CreDtTm></GrpHdr><Rpt><Id>I1</Id><Acct><Id><Othr><Id>{Payer}</Id></Othr></Id></Acct>"
            + $"<TxsSummry><TtlNtries><NbOfNtries>{lines}</NbOfNtries></TtlNtries></TxsSummry>\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"<Ntry><Amt Ccy=\"CNY\">{Yuan(row)}</Amt><CdtDbtInd>"
                + $"{(row % 2 == 0 ? "DBIT" : "CRDT")}</CdtDbtInd>"
                + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-30</Dt></BookgDt><NtryDtls><TxDtls><Refs>"
                + $"<EndToEndId>{Reference}{row:00000000}</EndToEndId></Refs><Amt Ccy=\"CNY\">{Yuan(row)}</Amt>"
                + (row % 2 == 0 ? "" : "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")
                + "</TxDtls></NtryDtls></Ntry>\n");
        text.Write("</Rpt></BkToCstmrAcctRpt></Document>\n");
    }

    /// <summary>A camt.029 that cancels line by line.</summary>
    public static void Camt029(int lines, Stream output)
    {
        using var text = Writer(output);
        text.Write($"<Document xmlns=\"{Xsd}camt.029.001.09\"><RsltnOfInvstgtn><Assgnmt><Id>A1</Id></Assgnmt>"
            + "<RslvdCase>"
            + $"<Id>{Reference}</Id></RslvdCase><Sts><Conf>CNCL</Conf></Sts><CxlDtls><OrgnlGrpInfAndSts><OrgnlMsgId>"
            + $"{Reference}</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
            + $"<OrgnlPmtInfId>{Reference}</OrgnlPmtInfId>\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"<TxInfAndSts><OrgnlEndToEndId>{Reference}{row:00000000}</OrgnlEndToEndId>"
                + "<TxCxlSts>ACCR</TxCxlSts>"
                + $"<OrgnlTxRef><Amt><InstdAmt Ccy=\"CNY\">{Yuan(row)}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>\n");
        text.Write("</OrgnlPmtInfAndSts></CxlDtls></RsltnOfInvstgtn></Document>\n");
    }

    public static void Mt942(int lines, Stream output)
    {
        using var text = Writer(output);
        text.Write($":20:I1\r\n:25:{Payer}\r\n:28C:1/1\r\n:34F:CNY0,\r\n:13D:2601301000+0800\r\n");
        for (var row = 1; row <= lines; row++)
            text.Write($":61:2601300130D{Yuan(row).Replace('.', ',')}NMSC{Reference}"
                + $"//B{row:00000000}\r\n:86:wages\r\n");
        var sum = Enumerable.Range(1, lines).Sum(row => 500_000L + row);
        text.Write($":90D:{lines}CNY{new Engine.Primitives.Money(sum).ToYuan().Replace('.', ',')}\r\n-\r\n");
    }

    private static string Yuan(int row) =>
        string.Create(CultureInfo.InvariantCulture, $"50{row / 100:00}.{row % 100:00}");

    private static StreamWriter Writer(Stream output) => new(output, new UTF8Encoding(false), 1 << 12, leaveOpen: true);
}
