using Disbursement.Engine.Arrears;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Returns;

/// <summary>What each kind of exception says to the person on whose worklist it stands, and what to do.</summary>
/// <remarks>{0} is the bank's amount and {1} ours, in yuan; {2} our file reference; {3} the row of the file; {4} the
/// wage claim; {5} the account; {6} the rest of what was noted; {7} our file; {8} the exception.</remarks>
public static class ExceptionWords
{
    private const string ByLetterZh = "请银行更正重发; 不能更正的, 凭银行书面证明由两人用 file resolve {7} OUTCOME --line {3} 确定";
    private const string ByLetterEn = "Ask the bank to correct it and send again; else two people decide by the bank's "
        + "letter, with file resolve {7} OUTCOME --line {3}";
    private const string AllocateZh = "用 account unallocated 查看, account allocate 分配到项目";
    private const string AllocateEn = "See account unallocated and give it to a project with account allocate";

    /// <summary>In the order of <see cref="ExceptionKinds.All"/>, then the one of a discharge.</summary>
    public static IReadOnlyList<RefusalRule> All { get; } =
    [
        Of(ExceptionKinds.Contradicted,
            "文件 {2}: 银行对应付工资 {4} 的 {0} 元既称已付, 又称未付",
            "file {2}: the bank calls the {0} yuan of wage claim {4} both paid and not paid",
            "向银行索取书面证明, 由两人用 file resolve {7} OUTCOME --line {3} 确定; 在此之前不会再付",
            "Get the bank's letter; two people decide with file resolve {7} OUTCOME --line {3}; it is not paid before"),
        Of(ExceptionKinds.PaidAfterDecision,
            "文件 {2} 第 {3} 行 {0} 元: 两人已定为未付, 银行回盘其后称已付; 状态未变, 该笔工资可再付",
            "file {2} row {3}, {0} yuan: two people decided that it was not paid, and then the bank's report says "
            + "it was; nothing was moved, and the wage may be paid again",
            "先向银行查实再付; 查实后由两人用 exception explain 附证明办结",
            "Ask the bank before it is paid again; two people end it with exception explain and its letter"),
        Of(ExceptionKinds.PaidAfterAbsence,
            "文件 {2} 第 {3} 行 {0} 元: 恢复后两人已定为未付, 银行却称已付, 已退回或文件已收到; 在两人答复之前该笔工资重新锁定",
            "file {2} row {3}, {0} yuan: after the restore two people decided that it was never paid, yet the bank "
            + "says that it was, came back, or that it has the file; the wage is locked until they answer that",
            "向银行索取书面证明: 已对应到工资的, 由两人用 file resolve {7} OUTCOME --line {3} 确定; 尚未对应而确未付的, 由两人再次 recover "
            + "resolve … absent, 并用 exception explain {8} 附证明办结; 已随另一文件发出的, 立即 file recall",
            "Get the bank's letter: where the row has its wage here, two people decide with file resolve {7} OUTCOME "
            + "--line {3}; where it has none and was not paid, they say recover resolve … absent once more, and end "
            + "this with exception explain {8}; where another file carries it by now, recall that one at once"),
        Of(ExceptionKinds.DoubleCredit,
            "文件 {2}: 应付工资 {4} 已再次支付, 而前一次的 {0} 元也已入账",
            "file {2}: wage claim {4} was paid again, and the {0} yuan of before were credited too",
            "核实后向工人或银行追回多付的 {0} 元", "Make sure, and get the {0} yuan paid twice back from worker or bank"),
        Of(ExceptionKinds.Unverified,
            "签名未通过验证, 报文未处理: {6}", "the signature could not be verified, nothing was taken from it: {6}",
            "核对银行证书 (key check; 换证书由两人用 ledger adopt), 请银行以新文件名重新签名发送",
            "Check the bank's certificate (key check; two people adopt a new one with ledger adopt); ask the bank to "
            + "sign and send it again under a new name"),
        Of(ExceptionKinds.Unreadable,
            "报文不能识读, 未处理: {6}", "the message cannot be read, nothing was taken from it: {6}",
            "核对银行配置 (profile check); 请银行重新出具",
            "Check the bank profile (profile check); ask the bank to issue it again"),
        Of(ExceptionKinds.UnreadableLine,
            "该行不能识读, 未处理; 其余各行已处理: {6}", "this line cannot be read and was left; the others were taken: {6}",
            "请银行更正该行后重发", "Ask the bank to correct the line and send it again"),
        Of(ExceptionKinds.UnknownFile,
            "批次号 “{6}” 不是我方文件, 所报 {0} 元未处理", "\"{6}\" is no file of ours; the {0} yuan it speaks of were left",
            "核对批次号 (file list) 和银行配置; 若是他人的文件, 告知银行",
            "Compare the reference (file list) and the bank profile; if it is somebody else's, tell the bank"),
        Of(ExceptionKinds.FileAhead,
            "批次号 “{6}” 是本账本的编号, 此处却从未制作该文件, 所报 {0} 元未处理: 数据库可能来自较旧的备份",
            "\"{6}\" is of this ledger's own numbering, yet no such file was ever built here; the {0} yuan it speaks "
            + "of were left: the database may be of an older backup",
            "不再发送: 执行 recover --journal; 查明并非旧备份的, 由两人用 recover dismiss {8} 放行",
            "Nothing is sent: run recover --journal; proved to be no older backup, two people let files go with "
            + "recover dismiss {8}"),
        Of(ExceptionKinds.UnknownRow,
            "文件 {2} 没有第 {3} 行, 所报 {0} 元未处理", "file {2} has no row {3}; the {0} yuan it speaks of were left",
            "与银行核对该行, 请银行更正重发", "Go through the line with the bank and ask for a corrected one"),
        Of(ExceptionKinds.AmountDiffers,
            "文件 {2} 第 {3} 行: 银行报 {0} 元, 我方为 {1} 元; 该行未处理",
            "file {2} row {3}: the bank says {0} yuan, we asked for {1}; the row was left as it was",
            ByLetterZh, ByLetterEn),
        Of(ExceptionKinds.AccountDiffers,
            "文件 {2} 第 {3} 行 {0} 元: 银行报的收款账户不是我方所填; 该行未处理",
            "file {2} row {3}, {0} yuan: the bank names another account than we did; the row was left as it was",
            ByLetterZh, ByLetterEn),
        Of(ExceptionKinds.AccountMissing,
            "文件 {2} 第 {3} 行 {0} 元: 银行未报收款账户, 无从核对; 该行未处理",
            "file {2} row {3}, {0} yuan: the bank names no account to compare with ours; the row was left as it was",
            ByLetterZh, ByLetterEn),
        Of(ExceptionKinds.UnknownWord,
            "文件 {2} 第 {3} 行 {0} 元: 银行所报状态不在代码表中 ({6}); 该行未处理",
            "file {2} row {3}, {0} yuan: no code list knows the bank's word ({6}); the row was left as it was",
            "问明含义: 请银行改用约定的代码重发, 或补入银行配置的 codes (由两人 ledger adopt) 后请银行重发; 否则凭银行书面证明由两人用 "
            + "file resolve {7} OUTCOME --line {3} 确定",
            "Ask the bank what it means, and to send the row again in a word agreed on, or once the word stands in the "
            + "profile's codes (two people, ledger adopt); else two people decide by the bank's letter, with file "
            + "resolve {7} OUTCOME --line {3}"),
        Of(ExceptionKinds.StatedTotalsDiffer,
            "文件 {2}: 报文所写合计 {0} 元, 应为 {1} 元 ({6})", "file {2}: the message states {0} yuan, it should be {1} ({6})",
            "与银行核对笔数和合计; 能对上的行已处理", "Go through count and sum with the bank; rows that matched were taken"),
        Of(ExceptionKinds.DuplicateRefused,
            "文件 {2}, {0} 元: 银行以重复为由拒绝, 说明已收到过一份, 结果未知",
            "file {2}, {0} yuan: refused as a duplicate, so the bank has it already; what became of it is not told",
            "向银行查询已收的一份, 不要再次发送", "Ask the bank about the one it has; do not send again"),
        Of(ExceptionKinds.FileContradicted,
            "文件 {2}, {0} 元: 银行的答复与此前不符 ({6})", "file {2}, {0} yuan: the bank's word is not what it said before ({6})",
            "与银行核对; 凭书面证明由两人用 file resolve {7} OUTCOME 确定",
            "Ask the bank which holds; by its letter two people decide with file resolve {7} OUTCOME"),
        Of(ExceptionKinds.NeverSent,
            "文件 {2} 从未发出, 银行却有答复 ({0} 元)", "file {2} was never sent, yet the bank answers ({0} yuan)",
            "不再发送: 数据库可能来自较旧的备份, 执行 recover --journal; 查明并非如此的, 由两人用 recover dismiss {8} 放行",
            "Nothing is sent: the database may be of an older backup, run recover --journal; proved to be none, two "
            + "people let files go with recover dismiss {8}"),
        Of(ExceptionKinds.NameTaken,
            "文件 {2} ({0} 元) 从未发出, 银行一侧却已有同名文件",
            "file {2} ({0} yuan) was never sent, yet the bank's side has one of that name",
            "不再发送: 数据库可能来自较旧的备份, 执行 recover --journal, 与银行核对; 查明并非如此的, 由两人用 recover dismiss {8} 放行",
            "Nothing is sent: the database may be of an older backup, run recover --journal and ask the bank; "
            + "proved to be none, two people let files go with recover dismiss {8}"),
        Of(ExceptionKinds.RecallUnasked,
            "文件 {2}: 银行答复了未曾请求的撤销 ({0} 元, {6}), 未处理",
            "file {2}: the bank answers a recall that was never asked for ({0} yuan, {6}); nothing was taken from it",
            "与银行核对; 确已撤销的, 凭书面证明由两人用 file resolve {7} rejected --line LINE 确定",
            "Go through it with the bank; what it did cancel two people decide by its letter, with file resolve {7} "
            + "rejected --line LINE"),
        Of(ExceptionKinds.Silent,
            "文件 {2} 第 {3} 行 {0} 元: 银行逾期未答复", "file {2} row {3}, {0} yuan: no answer within the bank's time",
            "向银行查询; 凭书面证明由两人用 file resolve {7} OUTCOME --line {3} 确定",
            "Ask the bank; by its letter two people decide with file resolve {7} OUTCOME --line {3}"),
        Of(ExceptionKinds.UnknownAccount,
            "对账单 {6} 的账户不在本账本 (期末 {0} 元), 未入账",
            "the account of statement {6} is none of this ledger (closing {0} yuan); nothing was booked",
            "核对账户; 漏登记的用 import project 登记", "Check the account; one left out is registered with import project"),
        Of(ExceptionKinds.StatementGap,
            "对账单 {6} 期初 {0} 元, 此前期末为 {1} 元", "statement {6} opens with {0} yuan, the one before closed with {1}",
            "向银行索取中间缺少的对账单并导入", "Get the missing statement from the bank and import it"),
        Of(ExceptionKinds.StatementChanged,
            "对账单 {6} 与已入账的同号对账单内容不同 (期末 {0} 元, 原为 {1} 元), 未入账",
            "statement {6} is not the one booked under this number (closing {0} yuan, before {1}); nothing was booked",
            "请银行说明哪一份有效", "Ask the bank which of them holds"),
        Of(ExceptionKinds.EntriesDiffer,
            "对账单 {6} 明细合计 {0} 元, 期末减期初为 {1} 元, 未入账",
            "the entries of statement {6} come to {0} yuan, closing less opening to {1}; nothing was booked",
            "请银行重新出具完整的对账单", "Ask the bank for the whole statement again"),
        Of(ExceptionKinds.BalanceDiffers,
            "对账单 {6}: 账面 {0} 元, 银行期末 {1} 元", "statement {6}: our books say {0} yuan, the bank's closing balance {1}",
            "补齐缺少的对账单; 否则用 account explain 与银行逐笔核对",
            "Import what is missing; else go through the entries with the bank (account explain)"),
        Of(ExceptionKinds.UnallocatedCredit,
            "到账 {0} 元未指明项目 ({6})", "{0} yuan came in and name no project ({6})", AllocateZh, AllocateEn),
        Of(ExceptionKinds.UnknownPurpose,
            "到账 {0} 元所指的义务或责令文书不存在或已了结 ({6})",
            "{0} yuan came in for an obligation or order that is not known or has ended ({6})", AllocateZh, AllocateEn),
        Of(ExceptionKinds.ForeignDebit,
            "工资专用账户 {5} 被扣 {0} 元, 既非代发也非手续费 ({6})",
            "{0} yuan were taken from wage account {5}, neither for a file nor as a fee ({6})",
            "专户资金不得查封、冻结、划拨 (国令第724号第三十三条): 与银行交涉退还, 并补足账户; 银行漏写文件编号的, "
            + "凭其书面证明由两人用 account attribute --statement {10} --line {9} --file FILE 归到该文件",
            "Wage accounts are not to be frozen or deducted from (Decree 724 art. 33): get it back, and make it up; "
            + "where the bank left out a file, two people lay it on the file by the bank's letter (account attribute "
            + "--statement {10} --line {9} --file FILE)"),
        Of(ExceptionKinds.Impaired,
            "账户 {5} 的可用余额为 {0} 元, 不足以支付已预留的工资",
            "account {5} has {0} yuan available: less money than is set aside for wages",
            "补足账户后重新预留 (release fund); 经过见 account explain {5}",
            "Pay in and set money aside again (release fund); how it came is in account explain {5}"),
        Of(ExceptionKinds.CardRefused,
            "银行未为申请的工人开卡: {6}", "the bank opened no account for a worker applied for: {6}",
            "核对该工人身份资料后再次申请 (card apply), 或登记其自有账户 (payee change); 不影响其应付工资",
            "Look at the worker's data and apply again (card apply), or enter an account of the worker's own (payee "
            + "change); no wage is held back"),
        Of(ExceptionKinds.CardAnswerDiffers,
            "开卡答复与申请不符, 该行未处理: {6}", "an answer to card applications does not fit them, the row was left: {6}",
            "请银行更正重发; 或凭银行书面证明用 payee change 登记账户",
            "Ask the bank to correct it and send again; or enter the account by the bank's letter with payee change"),
        Of(ExceptionKinds.CardBatchLost,
            "银行答复了开卡批次 {6}, 其内容已随旧数据库丢失, 未处理",
            "the bank answers batch {6} of card applications, which was lost with the database; nothing was taken",
            "凭银行答复中的账户用 payee change 登记; 其余工人重新申请 (card apply)",
            "Enter the accounts that it gives with payee change; apply for the others again (card apply)"),
        Of(Discharge.PossibleDoublePayment,
            "应付工资 {4} 的 {0} 元正在代发或已付, 又有付款凭证 {6}",
            "the {0} yuan of wage claim {4} are on their way or paid, and a document says so of another payment: {6}",
            "核实是否重复支付; 重复的, 向收款人追回", "Find out whether it was paid twice; if so, get it back"),
    ];

