using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Accounts;

/// <summary>What a sheet of agreed funding dates (约定拨付日) is held to, in order of precedence.</summary>
public static class FundingRules
{
    public static readonly RefusalRule DuplicateDay = new("funding.duplicate-day", Severity.Refusal,
        "与第 {0} 行为同一项目同一拨付日", "the same project and day as row {0}",
        "删去重复的行", "remove one of the two");
    public static readonly RefusalRule CycleOverMonth = new("funding.cycle-over-month", Severity.Finding,
        "距上一拨付日 {0} 超过 1 个月（国令第724号第二十四条）",
        "more than a month after the funding date before it, {0} (Decree 724 art. 24)",
        "人工费用拨付周期不得超过 1 个月; 对照合同核对", "labour cost is paid at least once a month; check it against the contract");
    public static readonly RefusalRule PastChanged = new("funding.past-changed", Severity.Finding,
        "该拨付日已过, 约定金额由 {0} 改为 {1}", "this day has passed, and what was agreed for it changes from {0} to {1}",
        "按合同变更文件核对; 两个版本都留存", "check it against the amended contract; both versions are kept");

    public static IReadOnlyList<RefusalRule> All => [DuplicateDay, CycleOverMonth, PastChanged];
}
