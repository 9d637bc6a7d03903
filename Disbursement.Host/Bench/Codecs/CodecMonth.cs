using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Host.Bench.Codecs;

/// <summary>
/// Made-up wages for the bench of codecs (样例): a plan with its lines, and the messages a bank would answer with, each
/// written line by line so that memory does not grow with their number.
/// </summary>
internal static class CodecMonth
{
    private const string Reference = "SAMPLE0000000001", Payer = "2402000000000000001", Company = "样例建设有限公司";
    private const string Moment = "2026-01-30T10:00:00", Xsd = "urn:iso:std:iso:20022:tech:xsd:";
    private static readonly string[] Names = ["样例甲", "样例乙丙", "样例丁", "样例戊己"];

    static CodecMonth() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static PaymentPlan Plan(BankProfile profile, int lines) => new(
        Reference[..Math.Min(Reference.Length, profile.Limits.BatchReferenceWidth)], Payer, Company,
        $"{profile.BankCode}701000017", "SAMPLE", new LocalDate(2026, 1, 30), new LocalDateTime(2026, 1, 29, 9, 0),
        lines, new Money(Total(lines)), "代发工资");

    public static IEnumerable<CreditInstruction> Rows(BankProfile profile, int lines)
    {
        for (var row = 1; row <= lines; row++)
            yield return new(row, Row(row)[^Math.Min(8, profile.Limits.RowReferenceWidth)..], Account(row), Name(row),
                "", "", new Money(Fen(row)), "");
    }

    /// <summary>Sum of the first lines in fen.</summary>
    public static long Total(int lines)
    {
        var sum = 0L;
        for (var row = 1; row <= lines; row++) sum += Fen(row);
        return sum;
    }