    /// <summary>What the row says, at the place in the bank's message where it was met.</summary>
    /// <param name="message">The message as a person knows it: its name, or its digest.</param>
    /// <param name="reference">The reference of the file, or empty.</param>
    public static Finding Say(BankExceptionRow row, string message, string reference) => new(
        All.FirstOrDefault(r => r.Code == row.Kind) ?? throw new DefectException($"no words for {row.Kind}"),
        new Place(message, row.DocumentLine, "", ""),
        new Money(row.Kind == ExceptionKinds.ForeignDebit ? -row.AmountFen : row.AmountFen).ToYuan(),
        new Money(row.ExpectedFen).ToYuan(),
        // A batch of cards is no file: its reference stands in what was noted.
        row.Kind is ExceptionKinds.NeverSent or ExceptionKinds.NameTaken && reference.Length == 0 ? row.Detail
            : reference,
        WordOf(row.Detail, "row").TrimStart('0') is { Length: > 0 } at ? at : "?",
        $"{row.Claim}", $"{row.Account}", row.Detail.Length > 0 ? row.Detail : "-",
        $"{row.File}", $"{row.Exception}", $"{row.DocumentLine}", WordOf(row.Detail, "statement"));

    /// <summary>"3" of "row 3 attempt 1" and of "statement 3 WAGE".</summary>
    private static string WordOf(string detail, string noun)
    {
        var words = detail.Split(' ');
        return words.Length > 1 && words[0] == noun ? words[1] : "";
    }

    private static RefusalRule Of(string kind, string zh, string en, string doZh, string doEn) =>
        new(kind, Severity.Finding, zh, en, doZh, doEn);
}
