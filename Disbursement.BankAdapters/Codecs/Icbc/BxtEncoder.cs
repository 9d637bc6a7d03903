using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Icbc;

/// <summary>工商银行 upload file <c>.bxt</c>: '#' comments, one head row, one row per credit, '*' at the end. Amounts in
/// fen (the bank's answer is in yuan). Layout: specs/bank-icbc.md.</summary>
/// <remarks>报销号 carries our file reference, so that the file says by itself which one it is; 顺序号 is the position,
/// which the bank repeats in its answer. Option <c>lineEnd</c>: lf (default) or crlf.</remarks>
public sealed class BxtEncoder : IPaymentEncoder
{
    private static readonly string[] Comments = ["#ICBC", "#注意：本文件中的金额均以分为单位！", "#币种|日期|总计标志|总金额|总笔数|"];

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        // The separator has no escape, so no text may hold it.
        var file = new OutboundWriter(profile, plan, output) { Forbidden = c => c is '|' };
        var limits = profile.Limits;
        var end = profile.Outbound.Option("lineEnd", "lf") == "crlf" ? "\r\n"u8 : "\n"u8;
        var date = Ascii(plan.ExecutionDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var comment = new byte[128];
        foreach (var line in Comments)
        {
            file.Raw(comment.AsSpan(0, file.Charset.Encode(line, comment)));
            file.Raw(end);
        }
        file.Raw("RMB|"u8); file.Raw(date); file.Raw("|1|"u8);
        file.Number(plan.Total.Fen); file.Raw("|"u8); file.Number(plan.Lines); file.Raw("|"u8); file.Raw(end);
        foreach (var row in instructions)
        {
            file.Row(row);
            if (row.RowReference.TrimStart('0') != row.Row.ToString(CultureInfo.InvariantCulture))
                file.Error(row.Row, "行参考号", row.RowReference, "the bank answers by position: the reference must be it");
            file.Raw("RMB|"u8); file.Raw(date); file.Raw("|2|"u8); file.Number(row.Row); file.Raw("|"u8);
            Field("报销号", plan.Reference, limits.BatchReferenceWidth); file.Raw("1|"u8);
            Field("付款开户行", profile.NameZh, limits.NameWidth);
            Field("付款账号", plan.PayerAccount, limits.AccountWidth);
            Field("付款名称", plan.PayerName, limits.NameWidth);
            Field("收款开户行", row.BankName.Length > 0 ? row.BankName : profile.NameZh, limits.NameWidth);
            file.Raw("|||"u8); // 省份, 地市, 地区码: not known to us
            Field("收款账号", row.Account, limits.AccountWidth);
            Field("收款名称", row.Name, limits.NameWidth);
            file.Number(row.Amount.Fen); file.Raw("|"u8);
            Field("用途", plan.Purpose, limits.RemarkWidth);
            Field("备注", row.Remark, limits.RemarkWidth);
            file.Raw(end);

            void Field(string name, string value, int width)
            {
                file.Text(row.Row, name, value, width);
                file.Raw("|"u8);
            }
        }
        file.Raw("*"u8); file.Raw(end);
        return file.Finish();
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
