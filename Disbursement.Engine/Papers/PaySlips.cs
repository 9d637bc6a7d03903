using Disbursement.Engine.Payroll;

namespace Disbursement.Engine.Papers;

/// <summary>
/// 工资清单: what a worker was paid and how it comes to that, one for each wage and payment (Decree 724 art. 15(3)).
/// </summary>
public static class PaySlips
{
    private static readonly PaperColumn[] s_items =
    [
        new("序号", 6, CellForm.Whole), new("类别", 12), new("项目", 44), new("数额", 16, CellForm.Yuan),
    ];

    private static readonly PaperColumn[] s_list =
    [
        new("序号", 4, CellForm.Whole), new("用人单位名称", 20), new("支付周期", 11), new("姓名", 10),
        new("身份证号码", 18), new("联系方式", 11), new("工作时间", 12), new("应发工资项目", 26),
        new("应发数额", 11, CellForm.Yuan), new("扣除项目", 20), new("扣除数额", 10, CellForm.Yuan),
        new("实发数额", 11, CellForm.Yuan), new("支付日期", 10), new("收款账户", 10), new("支付凭证", 24),
    ];

    /// <summary>A page for each slip.</summary>
    /// <param name="paid">Lines that are paid, in the order of the pages.</param>
    public static Paper Pages(ProjectHead head, Months months, IReadOnlyList<WageLine> paid, TermOf term) =>
        new(Name(head, months, paid), head.Mark(months.Words),
            [.. paid.Select((line, i) => Slip(head, line, i + 1, term))]);

    /// <summary>The same slips as rows of one table.</summary>
    public static Paper List(ProjectHead head, Months months, IReadOnlyList<WageLine> paid, TermOf term)
    {
        var sums = WageSums.Of(paid);
        return new(Name(head, months, paid), head.Mark(months.Words),
        [
            new PaperSheet
            {
                Name = "工资清单",
                Title = "农民工工资清单",
                Basis = "《保障农民工工资支付条例》第十五条",
                Facts = [head.ProjectFact, head.Contractor, new("工资月份", months.Words), head.MadeOn],
                Tables =
                [
                    new PaperTable(s_list, [.. paid.Select((line, i) => Row(line, i + 1, term))],
                    [
                        "", "合计", $"{sums.Lines} 笔", "", "", "", "", "", CellText.Yuan(sums.GrossFen), "",
                        CellText.Yuan(sums.DeductionsFen), CellText.Yuan(sums.PaidFen), "", "", "",
                    ]),
                ],
                Wide = true,
            },
        ]);
    }

    private static string Name(ProjectHead head, Months months, IReadOnlyList<WageLine> paid)
    {
        var workers = paid.Select(l => l.Claim.Worker).Distinct().ToList();
        return $"工资清单-{head.Project.Code}-{months.FileWords}" + (workers is [var one] ? $"-工人{one}" : "");
    }

    private static string[] Row(WageLine line, int number, TermOf term) =>
    [
        $"{number}", line.Claim.Employer, CellText.Period(line.Claim.Period), line.Name, line.Identity, line.Phone,
        CellText.Worked(line.Claim.Days, line.Claim.Hours), WageItem.Words(line.Earned),
        CellText.Yuan(line.Claim.GrossFen), WageItem.Words(line.Deducted), CellText.Yuan(line.Claim.DeductionsFen),
        line.Paid.ToYuan(), line.PaidOnWords, line.Account, line.Voucher(term),
    ];

    private static PaperSheet Slip(ProjectHead head, WageLine line, int number, TermOf term)
    {
        var claim = line.Claim;
        return new PaperSheet
        {
            Name = $"{number}",
            Title = "农民工工资清单",
            Basis = "《保障农民工工资支付条例》第十五条",
            Facts =
            [
                new("姓名", line.Name), new("身份证号码", line.Identity), new("联系方式", line.Phone),
                new("用人单位", claim.Employer), head.ProjectFact, head.Contractor,
                new("支付周期", CellText.Period(claim.Period)), new("工作时间", CellText.Worked(claim.Days, claim.Hours)),
                new("约定支付日", CellText.Day(claim.DueDate)), new("本人确认", Confirmed(line)),
            ],
            Tables = [new PaperTable(s_items, Items(line), ["", "实发工资", "", line.Paid.ToYuan()])],
            Notes =
            [
                $"支付日期：{line.PaidOnWords}",
                $"收款账户：{(line.Account.Length > 0 ? $"{line.Payee!.BankName} {line.Account}" : "—")}",
                $"支付凭证：{line.Voucher(term)}",
                $"编号：应付工资 {claim.Claim}，工资表 {claim.Payroll} 第 {claim.PayrollLine} 行。对数额有异议的，可凭本清单"
                    + "向施工总承包单位劳资专管员或者人力资源社会保障行政部门提出。金额单位：元。",
            ],
            Signers = ["农民工签收", "劳资专管员"],
        };
    }

    private static List<IReadOnlyList<string>> Items(WageLine line)
    {
        var rows = new List<IReadOnlyList<string>>();
        void Add(string kind, IReadOnlyList<WageItem> items)
        {
            foreach (var item in items) rows.Add([$"{rows.Count + 1}", kind, item.Name, item.Amount.ToYuan()]);
        }
        Add("应发", line.Earned);
        rows.Add(["", "应发合计", "", CellText.Yuan(line.Claim.GrossFen)]);
        Add("代扣、扣除", line.Deducted);
        rows.Add(["", "扣除合计", "", CellText.Yuan(line.Claim.DeductionsFen)]);
        return rows;
    }

    private static string Confirmed(WageLine line) => line.Items.Confirmed(line.Claim.PayrollLine) switch
    {
        { On: { } day } => $"{CellText.Day(day)} 签字确认",
        { Gap: ConfirmationGap.Absent } => "未确认 (不在场)",
        { Gap: ConfirmationGap.Left } => "未确认 (已离场)",
        { Gap: ConfirmationGap.Declined } => "未确认 (有异议)",
        _ => "未确认",
    };
}
