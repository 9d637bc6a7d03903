using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Recalls;

/// <summary>Why a file or lines of it cannot be called back from the bank (撤销代发).</summary>
public static class RecallRules
{
    public static readonly RefusalRule ReasonUnknown = new("recall.reason-unknown", Severity.Refusal,
        "{0} 不是撤销原因", "{0} is no reason of a recall",
        "用其中之一: {1}", "Use one of: {1}");
    public static readonly RefusalRule NotOffered = new("recall.not-offered", Severity.Refusal,
        "银行配置 {0} 没有撤销请求的格式", "Bank profile {0} has no form of recall requests",
        "凭书面请求向银行撤销; 结果凭银行文件由两人用 file resolve 确定",
        "Ask the bank by letter; by its answer two people decide with file resolve");
    public static readonly RefusalRule NotSent = new("recall.not-sent", Severity.Refusal,
        "文件 {0} 的状态为 {1}, 不在银行, 无可撤销", "File {0} is {1}: it is not at the bank, and nothing is to be called back",
        "用 file withdraw {2} 撤回", "Give it up with file withdraw {2}");
    public static readonly RefusalRule BeingSent = new("recall.being-sent", Severity.Refusal,
        "文件 {0} 正在发送, 租期到 {1}", "File {0} is being sent, its lease runs until {1}",
        "发送有结果或租期过后再撤销", "Recall it once the sending has ended or its lease is over");
    public static readonly RefusalRule NothingOpen = new("recall.nothing-open", Severity.Refusal,
        "文件 {0} 的状态为 {1}, 各行均已有结果", "File {0} is {1} and every line of it has its answer",
        "已付的向收款人追回, 未付的可再次支付; 见 file show {2}",
        "What was paid is got back from the payee, what was not can be paid again; see file show {2}");
    public static readonly RefusalRule LineFinal = new("recall.line-final", Severity.Refusal,
        "文件 {0} 第 {1} 行已有结果 {2}", "Row {1} of file {0} is {2} already",
        "只撤销尚无结果的行 (file show {3})", "Recall rows that have no answer yet (file show {3})");
    public static readonly RefusalRule AskedBefore = new("recall.asked-before", Severity.Refusal,
        "文件 {0} 已用 {1} 请求撤销, 银行尚未答复", "File {0} was called back by {1}, and the bank has not answered yet",
        "等待答复 (bank receive); 未送达的由 tick 再次发送",
        "Wait for the answer (bank receive); what did not arrive is sent again by tick");
    public static readonly RefusalRule TooManyRows = new("recall.too-many-rows", Severity.Refusal,
        "一次撤销 {0} 行, 最多 {1} 行", "{0} rows in one recall, at most {1}",
        "分次撤销, 或撤销整个文件", "Recall them in parts, or the whole file");
    public static readonly RefusalRule TooOften = new("recall.too-often", Severity.Refusal,
        "文件 {0} 已请求撤销 {1} 次, 编号用尽", "File {0} was called back {1} times: there is no number left",
        "凭书面请求向银行撤销", "Ask the bank by letter");
    public static readonly RefusalRule NotEncodable = new("recall.not-encodable", Severity.Refusal,
        "撤销请求 {0} 不能写成银行格式: {1} {2}", "Recall {0} does not fit the bank's form: {1} {2}",
        "请求已登记, 未发送: 更正银行配置或账户名称后由 tick 发送",
        "It stands and was not sent: correct the bank profile or the name of the account, and tick sends it");

    public static IReadOnlyList<RefusalRule> All =>
    [
        ReasonUnknown, NotOffered, NotSent, BeingSent, NothingOpen, LineFinal, AskedBefore, TooManyRows, TooOften,
        NotEncodable,
    ];
}
