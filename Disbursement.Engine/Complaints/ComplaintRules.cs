using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Complaints;

/// <summary>Refusals about what workers say of their wages, in order of precedence.</summary>
public static class ComplaintRules
{
    public static readonly RefusalRule NotThere = new("complaint.not-registered", Severity.Refusal,
        "工人 {0} 从未登记在项目 {1} 上", "worker {0} was never registered on project {1}",
        "用 worker list 查看其项目; 确在该项目做工的, 先用 import roster 登记",
        "see the worker's projects with worker list; who did work there is registered first, with import roster");

    public static readonly RefusalRule Ended = new("complaint.ended", Severity.Refusal,
        "投诉 {0} 已答复为 {1}", "complaint {0} was answered {1}, which ends it",
        "工人仍称未付的, 用 worker complain 另登记一件", "if the worker still says so, take another with worker complain");

    public static readonly RefusalRule StillUnpaid = new("complaint.still-unpaid", Severity.Refusal,
        "投诉 {0} 所涉应付工资 {1} 为 {2}, 不能答复已付",
        "claim {1}, which complaint {0} is about, is {2}: it cannot be answered as paid",
        "答复 owed 并付清; 已在系统外支付的, 先用 arrears discharge 以证据清偿",
        "answer owed and pay it; if it was paid outside, discharge it by evidence first: arrears discharge");

    public static readonly RefusalRule NotOnPayroll = new("confirmation.not-on-payroll", Severity.Refusal,
        "工人 {0} 不在工资表 {1} 上", "worker {0} is not on payroll {1}",
        "用 claim list --worker {0} 查看其工资表", "see the worker's payrolls with claim list --worker {0}");

    public static readonly RefusalRule OfAnother = new("confirmation.of-another", Severity.Refusal,
        "应付工资 {1} 不是工人 {0} 的", "claim {1} is not worker {0}'s",
        "用 claim list --worker {0} 查看其应付工资", "see the worker's claims with claim list --worker {0}");

    public static IReadOnlyList<RefusalRule> All => [NotThere, Ended, StillUnpaid, NotOnPayroll, OfAnother];
}
