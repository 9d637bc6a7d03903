using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.People;

/// <summary>What sheets are held to against the register of workers, in order of precedence.</summary>
public static class RegisterRules
{
    public static readonly RefusalRule WorkerUnknown = new("register.worker-unknown", Severity.Refusal,
        "该身份证号未在用工名册登记", "no worker is registered under this identity number",
        "先导入用工名册", "import the roster first");

    public static readonly RefusalRule PayeeUnreadable = new("payee.unreadable", Severity.Refusal,
        "收款账户资料不完整", "the account document is not complete",
        "给出账号、户名、开户行和联行号", "give account, holder, bank and its CNAPS number");

    public static readonly RefusalRule NothingPending = new("payee.nothing-pending", Severity.Refusal,
        "没有待复核的收款账户", "no payee account waits for approval",
        "用 payee list 查看", "see payee list");

    public static readonly RefusalRule NameKept = new("register.name-kept", Severity.Finding,
        "该身份证号已登记为“{0}”，姓名未改", "this identity number is registered as \"{0}\"; the name was kept",
        "核对身份证；银行户名有误的，办理收款账户变更", "check the identity card; a wrong holder is a payee change");

    public static readonly RefusalRule CardOfOther = new("payee.card-of-other", Severity.Finding,
        "该账号已登记在工人 {0} 名下", "the account is registered for worker {0}",
        "一人一卡、本人持卡（国令第724号第三十一条）；核实是否扣押或冒用",
        "one card per worker, held by the worker (Decree 724 art. 31); look whether a card is withheld or misused");

    public static IReadOnlyList<RefusalRule> All =>
        [WorkerUnknown, PayeeUnreadable, NothingPending, NameKept, CardOfOther];
}
