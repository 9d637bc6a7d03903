using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Files;

/// <summary>
/// Refusals and findings about disbursement files (代发文件). Codes begin with "sending." where "file." means input.
/// </summary>
public static class FileRules
{
    public static readonly RefusalRule PaidBefore = new("sending.paid-before", Severity.Refusal,
        "文件 {0} 第 {1} 行的工资, 银行又称前一次已入账", "File {0} row {1}: the bank now says the attempt before was credited",
        "由两人凭银行文件用 file resolve --line 裁定前一次; 已入账则用 file withdraw 撤回本文件",
        "Let two people decide the earlier line with the bank's document (file resolve --line); "
        + "if credited, withdraw this file (file withdraw)");
    public static readonly RefusalRule AccountImpaired = new("sending.account-impaired", Severity.Refusal,
        "账户 {0} 可用余额为 {1} 元, 暂停制作和发送文件", "Account {0} has {1} yuan available: no file is built or sent",
        "查明银行扣款, 补足账户后自动继续", "Clear up the bank's debit and fund the account: it then goes on by itself");
    public static readonly RefusalRule NotApproved = new("sending.not-approved", Severity.Refusal,
        "工资表 {0} 第 {1} 行为 {2} 元, 批准的是 {3} 元", "Payroll {0} line {1} is {2} yuan, {3} was approved",
        "数据库与批准的工资表不符: 停止使用该数据库, 保留现状并运行 audit rebuild",
        "The database is not what was approved: stop using it, keep it as it is, and run audit rebuild");
    public static readonly RefusalRule PayeeNotApproved = new("sending.payee-not-approved", Severity.Refusal,
        "工资表 {0} 第 {1} 行的收款账户不是批准的账户", "The money of payroll {0} line {1} goes to another account than was approved",
        "数据库与批准的收款账户不符: 停止使用该数据库, 保留现状并运行 audit rebuild",
        "The database is not what was approved: stop using it, keep it as it is, and run audit rebuild");
    public static readonly RefusalRule NothingPayable = new("sending.nothing-payable", Severity.Refusal,
        "批次 {0} 没有可以付出的工资", "Nothing of release {0} can be paid",
        "登记并批准工人的收款账户, 或取消该批次", "Enter and approve the workers' payee accounts, or cancel the release");
    public static readonly RefusalRule NoPayee = new("sending.no-payee", Severity.Finding,
        "工资表 {0} 第 {1} 行没有已批准并生效的收款账户, 不随本批代发",
        "Payroll {0} line {1} has no approved payee account in effect: it does not go out with the others",
        "登记收款账户并由另一人批准, 然后再计划一次", "Enter a payee account, let another person approve it, and plan again");
    public static readonly RefusalRule OverLimit = new("sending.over-limit", Severity.Finding,
        "工资表 {0} 第 {1} 行的金额超过银行限额 {2} 元", "Payroll {0} line {1} is above the bank's limit of {2} yuan",
        "与银行商定限额, 或从银行外支付并登记凭证", "Agree a limit with the bank, or pay it outside and record the evidence");
    public static readonly RefusalRule WasSent = new("sending.was-sent", Severity.Refusal,
        "文件 {0} 曾经发送过, 不能撤回", "File {0} has been sent before: it cannot be withdrawn",
        "等待或查询银行的答复", "Wait for the bank's answer, or ask for it");
    public static readonly RefusalRule LeaseRuns = new("sending.lease-runs", Severity.Refusal,
        "文件 {0} 正在发送, 租期到 {1}", "File {0} is being sent, its lease runs until {1}",
        "租期过后再执行", "Run it again after the lease");
    public static readonly RefusalRule ResultUnknown = new("sending.result-unknown", Severity.Refusal,
        "{0} 不是发送或处理结果", "{0} is no result of a sending or of a resolution",
        "用 accepted, refused 或 absent", "Use accepted, refused or absent");
    public static readonly RefusalRule EvidenceMissing = new("sending.evidence-missing", Severity.Refusal,
        "文件 {0} 的结果须有银行出具的凭证", "What became of file {0} needs a document of the bank",
        "用 --document 给出凭证", "Give the document with --document");
    public static readonly RefusalRule QuietPeriod = new("sending.quiet-period", Severity.Refusal,
        "文件 {0} 的静默期到 {1} 才结束, 此前不能认定银行没有收到",
        "The quiet period of file {0} ends {1}: before it nothing proves that the bank never got it",
        "静默期过后再办理", "Decide after the quiet period");

    public static readonly RefusalRule JournalBeside = new("sending.journal-beside-database", Severity.Refusal,
        "发送日志 {0} 在数据库目录 {1} 之内: 该目录一旦恢复旧备份, 已付工资会再次发送; 不发送",
        "The send journal {0} lies in the database's folder {1}: with that folder restored from an older backup, wages "
        + "paid would go out again; nothing is sent",
        "把已有的发送日志移到另一磁盘 (至少另一目录), 并在每个命令中用 --journal 指明",
        "Move the journal, where there is one, to another disk, at least to another folder, and name it with --journal "
        + "in every run");
    public static readonly RefusalRule JournalNear = new("sending.journal-near", Severity.Warning,
        "发送日志 {0} 在数据库目录 {1} 之内; 正式账本在此情况下不发送文件",
        "The send journal {0} lies in the database's folder {1}: a production ledger sends nothing so",
        "用 --journal 指明另一磁盘或目录中的文件", "Name a file on another disk or in another folder with --journal");
    public static readonly RefusalRule NameTaken = new("sending.name-taken", Severity.Warning,
        "文件 {0} 从未由此发出, 银行一侧却已有同名文件: 结果未知, 不会再次发送",
        "File {0} was never sent from here, yet a file of that name stands at the bank's side: what became of it is "
        + "unknown, and it is not sent again",
        "数据库可能来自较旧的备份: 停止发送, 执行 recover --journal, 并与银行核对该文件",
        "The database may be of an older backup: send nothing, run recover --journal, and go through the file with the "
        + "bank");

    public static readonly RefusalRule NotSent = new("sending.not-sent", Severity.Warning,
        "文件 {0} 没有发出 (已证实): {1}", "File {0} was not sent, and that is proved: {1}",
        "排除原因后再次执行 tick, 将发送同样的字节", "Mend that and run tick again: the same bytes go out");
    public static readonly RefusalRule AnswerLost = new("sending.answer-lost", Severity.Warning,
        "文件 {0} 是否到达银行未知: {1}", "Nobody knows whether file {0} reached the bank: {1}",
        "等待银行答复, 或用 file query 查询; 不要另发文件代替",
        "Await the bank's answer, or ask with file query; send nothing in its place");
    public static readonly RefusalRule TurnedAway = new("sending.turned-away", Severity.Warning,
        "银行一侧没有接收文件 {0}: {1}", "The bank's side did not take file {0}: {1}",
        "排除原因后, 对其中工资重新执行 release plan", "Mend that, then plan its wages again with release plan");

    public static IReadOnlyList<RefusalRule> All =>
        [EvidenceMissing, ResultUnknown, PaidBefore, JournalBeside, AccountImpaired, WasSent, LeaseRuns, QuietPeriod,
            NothingPayable, NotApproved, PayeeNotApproved, NoPayee, OverLimit, NameTaken, JournalNear,
            NotSent, AnswerLost, TurnedAway];
}
