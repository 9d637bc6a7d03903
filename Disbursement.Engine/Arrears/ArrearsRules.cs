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
    public static readonly RefusalRule PackValue = new("arrears.rule-pack-value", Severity.Refusal,
        "规则包此处不可用: 应为{0}", "This will not do in a rule pack: give {0}",
        "更正这一行后由两人采用", "Correct that line, and let two people adopt the pack");
    public static readonly RefusalRule PackLacks = new("arrears.rule-pack-lacks", Severity.Refusal,
        "规则包缺少 {0}", "The rule pack lacks {0}",
        "补上并注明出处, 没有出处的写 unsourced", "Add it with its source, or say unsourced where there is none");
    public static readonly RefusalRule PackElsewhere = new("arrears.rule-pack-elsewhere", Severity.Refusal,
        "规则包 {0} 适用于 {1}, 账本属于 {2}", "Rule pack {0} is for {1}, and the ledger is of {2}",
        "采用本地或上级地区的规则包; 试算用 warning replay",
        "Adopt one of the ledger's place or of one it lies in; to try a pack of elsewhere use warning replay");
    public static readonly RefusalRule PackOver = new("arrears.rule-pack-over", Severity.Refusal,
        "规则包 {0} 的有效期止于 {1}", "Rule pack {0} was valid to {1}",
        "取得新的规则包; 对过去试算用 warning replay", "Get the pack that follows it; to try it on the past use warning replay");
    public static readonly RefusalRule ReplayDiffers = new("arrears.replay-differs", Severity.Refusal,
        "{0} 的预警 {1}: 按日志重演为 {2}, 账本中为 {3}",
        "Warning {1} on {0}: the log replayed comes to {2}, and the ledger has {3}",
        "运行 audit rebuild 查明: 表与日志不符, 或程序版本不同",
        "Run audit rebuild: the tables are not what the log makes, or another version of the program raised it");
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
    [
        PackMissing, PackUnreadable, PackValue, PackLacks, PackElsewhere, PackOver, ReplayDiffers, CalendarMissing,
        EvidenceMissing, NothingOwed, InRelease,
    ];
}
