namespace Disbursement.Engine.Papers;

/// <summary>
/// 工资支付台账: the wage ledger of a project, with the columns of Decree 724 art. 15(2) and no other but a number. Every
/// claim that stands is a row, paid or not.
/// </summary>
public static class WageLedger
{
    public const string Earned = "应发工资项目及数额";
    public const string Deducted = "代扣、代缴、扣除项目和数额";

    /// <summary>In the words of art. 15(2). Item and amount stand side by side, so that the amounts can be added.
    /// </summary>
    public static IReadOnlyList<PaperColumn> Columns { get; } =
    [
        new("序号", 4, CellForm.Whole),
        new("用人单位名称", 14),
        new("支付周期", 12),
        new("支付日期", 10),
        new("姓名", 9, Group: "支付对象"),
        new("身份证号码", 18, Group: "支付对象"),
        new("联系方式", 11, Group: "支付对象"),
        new("工作时间", 13),
        new("项目", 19, Group: Earned),
        new("数额", 9, CellForm.Yuan, Earned),
        new("项目", 13, Group: Deducted),
        new("数额", 8, CellForm.Yuan, Deducted),
        new("实发工资数额", 12, CellForm.Yuan),
        new("银行代发工资凭证或者农民工签字", 28),
    ];

    /// <param name="lines">Claims whose period ends in the months, in the order they are printed in.</param>
    /// <param name="voided">How many claims of the months were voided, and their sum in fen: they are not rows.</param>
    public static Paper Of(ProjectHead head, Months months, IReadOnlyList<WageLine> lines,
        (long Lines, long Fen) voided, TermOf term) =>
        new($"工资支付台账-{head.Project.Code}-{months.FileWords}", head.Mark(months.Words),
            [Sheet(head, "工资支付台账", months.Words, lines, voided, term)]);

    /// <summary>The table alone, for the months or for a case.</summary>
    public static PaperSheet Sheet(ProjectHead head, string name, string period, IReadOnlyList<WageLine> lines,
        (long Lines, long Fen) voided, TermOf term)
    {
        var sums = WageSums.Of(lines);
        return new PaperSheet
        {
            Name = name,
            Title = "农民工工资支付台账",
            Basis = "《保障农民工工资支付条例》第十五条",
            Facts = [head.ProjectFact, head.Contractor, head.Owner, new("工资月份", period), head.MadeOn],
            Tables = [new PaperTable(Columns, [.. lines.Select((line, i) => Row(line, i + 1, term))], Total(sums))],
            Notes = Notes(sums, voided),
            Signers = ["编制人", "劳资专管员", "施工总承包单位 (盖章)"],
            Wide = true,
        };
    }

    private static string[] Row(WageLine line, int number, TermOf term) =>
    [
        $"{number}", line.Claim.Employer, CellText.Period(line.Claim.Period), line.PaidOnWords, line.Name,
        line.Identity, line.Phone, CellText.Worked(line.Claim.Days, line.Claim.Hours), WageItem.Words(line.Earned),
        CellText.Yuan(line.Claim.GrossFen), WageItem.Words(line.Deducted), CellText.Yuan(line.Claim.DeductionsFen),
        line.Paid.ToYuan(), line.Voucher(term),
    ];

    private static string[] Total(WageSums sums) =>
    [
        "", "合计", $"{sums.Lines} 笔", "", "", "", "", "", "", CellText.Yuan(sums.GrossFen), "",
        CellText.Yuan(sums.DeductionsFen), CellText.Yuan(sums.PaidFen), $"已付 {sums.PaidLines} 笔",
    ];

    private static List<string> Notes(WageSums sums, (long Lines, long Fen) voided)
    {
        List<string> notes =
        [
            "金额单位：元。实发工资数额是已支付到农民工本人的数额，未付和在途的为 0.00。",
            sums.Words + "。",
        ];
        if (voided.Lines > 0)
            notes.Add($"另有作废的应付工资 {voided.Lines} 笔 {CellText.Yuan(voided.Fen)} 元，不列入。");
        return notes;
    }
}
