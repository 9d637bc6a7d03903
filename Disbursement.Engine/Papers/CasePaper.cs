using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>A line of a case: whose wage, how much, and how it ended, if it has.</summary>
/// <param name="Line">The obligation's line.</param>
/// <param name="Left">Why it is no longer open, or null.</param>
/// <param name="Wage">The claim as papers print it; null of a line that no payroll assessed.</param>
/// <param name="Name">As <see cref="WageLine.Name"/>, also of lines without a claim; so the next.</param>
public sealed record CaseLine(
    ObligationLineRow Line, ObligationLineLeftRow? Left, WageLine? Wage, string Name, string Identity);

/// <summary>An obligation of the general contractor (先行清偿义务) with all that was decided about it.</summary>
/// <param name="Employer">The subcontractor's name and credit code.</param>
public sealed record WageCase(ObligationRow Obligation, string Employer, IReadOnlyList<CaseLine> Lines,
    IReadOnlyList<(PayOrderRow Order, PayOrderLineRow Line)> Orders, IReadOnlyList<WarningRow> Warnings);

/// <summary>
/// 欠薪案件情况: what an office looks at first, the obligation with its lines, the orders it stands under and the warnings
/// raised about it (Decree 724 arts. 30 and 50).
/// </summary>
public static class CasePaper
{
    private static readonly PaperColumn[] s_lines =
    [
        new("序号", 5, CellForm.Whole), new("姓名", 12), new("身份证号码", 19), new("支付周期", 12),
        new("欠付数额", 12, CellForm.Yuan), new("应付工资", 9), new("现状", 16), new("凭证", 36),
    ];

    private static readonly PaperColumn[] s_orders =
    [
        new("责令文书", 24), new("机关", 26), new("日期", 12), new("期限", 12), new("金额", 14, CellForm.Yuan),
        new("履行", 14),
    ];

    private static readonly PaperColumn[] s_warnings =
    [
        new("预警", 6, CellForm.Whole), new("规则", 8), new("对象", 16), new("级别", 8), new("层级", 8), new("状态", 10),
        new("发现时间", 18), new("笔数", 6, CellForm.Whole), new("数额", 14, CellForm.Yuan),
    ];

    public static Paper Of(ProjectHead head, WageCase wages, TermOf term) =>
        new($"欠薪案件情况-义务{wages.Obligation.Obligation}", head.Mark(Subject(wages)), [Sheet(head, wages, term)]);

    /// <summary>How pages of the case are headed.</summary>
    public static string Subject(WageCase wages) => $"义务 {wages.Obligation.Obligation}";

    private static PaperSheet Sheet(ProjectHead head, WageCase wages, TermOf term)
    {
        var (o, left) = (wages.Obligation, wages.Lines.Where(l => l.Left is not null).ToList());
        return new PaperSheet
        {
            Name = "案件情况",
            Title = "欠薪案件情况",
            Basis = "《保障农民工工资支付条例》第三十条、第五十条",
            Facts =
            [
                head.ProjectFact, new("用工单位", wages.Employer), head.Contractor, head.Owner,
                new("义务", $"第 {o.Obligation} 号，{term(o.Kind)}，第 {o.Episode} 次"), new("状态", term(o.State)),
                new("支付周期", CellText.Period(o.Period)), new("应付日", CellText.Day(o.DueDate)),
                new("催告日", CellText.Day(o.DemandedOn)), new("下一期限", CellText.Day(o.NextDeadline)), head.MadeOn,
            ],
            Tables = [Lines(wages, term), .. Orders(wages, head.Today), .. Warnings(wages, term)],
            Notes =
            [
                $"欠付合计 {CellText.Yuan(o.AmountFen)} 元 ({o.Lines} 笔) = 未了 {CellText.Yuan(o.OpenFen)} 元 "
                    + $"({o.LinesOpen} 笔) + 已了结 {CellText.Yuan(left.Sum(l => l.Line.AmountFen))} 元 ({left.Count} 笔)。",
                "金额单位：元。",
            ],
            Wide = true,
        };
    }

    private static PaperTable Lines(WageCase wages, TermOf term) => new(s_lines,
        [.. wages.Lines.Select(l => (string[])
        [
            $"{l.Line.Line}", l.Name, l.Identity,
            CellText.Period(l.Wage?.Claim.Period ?? wages.Obligation.Period), CellText.Yuan(l.Line.AmountFen),
            l.Line.Claim is { } claim ? $"{claim}" : "未核算", l.Left is { } ended ? $"已了结：{term(ended.Cause)}" : "未了",
            l.Left?.Document is { } document ? $"文件 {document[..12]}" : l.Wage?.Voucher(term) ?? "",
        ])],
        [
            "", "合计", $"{wages.Lines.Count} 笔", "", CellText.Yuan(wages.Lines.Sum(l => l.Line.AmountFen)), "",
            $"未了 {wages.Obligation.LinesOpen} 笔", "",
        ]);

    private static IEnumerable<PaperTable> Orders(WageCase wages, LocalDate today)
    {
        if (wages.Orders.Count == 0) yield break;
        yield return new PaperTable(s_orders, [.. wages.Orders.Select(o => (string[])
        [
            o.Order.Number, o.Order.Authority, CellText.Day(o.Order.IssuedOn), CellText.Day(o.Order.Deadline),
            CellText.Yuan(o.Line.AmountFen),
            OrderTie.Unperformed(o.Order, wages.Obligation, today) ? "逾期未履行"
                : wages.Obligation.LinesOpen == 0 ? "已履行" : "期限内",
        ])], Name: "责令文书");
    }

    private static IEnumerable<PaperTable> Warnings(WageCase wages, TermOf term)
    {
        if (wages.Warnings.Count == 0) yield break;
        yield return new PaperTable(s_warnings, [.. wages.Warnings.Select(w => (string[])
        [
            $"{w.Warning}", w.Rule, w.Subject, term(w.Level), term(w.Tier), term(w.State),
            Calendars.ChinaTime.LocalOf(w.RaisedAt).ToString("uuuu-MM-dd HH:mm", null), $"{w.Lines}",
            CellText.Yuan(w.AmountFen),
        ])], Name: "预警");
    }
}
