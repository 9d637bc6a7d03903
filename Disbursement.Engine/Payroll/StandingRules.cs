using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>What payrolls and claims are held to as the ledger holds them, in order of precedence.</summary>
public static class StandingRules
{
    public static readonly RefusalRule LiveAlready = new("payroll.live-already", Severity.Refusal,
        "该项目、用工单位、班组和所属期已有工资表 {0}（{1}）", "payroll {0} ({1}) stands for this project, employer, team and period",
        "先撤回原表；补发另编补发表", "withdraw it first; a supplement is a sheet of its own");

    public static readonly RefusalRule NumberOfKind = new("payroll.number-of-kind", Severity.Refusal,
        "补发表编号须从 1 起，其他工资表不编号（现为 {0}）", "a supplement is numbered from 1, other payrolls are 0, not {0}",
        "用 --number 写明补发序号", "give the supplement's number with --number");

    public static readonly RefusalRule AlreadyClaimed = new("payroll.already-claimed", Severity.Refusal,
        "该工人在 {0} 已有工资（工资表 {1}）", "the worker's wage of {0} stands in payroll {1}",
        "从本表删去该行；要更正先作废原工资", "remove the line; to correct it, void the claim first");

    public static readonly RefusalRule NoTerms = new("payroll.no-terms", Severity.Finding,
        "没有该工人所属期内的合同约定，无法由考勤推算，应付日按法定最迟日",
        "the worker has no terms in the period to derive pay by; due on the latest day that the law allows",
        "导入合同约定（15 日内录入）；不影响发放", "import the contract terms; payment does not wait for them");

    public static readonly RefusalRule OtherRoot = new("payroll.other-root", Severity.Refusal,
        "所签的明细摘要与工资表 {0} 不符", "the lines root signed for is not that of payroll {0}",
        "用 payroll show 查看后重新签名", "look at payroll show and sign again");

    public static readonly RefusalRule OtherAmount = new("payroll.other-amount", Severity.Refusal,
        "所签的金额 {0} 分与工资表的 {1} 分不符", "the amount signed for, {0} fen, is not the payroll's {1} fen",
        "用 payroll show 查看后重新签名", "look at payroll show and sign again");

    public static readonly RefusalRule SentBackOtherwise = new("payroll.sent-back-otherwise", Severity.Refusal,
        "工资表 {0} 已因另一理由退回", "payroll {0} was sent back for another reason",
        "待再次核对并提交后, 再以新理由退回", "send it back anew after it was checked and submitted again");

    public static readonly RefusalRule StillBlocked = new("payroll.still-blocked", Severity.Refusal,
        "退回的工资表仍有问题", "the payroll sent back still has blocking findings",
        "撤回后提交更正的工资表", "withdraw it and hand in a corrected sheet");

    public static readonly RefusalRule ClaimVoided = new("claim.voided-otherwise", Severity.Refusal,
        "工资 {0} 已凭另一份文件作废", "claim {0} was voided by another document",
        "无须再办", "nothing is left to do");

    public static readonly RefusalRule PaymentLive = new("claim.payment-live", Severity.Refusal,
        "工资 {0} 有未了结的付款，不能作废", "claim {0} has a live payment and cannot be voided",
        "等付款退回或未发出的凭据", "wait for evidence that the payment is dead");

    public static readonly RefusalRule InRelease = new("claim.in-release", Severity.Refusal,
        "工资 {0} 在代发批次 {1} 中", "claim {0} is carried by release {1}",
        "先取消该批次", "cancel the release first");

    public static IReadOnlyList<RefusalRule> All =>
    [
        NumberOfKind, LiveAlready, AlreadyClaimed, OtherRoot, OtherAmount, SentBackOtherwise, StillBlocked,
        ClaimVoided, PaymentLive,
        InRelease, NoTerms,
    ];
}
