using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>What payroll sheets (农民工工资支付表) are held to, in order of precedence.</summary>
public static class PayrollRules
{
    public static readonly RefusalRule BadEmployer = new("payroll.bad-employer", Severity.Refusal,
        "用工单位统一社会信用代码校验不通过", "the employer's credit code fails its check digit",
        "对照营业执照改正", "correct it from the business licence");

    public static readonly RefusalRule BadPeriod = new("payroll.bad-period", Severity.Refusal,
        "工资所属期起始日晚于截止日", "the period begins after it ends",
        "核对所属期", "check the period");

    public static readonly RefusalRule MissingFact = new("payroll.missing-fact", Severity.Refusal,
        "未说明{0}", "the {0} is not stated",
        "导入时写明项目编码和表号", "state the project and the sheet's number when importing");

    public static readonly RefusalRule FuturePeriod = new("sheet.future-period", Severity.Refusal,
        "所属期至 {0} 尚未结束，今天是 {1}", "the period lasts until {0} and today is {1}",
        "期满后再编制；离场结清用 FinalSettlement", "compile it after its end; a leaver's is a final settlement");

    public static readonly RefusalRule DuplicateWorker = new("sheet.duplicate-worker", Severity.Refusal,
        "同一工人重复，首次出现在第 {0} 行", "the worker stands twice, first in row {0}",
        "合并为一行；补发另行编制补发表", "join the rows; a supplement is a sheet of its own");

    public static readonly RefusalRule Unregistered = new("payroll.unregistered", Severity.Refusal,
        "该身份证号未实名登记", "no worker is registered under this identity number",
        "先用 import roster 登记（国令第724号第二十八条），再导入本表；在此之前整张表不收，其工资不入账",
        "import the roster first (Decree 724 art. 28), then this sheet again; until then none of it is taken");

    public static readonly RefusalRule OtherProject = new("payroll.other-project", Severity.Refusal,
        "该工人登记在项目 {0}，不在本项目", "the worker is registered with project {0}, not this one",
        "专用账户只付本项目工人（国令第724号第二十六条）；核对名册", "the wage account pays its own project's workers only (Decree 724 art. 26)");

    public static readonly RefusalRule OtherEmployer = new("payroll.other-employer", Severity.Refusal,
        "该工人登记在用工单位 {0}", "the worker is registered with employer {0}",
        "由其用工单位编制工资表，或更正名册", "its own employer compiles the payroll, or the roster is corrected");

    public static readonly RefusalRule NameDiffers = new("payroll.name-differs", Severity.Refusal,
        "姓名与登记的“{0}”不一致", "the name differs from the registered \"{0}\"",
        "核对身份证号是否填错了人", "see whether the identity number is another person's");

    public static readonly RefusalRule DeductionForm = new("payroll.deduction-form", Severity.Refusal,
        "扣款“{0}”无法识别", "the deduction \"{0}\" cannot be read",
        "写成 代码:金额，多项用分号隔开，例如 个税:12.50;社保:300",
        "write code:amount, several with semicolons, e.g. TAX:12.50;INSURANCE:300");

    public static readonly RefusalRule UnlawfulDeduction = new("payroll.unlawful-deduction", Severity.Refusal,
        "扣款“{0}”没有法定依据", "no law allows the deduction \"{0}\"",
        "只可扣个税、个人社保、法院抚养费赡养费、损失赔偿、借支（工资支付暂行规定第十五、十六条）",
        "only TAX, INSURANCE, MAINTENANCE, DAMAGE and ADVANCE (wage payment provisions arts. 15, 16)");

    public static readonly RefusalRule DamageOverFifth = new("payroll.damage-over-fifth", Severity.Refusal,
        "损失赔偿 {0} 超过当月工资 {1} 的 20%", "damage of {0} is more than 20 % of the wage of {1}",
        "每月不超过 20%，其余以后扣（工资支付暂行规定第十六条）", "at most 20 % a month, the rest later (wage payment provisions art. 16)");

