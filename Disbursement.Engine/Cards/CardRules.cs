using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Cards;

/// <summary>What can stand in the way of a batch of card applications, in order of precedence.</summary>
public static class CardRules
{
    public static readonly RefusalRule NotOffered = new("card.not-offered", Severity.Refusal,
        "配置 {0} 的银行没有批量开卡格式", "the bank of profile {0} has no form of card applications",
        "向银行索取批量开卡接口, 在配置中补上 cards; 或由工人自行开卡后用 payee change 登记",
        "ask the bank for its form and add it to the profile as cards; or enter the account with payee change");
    public static readonly RefusalRule NobodyWithout = new("card.nobody-without", Severity.Refusal,
        "项目 {0} 没有既无账户又未在申请中的在场工人", "project {0} has no worker on site without an account and not applied for",
        "用 worker list 和 card list 查看", "see worker list and card list");
    public static readonly RefusalRule LeaseRuns = new("card.lease-runs", Severity.Refusal,
        "开卡批次 {0} 正在发送, 至 {1}", "batch {0} is being sent, until {1}",
        "到时再试", "try again then");

    public static readonly RefusalRule NotEncodable = new("card.not-encodable", Severity.Refusal,
        "开卡批次 {0} 第 {1} 行不能写成银行格式: {2} {3}", "batch {0} row {1} does not fit the bank's form: {2} {3}",
        "用 card withdraw 撤回, 更正名册后重新申请", "take it back with card withdraw, correct the roster and apply again");

    public static readonly RefusalRule OutcomeUnknown = new("card.outcome-unknown", Severity.Refusal,
        "{0} 不是开卡批次的结论", "{0} is no conclusion about a batch of card applications",
        "用 --arrived 或 --never-arrived", "Use --arrived or --never-arrived");
    public static readonly RefusalRule QuietPeriod = new("card.quiet-period", Severity.Refusal,
        "开卡批次 {0} 的静默期到 {1} 才结束, 此前不能认定银行没有收到",
        "The quiet period of batch {0} ends {1}: before it nothing proves that the bank never got it",
        "静默期过后再办理", "Decide after the quiet period");

    public static IReadOnlyList<RefusalRule> All =>
        [NotOffered, NobodyWithout, OutcomeUnknown, LeaseRuns, QuietPeriod, NotEncodable];
}
