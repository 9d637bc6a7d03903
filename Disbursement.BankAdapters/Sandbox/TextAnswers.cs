using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Results in each bank's own text, as its samples show it; words on a whole file, late returns, and the
/// results of banks whose own form no source shows, by ISO 20022. Statements in the generic CSV.</summary>
internal sealed class TextAnswers(Partner partner) : IAnswerWriter
{
    private readonly IsoAnswers _iso = new(IsoEdition.Newer);

    public byte[] Status(AnswerHead head) => _iso.Status(head);

    public byte[] Returns(AnswerHead head, IReadOnlyList<AnswerRow> rows) => _iso.Returns(head, rows);

    public byte[] Statement(StatementCut cut, string at, IReadOnlyList<BookedEntry> entries) =>
        StatementCsv.Write(cut, entries);

    public byte[] Result(AnswerHead head, IReadOnlyList<AnswerRow> rows)
    {
        if (partner.Id == "sbs-n050") return SbsAnswer.Write(rows, head.WrongByFen);
        if (partner.Id == "icbc-payper") return PayperAnswer.Write(head, rows);
        if (partner.Id == "cmb-bb6bthhl") return Bb6bpdqyAnswer.Write(head, rows);
        if (partner.Id == "ccb-6w2102") return CcbAnswer.Write(head, rows);
        Func<AnswerRow, string>? line = partner.Id switch
        {
            "ccb-wage" => row => Ccb(head, row),
            "citic-text" => row => Citic(head, row),
            "bcm-wage" => row => Bcm(head, row),
            "cgb-wage" => row => Cgb(head, row),
            "psbc-wage" => row => Psbc(head, row),
            "unionpay-chinapay" => row => UnionPay(head, row),
            "gzb-delimited" => row => Generic(head, row, "|"),
            "gyb-delimited" => row => Generic(head, row, ","),
            "gzrc-fixed" => row => Gaps(head, row),
            _ => null,
        };
        if (line is null) return _iso.Result(head, rows);
        var text = new StringBuilder(Heading(head, rows));
        foreach (var row in rows) text.Append(line(row)).Append('\n');
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    private string Heading(AnswerHead head, IReadOnlyList<AnswerRow> rows) => partner.Id switch
    {
        "citic-text" => "文件类型:FTThirdGetcashQueryDetail\n标题:第三方支付-商户提现结果明细\n"
            + "批次号|收款账号|收款账户名称|商户提现号|交易金额|备注|摘要|状态|失败原因\n"
            + "-------------------------------------------------\n",
        "bcm-wage" => "序号\t户名\t工号\t卡号/折号\t金额(元)\t入账状态\t失败原因\t交易流水号\n",
        "cgb-wage" => $"#[BatchPayDetail]\n#查询时间：{head.At.Replace('T', ' ')}\n#批次号：{head.Batch}\n"
            + $"#银行的代理流水号：{head.Batch}\n#序号|收款账号|收款账号单位名称|金额|网上银行状态|用户备注|银行反馈信息|\n",
        "psbc-wage" => "批量转账查询结果\t\t\t\t\t\t\t\t\t\n"
            + "收款人账号\t  \t\t\t \t\t金额\t\t手续费\t汇划费\t用途\t\t附言\t\t\t交易时间\t\t处理结果\t\t失败原因\n",
        "unionpay-chinapay" => "交易日期|商户号|商户流水|上传日期|上传流水|上传批次|CP日期|退单日期|状态|用户卡号|用户名|开户行|"
            + "交易金额|手续费|支行名|支行号|省(自治区、直辖市)|市(地区、自治州)|交易目的|处理银行|批次文件名|批次内行号\n",
        "gzb-delimited" => Total(head, rows, "|"),
        "gyb-delimited" => Total(head, rows, ","),
        _ => "",
    };

    private static string Total(AnswerHead head, IReadOnlyList<AnswerRow> rows, string by)
    {
        var paid = rows.Where(r => r.Settled).ToList();
        return string.Join(by, "H", head.File.Reference, head.Batch, Text($"{rows.Count}"),
            Yuan(rows.Sum(r => r.Fen) + head.WrongByFen),
            Text($"{paid.Count}"), Yuan(paid.Sum(r => r.Fen))) + "\n";
    }

    // 序号, 账号, 户名, 金额, 摘要, 订单号, 结果, 原因: without a heading, as the first of the two samples.
    private static string Ccb(AnswerHead head, AnswerRow row) => Text(
        $"{Serial(row):0000000}|{row.Row.Account}|{row.Row.Name}|{Yuan(row.Fen)}||{Both(head, row)}|")
        + (row.Settled ? "成功||" : $"失败|{row.Reason.Text}|");

    private static string Citic(AnswerHead head, AnswerRow row) =>
        $"1|{row.Row.Account}|{row.Row.Name}|{Both(head, row)}|{Yuan(row.Fen)}|||"
        + (row.Settled ? "交易成功|" : $"交易失败|{row.Reason.Text}");

    private static string Bcm(AnswerHead head, AnswerRow row) => Text(
        $" {Serial(row):0000000} \t {row.Row.Name} \t {row.Row.Reference} \t {row.Row.Account} \t {Yuan(row.Fen)} \t ")
        + (row.Settled ? "入账成功 \t " : $"入账失败 \t {row.Reason.Text} ") + $"\t{head.Batch}{row.Row.Reference}";

    private static string Cgb(AnswerHead head, AnswerRow row) => Text(
        $"{Serial(row)}|{row.Row.Account}|{row.Row.Name}|{Yuan(row.Fen)}元|")
        + (row.Settled ? "0" : "1") + $"|{head.File.Reference}|{row.Reason.Text}|";

    private static string Psbc(AnswerHead head, AnswerRow row) => Text(
        $"{row.Row.Account}\t\t{row.Row.Name} \t{Yuan(row.Fen)}\t0\t\t0\t\t代发工资\t\t{Both(head, row)}")
        + Text($"\t{head.Date:yyyy-MM-dd}\t") + (row.Settled ? "交易成功\t" : $"交易失败\t{row.Reason.Text}");

    // Amounts in fen with decimals of nothing; a refused row has state 1 and no reason at all.
    private static string UnionPay(AnswerHead head, AnswerRow row) => Text(
        $"{head.Date:yyyyMMdd}|000000000000000|{head.Batch}{row.Row.Reference}|{head.Date:yyyyMMdd}|{head.Batch}|1|")
        + Text($"{head.Date:yyyyMMdd}||{(row.Settled ? 5 : 1)}|{row.Row.Account}|{row.Row.Name}|样例银行|{row.Fen}.00|0.00")
        + Text($"|||||{Both(head, row)}|样例银行|{head.File.Reference}.txt|{Serial(row)}");

    private static string Generic(AnswerHead head, AnswerRow row, string by) => string.Join(by, "D", row.Row.Reference,
        row.Row.Account, row.Row.Name, Yuan(row.Fen), row.Settled ? "0000" : row.Reason.Number, row.Reason.Text,
        head.Batch + row.Row.Reference, Text($"{head.Date:yyyyMMdd}"));

    private static string Gaps(AnswerHead head, AnswerRow row) => string.Join("|",
        Filled(head.File.Reference, 16), Text($"{Serial(row):0000000}"), Filled(row.Row.Account, 19), Filled("", 20),
        Filled(row.Row.Name, 42), Yuan(row.Fen).PadLeft(13, '0'), Yuan(row.Fen).PadLeft(13, '0'),
        Text($"{head.Date:yyyyMMdd}"), row.Settled ? "0" : "1", Filled(row.Settled ? "0000" : row.Reason.Number, 7),
        Filled(row.Reason.Text ?? "", 40)) + "|";

    /// <summary>Filled up with blanks to a width in bytes of the character set.</summary>
    internal static string Filled(string text, int width) =>
        text + new string(' ', Math.Max(0, width - BankText.Gb18030.GetByteCount(text)));

    private static string Both(AnswerHead head, AnswerRow row) => head.File.Reference + row.Row.Reference;

    private static int Serial(AnswerRow row) => int.Parse(row.Row.Reference, CultureInfo.InvariantCulture);

    private static string Yuan(long fen) => new Money(fen).ToYuan();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>SBS n052: the failed rows alone, with counts and sums of both kinds, in one packet.</summary>
internal static class SbsAnswer
{
    public static byte[] Write(IReadOnlyList<AnswerRow> rows, long wrongByFen)
    {
        var failed = rows.Where(r => !r.Settled).ToList();
        var text = new StringBuilder(new string(' ', 21)).Append("T541").Append(' ', 4);
        text.Append(Count(rows.Count - failed.Count)).Append(Count(failed.Count));
        text.Append(Amount(rows.Where(r => r.Settled).Sum(r => r.Fen) + wrongByFen));
        text.Append(Amount(failed.Sum(r => r.Fen)));
        text.Append('0').Append(Count(failed.Count)).Append(' ', 198);
        foreach (var row in failed)
            text.Append(TextAnswers.Filled(row.Row.Account, 32)).Append(TextAnswers.Filled(row.Row.Name, 60))
                .Append(TextAnswers.Filled(row.Reason.Text, 40)).Append(Amount(row.Fen));
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    private static string Count(int count) => count.ToString("000000", CultureInfo.InvariantCulture);

    private static string Amount(long fen) => "+" + new Money(fen).ToYuan().PadLeft(16, '0');
}
