using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Arrears;

/// <summary>Refusals about obligations, recoveries and warnings, in order of precedence.</summary>
public static class ArrearsRules
{
    public static readonly RefusalRule PackMissing = new("arrears.rule-pack-missing", Severity.Refusal,
        "账本没有采用预警规则包 {0}", "The ledger has adopted no warning rule pack {0}",
        "由两人各执行一次 init --as 人员 --key 私钥文件, 或用 ledger adopt 采用规则包",
        "Two people each run init with --as PERSON --key FILE, or adopt a pack with ledger adopt");
    public static readonly RefusalRule PackUnreadable = new("arrears.rule-pack-unreadable", Severity.Refusal,
        "预警规则包无法读取: {0}", "The warning rule pack cannot be read: {0}",
        "更正规则包后由两人采用", "Correct it, and let two people adopt it");
    public static readonly RefusalRule CalendarMissing = new("arrears.calendar-missing", Severity.Refusal,
        "账本没有采用工作日历", "The ledger has adopted no legal calendar",
        "由两人各执行一次 init --as 人员 --key 私钥文件, 或用 ledger adopt 采用日历",
        "Two people each run init with --as PERSON --key FILE, or adopt a calendar with ledger adopt");
    public static readonly RefusalRule EvidenceMissing = new("arrears.evidence-missing", Severity.Refusal,
        "须附付款证据", "Evidence of the payment is needed",
        "用 --evidence 给出凭证文件", "Hand over the document with --evidence FILE");
    public static readonly RefusalRule NothingOwed = new("arrears.nothing-owed", Severity.Refusal,
        "应付工资 {0} 已经是 {1}", "Wage claim {0} is {1} already",
        "用 claim show 查看其付款记录", "See its payments with claim show");
    public static readonly RefusalRule InRelease = new("arrears.claim-in-release", Severity.Refusal,
        "应付工资 {0} 已列入代发批次 {1}", "Wage claim {0} is carried by release {1}, which has not gone out",
        "先取消该批次, 再以证据清偿", "Cancel that release first, then discharge by evidence");

    public static IReadOnlyList<RefusalRule> All =>
        [PackMissing, PackUnreadable, CalendarMissing, EvidenceMissing, NothingOwed, InRelease];
}