    public static void Camt053(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.UTF8);
        text.Write($"<Document xmlns=\"{Xsd}camt.053.001.08\"><BkToCstmrStmt>\n"
            + $"<GrpHdr><MsgId>S1</MsgId><CreDtTm>{Moment}</CreDtTm></GrpHdr>\n"
            + $"<Stmt><Id>S1</Id><CreDtTm>{Moment}</CreDtTm><FrToDt><FrDtTm>2026-01-30T00:00:00</FrDtTm>"
            + $"<ToDtTm>2026-01-30T23:59:59</ToDtTm></FrToDt>{Holder("Acct", Payer)}\n");
        Balance(text, "OPBD", Total(lines));
        Balance(text, "CLBD", 0);
        for (var row = 1; row <= lines; row++)
            text.Write($"<Ntry>{Amount("Amt", row)}<CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                + "<BookgDt><Dt>2026-01-30</Dt></BookgDt><ValDt><Dt>2026-01-30</Dt></ValDt>"
                + $"<AcctSvcrRef>B{Row(row)}</AcctSvcrRef><BkTxCd><Prtry><Cd>WAGE</Cd></Prtry></BkTxCd>"
                + $"<NtryDtls><TxDtls><Refs><EndToEndId>{Reference}{Row(row)}</EndToEndId></Refs>"
                + $"{Amount("Amt", row)}<CdtDbtInd>DBIT</CdtDbtInd><RltdPties>"
                + $"<Cdtr><Pty><Nm>{Name(row)}</Nm></Pty></Cdtr>"
                + $"{Holder("CdtrAcct", Account(row))}</RltdPties><RmtInf><Ustrd>代发工资</Ustrd></RmtInf>"
                + "</TxDtls></NtryDtls></Ntry>\n");
        text.Write("</Stmt></BkToCstmrStmt></Document>\n");
    }

    public static void Pain002(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.UTF8);
        text.Write($"<Document xmlns=\"{Xsd}pain.002.001.10\"><CstmrPmtStsRpt>\n"
            + $"<GrpHdr><MsgId>R1</MsgId><CreDtTm>{Moment}</CreDtTm></GrpHdr>\n<OrgnlGrpInfAndSts>"
            + $"<OrgnlMsgId>{Reference}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>\n"
            + $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{Reference}</OrgnlPmtInfId>\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"<TxInfAndSts><OrgnlInstrId>{Reference}{Row(row)}</OrgnlInstrId>"
                + $"<OrgnlEndToEndId>{Reference}{Row(row)}</OrgnlEndToEndId><TxSts>ACSC</TxSts>"
                + $"<AcctSvcrRef>B{Row(row)}</AcctSvcrRef><OrgnlTxRef><Amt>{Amount("InstdAmt", row)}</Amt>"
                + $"<IntrBkSttlmDt>2026-01-30</IntrBkSttlmDt><Cdtr><Pty><Nm>{Name(row)}</Nm></Pty></Cdtr>"
                + $"{Holder("CdtrAcct", Account(row))}</OrgnlTxRef></TxInfAndSts>\n");
        text.Write("</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>\n");
    }

    public static void Mt940(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.GetEncoding("GB18030"));
        text.Write($":20:S1\r\n:25:{Payer}\r\n:28C:1/1\r\n:60F:C260130CNY{Comma(Total(lines))}\r\n");
        for (var row = 1; row <= lines; row++)
            text.Write($":61:2601300130D{Comma(Fen(row))}NMSC{Reference}//B{Row(row)}\r\n"
                + $":86:?20代发工资?31{Account(row)}?32{Name(row)}\r\n");
        text.Write(":62F:C260130CNY0,00\r\n-\r\n");
    }

    public static void StatementCsv(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.GetEncoding("GB18030"));
        text.Write("账号,对账单号,起始日期,截止日期,期初余额,期末余额\n");
        text.Write($"{Payer},S1,2026-01-30,2026-01-30,{new Money(Total(lines)).ToYuan()},0.00\n");
        text.Write("序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"{row},2026-01-30,-{Yuan(row)},{Name(row)},{Account(row)},{Reference},代发工资,WAGE,B{Row(row)}\n");
    }

    /// <summary>工商银行 [BatchPayDetail].</summary>
    public static void BatchPayDetail(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.GetEncoding("GB18030"));
        text.Write("[BatchPayDetail]\n查询时间: 20260130 10:00:00\n批次号: HEZ000000001\n"
            + "序号|币种|付款账号|付款单位名称|收款账号|收款单位名称|金额|用途|网上银行状态|银行反馈信息\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"HEZ000000001-{Row(row)}|RMB|{Payer}|{Company}|{Account(row)}|{Name(row)}|{Yuan(row)}元|代发工资|"
                + "处理成功|全部成功\n");
    }

    /// <summary>The generic delimited result.</summary>
    public static void Delimited(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.GetEncoding("GB18030"));
        var total = new Money(Total(lines)).ToYuan();
        text.Write($"H|{Reference}|0000000001|{lines}|{total}|{lines}|{total}\n");
        for (var row = 1; row <= lines; row++)
            text.Write($"D|{Row(row)}|{Account(row)}|{Name(row)}|{Yuan(row)}|0000||B{Row(row)}|20260130\n");
    }

    /// <summary>The generic fixed-width result, widths in bytes.</summary>
    public static void FixedWidth(int lines, Stream output)
    {
        using var text = Writer(output, Encoding.GetEncoding("GB18030"));
        var blank = new string(' ', 60);
        for (var row = 1; row <= lines; row++)
        {
            var (name, amount) = (Name(row), Yuan(row).PadLeft(13, '0'));
            text.Write($"{Reference}|{Row(row)[1..]}|{Account(row)}|{blank[..20]}|{name}");
            text.Write($"{blank[..(42 - 2 * name.Length)]}|{amount}|{amount}|20260130|0|0000   |{blank[..40]}|\n");
        }
    }

    private static void Balance(TextWriter text, string code, long fen) =>
        text.Write($"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            + $"<Amt Ccy=\"CNY\">{new Money(fen).ToYuan()}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
            + "<Dt><Dt>2026-01-30</Dt></Dt></Bal>\n");

    private static string Amount(string element, int row) => $"<{element} Ccy=\"CNY\">{Yuan(row)}</{element}>";

    private static string Holder(string element, string account) =>
        $"<{element}><Id><Othr><Id>{account}</Id></Othr></Id></{element}>";

    private static StreamWriter Writer(Stream output, Encoding encoding) =>
        new(output, encoding == Encoding.UTF8 ? new UTF8Encoding(false) : encoding, 1 << 16, leaveOpen: true);

    private static long Fen(int row) => 500_000 + row % 1000;
    private static string Yuan(int row) => new Money(Fen(row)).ToYuan();
    private static string Comma(long fen) => new Money(fen).ToYuan().Replace('.', ',');
    private static string Row(int row) => row.ToString("00000000", CultureInfo.InvariantCulture);
    private static string Name(int row) => Names[row % Names.Length];

    // Not a valid card: the codecs do not ask, and a check digit would cost more than what is measured.
    private static string Account(int row) => string.Create(CultureInfo.InvariantCulture, $"62220200000{row:00000000}");
}
