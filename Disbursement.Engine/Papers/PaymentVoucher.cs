using Disbursement.Engine.Payroll;

namespace Disbursement.Engine.Papers;

/// <summary>The dedicated wage account (农民工工资专用账户) that a voucher names.</summary>
public sealed record VoucherAccount(string Name, string Number, string Bank);

/// <summary>
/// 代发工资凭证: what the general contractor gives the subcontractor for a payroll it paid on its behalf (Decree 724
/// art. 31(3)).
/// </summary>
public static class PaymentVoucher
{
    private static readonly PaperColumn[] s_columns =
    [
        new("序号", 5, CellForm.Whole), new("姓名", 12), new("身份证号码", 18), new("收款账户", 11),
        new("应付工资", 12, CellForm.Yuan), new("代发工资", 12, CellForm.Yuan), new("支付日期", 11), new("银行凭证", 34),
    ];

    /// <param name="lines">Every line of the payroll that is not voided, in its order.</param>
    public static Paper Of(
        ProjectHead head, PayrollRow payroll, VoucherAccount account, IReadOnlyList<WageLine> lines, TermOf term)
    {
        var sums = WageSums.Of(lines);
        var employer = lines[0].Claim;
        return new($"代发工资凭证-{head.Project.Code}-工资表{payroll.Payroll}",
            head.Mark($"工资表 {payroll.Payroll}  {CellText.Period(payroll.Period)}"),
        [
            new PaperSheet
            {
                Name = "代发工资凭证",
                Title = "代发工资凭证",
                Basis = "《保障农民工工资支付条例》第三十一条",
                Facts =
                [
                    new("分包单位", $"{employer.Employer} ({employer.EmployerCode})"), head.Contractor,
                    head.ProjectFact, new("工资表", $"第 {payroll.Payroll} 号，{term(payroll.Kind)}"),
                    new("支付周期", CellText.Period(payroll.Period)), new("专用账户", $"{account.Name} {account.Number}"),
                    new("代发银行", account.Bank), head.MadeOn,
                ],
                Tables =
                [
                    new PaperTable(s_columns, [.. lines.Select((line, i) => Row(line, i + 1, term))],
                    [
                        "", "合计", $"{sums.Lines} 笔", "", CellText.Yuan(sums.NetFen), CellText.Yuan(sums.PaidFen), "",
                        $"已付 {sums.PaidLines} 笔",
                    ]),
                ],
                Notes =
                [
                    $"你单位编制的上列工资支付表，已由我单位通过农民工工资专用账户将工资直接支付到农民工本人的银行账户，"
                        + $"代发 {CellText.Yuan(FileFen(lines))} 元。特此出具凭证。",
                    sums.Words + "。",
                    .. Outside(lines),
                    "金额单位：元。",
                ],
                Signers = ["经办人", "劳资专管员", "施工总承包单位 (盖章)", "分包单位签收"],
            },
        ]);
    }

    /// <summary>Paid from the account by file: what was paid outside is in the table, and not in this sum.</summary>
    private static long FileFen(IEnumerable<WageLine> lines) => lines
        .Where(l => l.IsPaid && l.State != Returns.ClaimState.PaidOutside).Sum(l => l.Claim.NetFen);

    private static IEnumerable<string> Outside(IEnumerable<WageLine> lines)
    {
        var outside = lines.Where(l => l.State == Returns.ClaimState.PaidOutside).ToList();
        if (outside.Count > 0)
            yield return $"已付中有 {outside.Count} 笔 {CellText.Yuan(outside.Sum(l => l.Claim.NetFen))} 元"
                + "不经专用账户，凭付款凭证由两人确认。";
    }

    private static string[] Row(WageLine line, int number, TermOf term) =>
    [
        $"{number}", line.Name, line.Identity, line.Account, CellText.Yuan(line.Claim.NetFen), line.Paid.ToYuan(),
        line.PaidOnWords, line.Voucher(term),
    ];
}
