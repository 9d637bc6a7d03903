using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>工商银行 [BatchPayDetail] texts, GB18030, amounts in yuan with 元; statements in the generic CSV.</summary>
/// <remarks>A word on the whole file is the same text with a line
/// 批次状态 and no rows: the real form of that is not public.</remarks>
internal sealed class IcbcAnswers : IAnswerWriter
{
    private const string Columns = "序号|币种|付款账号|付款单位名称|收款账号|收款单位名称|金额|用途|网上银行状态|银行反馈信息";

    public byte[] Status(AnswerHead head)
    {
        var text = Begin(head);
        text.Append("批次状态: ").Append(head.File.Accepted ? "银行已接收" : "批次被拒绝").Append('\n');
        if (!head.File.Accepted) text.Append("银行反馈信息: ").Append(Reason.Of(head.File.Refusal).Text).Append('\n');
        text.Append(Columns).Append('\n');
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    public byte[] Result(AnswerHead head, IReadOnlyList<AnswerRow> rows) => Detail(head, rows, "指令处理失败");

    public byte[] Returns(AnswerHead head, IReadOnlyList<AnswerRow> rows) => Detail(head, rows, "已退汇");

    public byte[] Statement(StatementCut cut, string at, IReadOnlyList<BookedEntry> entries) =>
        StatementCsv.Write(cut, entries);

    private static byte[] Detail(AnswerHead head, IReadOnlyList<AnswerRow> rows, string unpaid)
    {
        var text = Begin(head);
        text.Append(Columns).Append('\n');
        foreach (var (row, fen, settled, reason) in rows)
        {
            text.Append(Batch(head)).Append('-').Append(row.Reference).Append("|RMB|");
            text.Append(head.File.PayerAccount).Append('|');
            text.Append(head.File.PayerName).Append('|').Append(row.Account).Append('|').Append(row.Name).Append('|');
            text.Append(new Money(fen).ToYuan()).Append("元|").Append(head.File.Purpose).Append('|');
            text.Append(settled ? "处理成功|全部成功" : unpaid + "|" + reason.Text).Append('\n');
        }
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    private static StringBuilder Begin(AnswerHead head)
    {
        var time = head.At.Replace("-", "", StringComparison.Ordinal).Replace('T', ' ');
        return new StringBuilder("[BatchPayDetail]\n").Append(CultureInfo.InvariantCulture,
            $"查询时间: {time}\n批次号: {Batch(head)}\n");
    }

    private static string Batch(AnswerHead head) => "HEZ" + head.Batch[1..];
}
