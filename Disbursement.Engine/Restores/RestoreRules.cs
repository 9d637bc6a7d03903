using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Restores;

/// <summary>Refusals after a restore from an older backup, in order of precedence.</summary>
public static class RestoreRules
{
    public static readonly RefusalRule JournalForm = new("recovery.journal-form", Severity.Refusal,
        "发送日志第 {0} 行不能识别: {1}", "Line {0} of the send journal is in a form this program does not know: {1}",
        "用写下该记录的版本核对, 在此之前不得发送", "Recover with the version that wrote it; send nothing before that");
    public static readonly RefusalRule EpochTaken = new("recovery.epoch-taken", Severity.Refusal,
        "编号纪元 {0} 已用过", "The reference epoch {0} was used before",
        "重新执行 recover", "Run recover again");
    public static readonly RefusalRule AnchorStays = new("recovery.anchor-stays", Severity.Finding,
        "锚点 {0} 领先于恢复的数据库, 其他命令仍不能启动",
        "The anchor {0} is ahead of the restored database: other verbs still refuse to start",
        "由主管人员签名再执行一次: recover --journal … --as 人员 --key 文件",
        "Let a supervisor sign it: recover --journal … --as PERSON --key FILE");
    public static readonly RefusalRule ListOpen = new("recovery.list-open", Severity.Refusal,
        "发送日志中的文件 {0} 尚无结论, 在此之前不发送任何文件",
        "The journalled file {0} is open: nothing is sent before the list is empty",
        "用 recover 查看清单, 凭银行答复或两人凭证逐项了结",
        "See the list with recover; settle each item by the bank's answer or by two people with a document");
    public static readonly RefusalRule JournalAhead = new("recovery.journal-ahead", Severity.Refusal,
        "发送日志领先于此数据库: 文件 {0} 已发出, 此处不知, 在此之前不发送任何文件",
        "The send journal is ahead of this database: file {0} went out and is not known here; nothing is sent",
        "数据库来自较旧的备份: 执行 recover --journal", "The database is of an older backup: run recover --journal");
    public static readonly RefusalRule JournalLost = new("recovery.journal-lost", Severity.Refusal,
        "发送日志 {0} 不在, 而账本 {1} 已发出 {2} 个文件: 不发送任何文件",
        "The send journal {0} is not there, and ledger {1} has sent {2} files: nothing is sent",
        "用 --journal 指明它, 或从其备份放回; 确已丢失的, 先与银行逐一核对已发文件, 再由两人凭证执行 recover lost --document 文件",
        "Name it with --journal, or put it back from its backup; where it is lost for good, go through the files "
        + "sent with the banks, then two people run recover lost --document FILE");
    public static readonly RefusalRule DeclaredLost = new("recovery.declared-lost", Severity.Refusal,
        "没有 {0}: 账本 {1} 的发送日志在发出 {2} 个文件后已由两人声明丢失, 没有可核对的",
        "{0} is not there: two people declared the send journal of ledger {1} lost after {2} files, and there is "
        + "nothing to compare with",
        "照常发送: 下一次发送另起日志; 若又恢复了备份, 先与银行逐一核对已发文件; 日志找到了的, 用 --journal 指明",
        "Send as usual: the next sending begins another; after a restore go through the files sent with the banks "
        + "first; a journal that was found is named with --journal");
    public static readonly RefusalRule NothingLost = new("recovery.nothing-lost", Severity.Refusal,
        "发送日志没有丢失", "No send journal is lost",
        "直接发送: 第一次发送建立日志; 在别处的用 --journal 指明",
        "Send: the first sending begins the journal; name one that lies elsewhere with --journal");
    public static readonly RefusalRule BankAhead = new("recovery.bank-ahead", Severity.Refusal,
        "银行一侧有文件 {0}, 而此处从未发出 (异常 {1}): 数据库可能来自较旧的备份, 在此之前不发送任何文件",
        "The bank knows of file {0}, which was never sent from here (exception {1}): the database may be of an older "
        + "backup; nothing is sent",
        "执行 recover --journal; 查明并非旧备份的, 由两人凭证用 recover dismiss {1} 放行",
        "Run recover --journal; where it is proved to be no older backup, two people with a document let files go: "
        + "recover dismiss {1}");
    public static readonly RefusalRule NothingToDismiss = new("recovery.nothing-to-dismiss", Severity.Refusal,
        "异常 {0} 不妨碍发送", "Exception {0} holds no sending",
        "用 exception list 查看异常", "See the exceptions with exception list");
    public static readonly RefusalRule ClaimLocked = new("recovery.claim-locked", Severity.Refusal,
        "应付工资 {0} 已在发送日志的文件 {1} 中, 视为在途", "Wage claim {0} went out in the journalled file {1}: it is in flight",
        "等待该文件的结论, 见 recover", "Wait for what became of that file, see recover");
    public static readonly RefusalRule RowLocked = new("recovery.row-locked", Severity.Refusal,
        "文件 {0} 第 {1} 行的工资 {2} 已在发送日志的文件 {3} 中发出, 再发会重复支付",
        "Row {1} of file {0} is wage claim {2}, which went out in the journalled file {3}: sent again it may be paid "
        + "twice",
        "撤回本文件 (file withdraw {4}), 其余各行重新计划; 该笔工资以文件 {3} 的结论为准",
        "Give this file up (file withdraw {4}) and plan its other rows anew; of that wage the file {3} decides");
    public static readonly RefusalRule OtherFile = new("recovery.other-file", Severity.Refusal,
        "发送日志表明, 以编号 {0} 发出的是另一份文件: 银行按此编号所说的与本文件无关",
        "The send journal shows that another file went out as {0}: what the bank says of that name is not about this "
        + "one",
        "撤回本文件 (file withdraw {1}, 已尝试发送的先 file resolve {1} absent), 重新计划, 新文件用新编号",
        "Give this file up (file withdraw {1}; first file resolve {1} absent where a sending was tried) and plan anew: "
        + "the next file has a number of its own");
    public static readonly RefusalRule LinesWait = new("recovery.lines-wait", Severity.Refusal,
        "文件 {0} 还有 {1} 行找不到对应的应付工资", "{1} lines of file {0} have no wage claim here yet",
        "重新导入并批准丢失的工资表或收款账户, 或用 recover resolve 由两人凭证了结; 工资在本地其他文件中的, recover 指明该文件",
        "Enter and approve again what was lost, or let two people settle the lines with recover resolve; where a file "
        + "made here has their wages, recover names it");
    public static readonly RefusalRule MessageWaits = new("recovery.message-waits", Severity.Refusal,
        "报文 {0} 涉及的文件 {1} 还有 {2} 行找不到对应的应付工资; 报文已保存",
        "Message {0} is about file {1}, {2} lines of which have no wage claim here yet; the message is kept",
        "先处理这些行 (见 recover, 包括占有其工资的本地文件), 再次执行 bank receive",
        "Settle those lines first: recover shows them, and files made here that have their wages; then run bank "
        + "receive again");
    public static readonly RefusalRule NothingWaits = new("recovery.nothing-waits", Severity.Refusal,
        "清单第 {0} 项没有待了结的行", "No line of item {0} waits for people",
        "文件本身用 file resolve 了结", "The file itself is settled with file resolve");

    /// <summary>One line of a journal that cannot be taken.</summary>
    public static Finding Unread(string journal, JournalledLine line) => new(JournalForm,
        new Place(journal, line.Line, "", line.Text),
        line.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), line.Text);

    public static IReadOnlyList<RefusalRule> All =>
        [
            JournalForm, EpochTaken, ListOpen, JournalAhead, JournalLost, DeclaredLost, BankAhead, ClaimLocked,
            RowLocked, OtherFile, LinesWait, MessageWaits, NothingWaits, NothingLost, NothingToDismiss, AnchorStays,
        ];
}
