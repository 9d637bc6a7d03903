using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Accounts;

/// <summary>Refusals about what goes out together.</summary>
public static class ReleaseRules
{
    public static readonly RefusalRule KindUnknown = new("release.kind-unknown", Severity.Refusal,
        "{0} 不能作为计划的批次种类", "{0} is no kind of release that can be planned",
        "用 ordinary, re-payment, advance 或 deposit", "Use ordinary, re-payment, advance or deposit");
    public static readonly RefusalRule PayrollNotApproved = new("release.payroll-not-approved", Severity.Refusal,
        "工资表 {0} 的状态为 {1}, 未经批准不能代发", "Payroll {0} is {1}: nothing goes out before its approval",
        "先由劳资专管员批准工资表", "Let the wage administrator approve the payroll first");
    public static readonly RefusalRule NoAccount = new("release.no-wage-account", Severity.Refusal,
        "项目 {0} 没有工资专用账户", "Project {0} has no wage account",
        "先登记该项目的农民工工资专用账户", "Register the project's wage account first");
    public static readonly RefusalRule NothingToPlan = new("release.nothing-to-plan", Severity.Refusal,
        "{0} 没有可列入批次的应付工资", "{0} has no claim that could go into a release",
        "用 payroll show 查看各笔工资的状态; 已在途、已付的, 以及恢复后被锁定的 (见 recover) 不再列入",
        "See with payroll show where its claims stand: what is paid, on its way, or locked after a restore (see "
        + "recover) is not planned again");

    public static readonly RefusalRule NothingLeft = new("release.nothing-left", Severity.Finding,
        "批次 {0} 没有要发的工资了: 均已付清、作废或改由其他批次发放; 批次已取消, 预留资金已释放",
        "Release {0} has no wage left to pay: each was paid, voided or left it; it is cancelled and its money is free",
        "无需再发送; 用 release show 核对", "There is nothing to send; see it with release show");

    public static IReadOnlyList<RefusalRule> All =>
        [KindUnknown, PayrollNotApproved, NoAccount, NothingToPlan, NothingLeft];
}