    public static readonly RefusalRule DamageBelowMinimum = new("payroll.damage-below-minimum", Severity.Refusal,
        "扣损失赔偿 {0} 后低于最低工资 {2}（应发 {1}）", "after damage of {0} the wage of {1} is below the minimum of {2}",
        "剩余部分不得低于当地最低工资（工资支付暂行规定第十六条）",
        "what is left must reach the local minimum wage (wage payment provisions art. 16)");

    public static readonly RefusalRule NetMismatch = new("payroll.net-mismatch", Severity.Refusal,
        "实发应为应发 {0} 减扣款 {1}，即 {2}", "net should be gross {0} less deductions {1}, that is {2}",
        "更正应发、扣款或实发", "correct gross, deductions or net");

    public static readonly RefusalRule NetNotPositive = new("payroll.net-not-positive", Severity.Refusal,
        "实发工资必须大于零", "net pay must be more than zero",
        "不发工资的工人不列入；欠薪不得以零元发放", "leave out who is paid nothing");

    public static readonly RefusalRule TotalsDisagree = new("sheet.totals-disagree", Severity.Refusal,
        "合计行的{0}为 {1}，各行相加为 {2}", "the total row declares {0} of {1}, the rows add up to {2}",
        "检查文件是否残缺、合计是否更新", "see whether the file is whole and the total is current");

    public static readonly RefusalRule RowAfterTotal = new("sheet.row-after-total", Severity.Refusal,
        "合计行之后还有数据", "a row follows the total row",
        "合计行放在最后，一份表只有一个合计", "the total row stands last, and once");

    public static readonly RefusalRule DiffersWithoutReason = new("payroll.differs-without-reason", Severity.Refusal,
        "应发 {0} 与考勤推算的 {1} 不一致且未说明原因", "gross {0} is not the {1} that attendance derives, and no reason is stated",
        "更正金额，或在“差异原因”列写明原因", "correct it, or state why under difference reason");

    public static readonly RefusalRule Differs = new("payroll.differs", Severity.Finding,
        "应发 {0} 与考勤推算的 {1} 不一致，原因：{2}", "gross {0} is not the {1} that attendance derives; reason: {2}",
        "监管部门可见；备好依据", "the regulator sees it; keep the evidence ready");

    public static readonly RefusalRule SupplementWithoutReason = new("payroll.supplement-without-reason",
        Severity.Refusal, "补发 {0} 未说明原因", "the supplement of {0} states no reason",
        "在“差异原因”列写明为何补发", "state why under difference reason");

    public static readonly RefusalRule Supplement = new("payroll.supplement", Severity.Finding,
        "补发 {0}：工资表 {2} 已列 {1}，考勤推算 {3}；原因：{4}",
        "supplement of {0}: payroll {2} lists {1} already, attendance derives {3}; reason: {4}",
        "监管部门可见；备好依据", "the regulator sees it; keep the evidence ready");

    public static readonly RefusalRule SupplementBeyond = new("payroll.supplement-beyond", Severity.Finding,
        "补发 {0} 将超过考勤推算的 {3}：工资表 {2} 已列 {1}；原因：{4}",
        "the supplement of {0} goes beyond the {3} that attendance derives: payroll {2} lists {1} already; reason: {4}",
        "批准前核实是否重复支付；监管部门可见",
        "make sure that it is not paid twice before it is approved; the regulator sees it");

    public static readonly RefusalRule NoAttendance = new("payroll.no-attendance", Severity.Finding,
        "所属期内没有考勤记录", "there is no attendance in the period",
        "补录考勤，或说明原因", "enter the attendance, or state why");

    public static readonly RefusalRule MissingFromSheet = new("payroll.missing-from-sheet", Severity.Finding,
        "工人 {0} 有考勤、推算应发 {1}，但不在工资表上", "worker {0} attended and earned {1} but is not on the sheet",
        "补入工资表；到期未发即为欠薪", "add the worker; unpaid at the due date it is arrears");

