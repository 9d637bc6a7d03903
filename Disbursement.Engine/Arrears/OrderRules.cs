using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Arrears;

/// <summary>What an order to pay (责令限期支付) is held to, in order of precedence.</summary>
public static class OrderRules
{
    public static readonly RefusalRule BadEmployer = new("order.bad-employer", Severity.Refusal,
        "统一社会信用代码校验不通过", "the credit code fails its check character",
        "对照营业执照改正", "correct it from the business licence");
    public static readonly RefusalRule NothingOrdered = new("order.nothing-ordered", Severity.Refusal,
        "责令支付的金额为零", "the order is for no money",
        "填写文书所载金额", "write the amount the document states");
    public static readonly RefusalRule DeadlineBeforeDate = new("order.deadline-before-date", Severity.Refusal,
        "期限早于文书日期", "the deadline is before the order's date",
        "对照文书改正日期", "correct the dates from the document");
    public static readonly RefusalRule HeadsDiffer = new("order.heads-differ", Severity.Refusal,
        "文书 {0} 的机关、日期或期限与第 {1} 行不同", "authority, date or deadline of order {0} differ from row {1}",
        "同一文书各行写相同的机关、日期和期限", "write the same authority, dates and deadline on every row of an order");
    public static readonly RefusalRule DuplicateLine = new("order.duplicate-line", Severity.Refusal,
        "与第 {0} 行重复", "the same as row {0}",
        "删去重复的行", "remove one of the two");
    public static readonly RefusalRule BadPayroll = new("order.bad-payroll", Severity.Refusal,
        "不是工资表编号", "this is no payroll number",
        "用 payroll list 查看编号; 不指明工资表的留空", "see payroll list; leave it empty where none is meant");
    public static readonly RefusalRule EmployerUnknown = new("order.employer-unknown", Severity.Refusal,
        "未登记的用工单位 {0}", "No employer {0} is registered",
        "先导入用工名册", "Import its roster first");
    public static readonly RefusalRule OtherPayroll = new("order.other-payroll", Severity.Refusal,
        "工资表 {0} 不属于该项目和用工单位", "Payroll {0} is not of this project and employer",
        "对照文书改正", "Correct it from the document");
    public static readonly RefusalRule OtherContent = new("order.other-content", Severity.Refusal,
        "文书 {0} 已登记, 内容不同: {1}", "Order {0} stands already with other content: {1}",
        "变更须有新的文书编号", "A change is an order of its own, with a number of its own");
    public static readonly RefusalRule NoObligation = new("order.no-obligation", Severity.Finding,
        "该行目前没有对应的未清偿义务", "no open obligation answers to this line now",
        "核对项目和用工单位; 应付日过后产生的义务会自动归入", "check project and employer; an obligation that arises later is tied to it");

    public static IReadOnlyList<RefusalRule> All =>
    [
        BadEmployer, NothingOrdered, DeadlineBeforeDate, HeadsDiffer, DuplicateLine, BadPayroll, EmployerUnknown,
        OtherPayroll, OtherContent, NoObligation,
    ];
}
