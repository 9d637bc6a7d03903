using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Returns;

/// <summary>Why an act on bank messages, lines or unallocated money is refused.</summary>
public static class ReturnsRules
{
    public static readonly RefusalRule ProfileUnknown = new("bank.profile-unknown", Severity.Refusal,
        "账本未采用银行配置 {0}", "The ledger has adopted no bank profile {0}",
        "用 ledger adopt 采用该配置", "Adopt the profile with ledger adopt");
    public static readonly RefusalRule CertificateMissing = new("bank.certificate-missing", Severity.Refusal,
        "账本未采用 {0} 的银行证书, 无法验签", "The ledger has adopted no certificate of {0}: nothing can be verified",
        "采用银行证书后再次接收; 报文已保存", "Adopt the bank's certificate and receive again; the message is kept");
    public static readonly RefusalRule OwnAnswer = new("bank.own-answer", Severity.Warning,
        "这是银行自己的答复, 不是我方发出的文件", "This is the bank's own answer, no file of ours",
        "用 disburse bank receive {0} --profile {1} 接收; bank verify 核验的是发给银行的文件",
        "Take it in with disburse bank receive {0} --profile {1}; bank verify checks files that go to the bank");
    public static readonly RefusalRule MessageErased = new("bank.message-erased", Severity.Refusal,
        "报文 {0} 的内容已删除", "The content of message {0} was erased",
        "请银行重新出具", "Ask the bank to issue it again");
    public static readonly RefusalRule OutOfTurn = new("bank.out-of-turn", Severity.Refusal,
        "报文 {0} 应从第 {1} 部分继续", "Message {0} goes on at part {1}",
        "重新执行 bank receive", "Run bank receive again");
    public static readonly RefusalRule NotAStatement = new("statement.not-a-statement", Severity.Refusal,
        "文件不是对账单，或未载明期间和余额", "The file is no account statement, or states no period or balances",
        "确认 --profile 与文件格式", "Check --profile and the form of the file");
    public static readonly RefusalRule LineDecided = new("line.decided", Severity.Refusal,
        "文件 {0} 第 {1} 行已有结果 {2}", "Row {1} of file {0} is {2} already",
        "只有无答复或结果矛盾的行可凭证处理", "Only rows without an answer or with contradicting ones can be resolved");
    public static readonly RefusalRule SaidBefore = new("line.said-before", Severity.Refusal,
        "两人已就文件 {0} 第 {1} 行说过 {2}, 银行其后所言与之不符: 该行现为 {3}",
        "Two people have said {2} of row {1} of file {0} before, and the bank contradicts it since: the row is {3}",
        "向银行索取其后出具的书面证明: 确未支付的用 rejected, 已支付的用 settled, 已退回的用 returned",
        "Get a letter of the bank from after its word: rejected where it was not paid, settled where it was, returned "
        + "where it came back");
    public static readonly RefusalRule OutcomeUnknown = new("line.outcome-unknown", Severity.Refusal,
        "{0} 不是处理结果", "{0} is no outcome",
        "用 Settled, Rejected, Returned 或 NotSent", "Use Settled, Rejected, Returned or NotSent");
    public static readonly RefusalRule NotUnallocated = new("account.not-unallocated", Severity.Refusal,
        "对账单 {0} 第 {1} 行不是待分配的入账", "Line {1} of statement {0} is no unallocated credit",
        "用 account unallocated 查看待分配入账", "See unallocated credits with account unallocated");
    public static readonly RefusalRule AllocatedElsewhere = new("account.allocated-elsewhere", Severity.Refusal,
        "该入账已分配到账户 {0}", "This credit was allocated to account {0}",
        "核对账户", "Check the account");
    public static readonly RefusalRule OtherBankAccount = new("account.other-bank-account", Severity.Refusal,
        "账户 {0} 不在该银行账户下", "Account {0} is not of this bank account",
        "选择同一银行账户的项目", "Choose a project of the same bank account");

    public static readonly RefusalRule NotUnattributed = new("account.not-unattributed", Severity.Refusal,
        "对账单 {0} 第 {1} 行不是未指明文件的出账", "Line {1} of statement {0} is no debit without a file",
        "见 exception list 中的 ForeignDebit: 对账单编号与行号在其中",
        "See the ForeignDebit in exception list: it has the statement and its line");
    public static readonly RefusalRule AttributedElsewhere = new("account.attributed-elsewhere", Severity.Refusal,
        "该出账已归属文件 {0}", "This debit was laid on file {0}",
        "核对银行凭证", "Check the bank's document");
    public static readonly RefusalRule AttributionUnfit = new("account.attribution-unfit", Severity.Refusal,
        "出账 {1} 元不可能属于文件 {0}: 该账户尚可为其扣款 {2} 元, 且须已发出",
        "A debit of {1} yuan cannot be of file {0}: {2} yuan may still be taken for it here, once it was sent",
        "用 file list 核对文件、其账户与已扣金额", "Check the file, its account and what was debited with file list");

    public static readonly RefusalRule ObligationUnfit = new("account.obligation-unfit", Severity.Refusal,
        "义务 {0} 不是账户 {1} 所属项目尚未清偿的欠薪",
        "Obligation {0} is no unpaid wages still owed on the project of account {1}",
        "用 arrears list 查看; 已结清的, 不加 --obligation 分配",
        "See arrears list; for one that has ended, allocate without --obligation");
    public static readonly RefusalRule EarmarkNeeded = new("account.earmark-needed", Severity.Refusal,
        "义务 {1} 仍为 {2}, 专项 {0} 的资金只能用于它",
        "Obligation {1} is still {2}: the money of earmark {0} is for it alone",
        "用 release plan --kind advance --obligation {1} 支付, 或待其结清、撤销后再释放",
        "Pay it with release plan --kind advance --obligation {1}, or free the rest once it has ended");

    public static readonly RefusalRule CauseStands = new("explain.cause-stands", Severity.Refusal,
        "异常 {0} ({1}) 在原因消除后自行了结, 不能凭说明了结",
        "Exception {0} ({1}) ends when its cause does; it cannot be explained away",
        "按 exception list 中该项的提示办理", "Do what exception list says beside it");

    public static IReadOnlyList<RefusalRule> All =>
    [
        ProfileUnknown, CertificateMissing, OwnAnswer, MessageErased, OutOfTurn, NotAStatement, LineDecided,
        SaidBefore, OutcomeUnknown,
        NotUnallocated, AllocatedElsewhere, OtherBankAccount, NotUnattributed, AttributedElsewhere, AttributionUnfit,
        ObligationUnfit, EarmarkNeeded,
        CauseStands,
    ];
}