    public static readonly RefusalRule Overlap = new("payroll.overlap", Severity.Finding,
        "所属期与工资表 {0}（{1} 至 {2}）重叠", "the period overlaps payroll {0} ({1} to {2})",
        "核对是否重复计发", "see whether days are paid twice");

    public static readonly RefusalRule OutsideRegistration = new("payroll.outside-registration", Severity.Finding,
        "所属期在该工人进离场日期之外", "the period lies outside the worker's days on site",
        "核对名册的进场、离场日期", "check the joining and leaving days of the roster");

    public static readonly RefusalRule NoConfirmation = new("payroll.no-confirmation", Severity.Finding,
        "工人本人未确认（{0}）", "the worker has not confirmed ({0})",
        "补签确认（国令第724号第三十一条）；不影响按时发放", "have it confirmed (Decree 724 art. 31); payment does not wait for it");

    public static readonly RefusalRule DaysBeyondPeriod = new("payroll.days-beyond-period", Severity.Finding,
        "出勤 {0} 天，所属期只有 {1} 天", "{0} days attended in a period of {1}",
        "核对天数与所属期；不影响按时发放", "check the days and the period; payment does not wait for it");

    public static readonly RefusalRule HoursBeyondDays = new("payroll.hours-beyond-days", Severity.Finding,
        "工时 {0} 小时超过 {1} 天的 {2} 小时", "{0} hours are more than the {2} that {1} days have",
        "核对工时与天数是否填错列；不影响按时发放",
        "see whether hours and days stand in each other's column; payment does not wait for it");

    public static readonly RefusalRule ConfirmedAhead = new("payroll.confirmed-ahead", Severity.Finding,
        "本人确认日期晚于今天（{0}），不作为确认", "the confirmation is dated after today, {0}, and counts as none",
        "由工人确认后填写实际日期（国令第724号第三十一条）；不影响按时发放",
        "let the worker confirm, and write that day (Decree 724 art. 31); payment does not wait for it");

    public static readonly RefusalRule ConfirmedBefore = new("payroll.confirmed-before", Severity.Finding,
        "本人确认日期早于所属期首日 {0}，不作为确认",
        "the confirmation is dated before the period begins, {0}, and counts as none",
        "核对是否为上期的确认；补签后填写实际日期（国令第724号第三十一条）；不影响按时发放",
        "see whether it is an earlier period's; have this one confirmed (Decree 724 art. 31); payment does not wait");

    public static readonly RefusalRule DuplicateNumber = new("sheet.duplicate-number", Severity.Finding,
        "序号重复，首次出现在第 {0} 行", "the number stands twice, first in row {0}",
        "重新编号，并核对是否有行重复或遗漏", "number the rows anew, and see whether one is doubled or missing");

    public static readonly RefusalRule NoTotal = new("sheet.no-total", Severity.Warning,
        "没有合计行，无法核对文件是否完整", "there is no total row, so a torn file would not show",
        "在末行写 合计、人数、应发合计、实发合计", "end with a total row: count, gross and net");

    public static IReadOnlyList<RefusalRule> All =>
    [
        MissingFact, BadEmployer, BadPeriod, FuturePeriod, RowAfterTotal, TotalsDisagree, DuplicateWorker, Unregistered,
        OtherProject, OtherEmployer, NameDiffers, DeductionForm, UnlawfulDeduction, NetMismatch, NetNotPositive,
        DamageOverFifth, DamageBelowMinimum, DiffersWithoutReason, Differs,
        SupplementWithoutReason, Supplement, SupplementBeyond, NoAttendance, MissingFromSheet, Overlap,
        OutsideRegistration, DaysBeyondPeriod, HoursBeyondDays, ConfirmedAhead, ConfirmedBefore, NoConfirmation,
        DuplicateNumber, NoTotal,
    ];

    /// <summary>Findings of a line that its worker has not confirmed.</summary>
    public static IReadOnlyList<RefusalRule> Unconfirmed => [NoConfirmation, ConfirmedAhead, ConfirmedBefore];
}
