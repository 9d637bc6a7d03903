using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Audit;

/// <summary>What holding a database against its own log and documents can find, in order of precedence.</summary>
public static class RebuildRules
{
    public static readonly RefusalRule TableUnreadable = Broken("audit.table-unreadable",
        "表 {0} 无法读取：{1}", "table {0} cannot be read: {1}");
    public static readonly RefusalRule LogEmpty = Broken("audit.log-empty",
        "log_leaf 中没有日志", "log_leaf holds no leaf");
    public static readonly RefusalRule KeyLost = Broken("audit.key-lost",
        "subject_key 中没有账本 {0} 的主密钥", "subject_key lacks the installation key of ledger {0}");
    public static readonly RefusalRule LeafHashDiffers = Broken("audit.leaf-hash",
        "log_leaf 第 {0} 条的内容与其哈希或序号不符", "log_leaf {0} does not fit its hash or number");
    public static readonly RefusalRule DocumentUnusable = Broken("audit.document-unusable",
        "第 {0} 条日志引用的 document {1}：{2}", "leaf {0} names document {1}: {2}");
    public static readonly RefusalRule IllegalStep = Broken("audit.illegal-step",
        "第 {0} 条日志（{5}）：{1} {2} 处于 {3}，没有 {4} 的步骤",
        "leaf {0} ({5}): {1} {2}: no arrow leads from {3} by {4}");
    public static readonly RefusalRule LeafUndecidable = Broken("audit.leaf-undecidable",
        "第 {0} 条日志（{1}）无法重新决定：{2}", "leaf {0} ({1}) cannot be decided again: {2}");
    public static readonly RefusalRule LeafDiffers = Broken("audit.leaf-differs",
        "第 {0} 条日志（{1}）重新决定后不同：原为“{2}”，现为“{3}”",
        "leaf {0} ({1}), decided again, differs: it says \"{2}\", the documents give \"{3}\"");
    public static readonly RefusalRule RowDiffers = Broken("audit.row-differs",
        "表 {0} 行 {1} 列 {2}：库中为“{3}”，按日志应为“{4}”",
        "table {0}, row {1}, column {2}: the database says \"{3}\", the log \"{4}\"");
    public static readonly RefusalRule RowMissing = Broken("audit.row-missing",
        "表 {0} 缺少行 {1}", "table {0} lacks the row {1}");
    public static readonly RefusalRule RowUnfounded = Broken("audit.row-unfounded",
        "表 {0} 的行 {1} 没有任何日志依据", "table {0} has a row {1} that no leaf accounts for");
    public static readonly RefusalRule HeadDiffers = Broken("audit.head-differs",
        "ledger_head {0} 与日志的条数或根哈希不符", "ledger_head {0} differs from its leaves in size or root");
    public static readonly RefusalRule DocumentChanged = Broken("audit.document-changed",
        "document {0} 的内容与其摘要不符", "the bytes of document {0} are not those of its digest");
    public static readonly RefusalRule CheckpointWrong = Broken("audit.checkpoint-wrong",
        "检查点（日志头签名）{0}：{1}", "checkpoint {0}: {1}");
    public static readonly RefusalRule LogKeyMissing = new("audit.log-key-missing", Severity.Warning,
        "没有日志密钥 {0}，未验证 checkpoint 的签名", "there is no log key at {0}: signatures of checkpoint were not verified",
        "用 --log-key 指定", "name it with --log-key");
    public static readonly RefusalRule FieldErased = new("audit.field-erased", Severity.Warning,
        "{0} 的字段密钥已删除，仅核对承诺", "the key of {0} was erased: its fields were held against the leaf only",
        "无需处理；若无删除决定，请查明", "nothing to do; if nobody decided an erasure, find out why");

    public static readonly RefusalRule SubjectErased = new("audit.erased", Severity.Warning,
        "{0} 的个人信息已由两人决定删除；金额、笔数和承诺均已核对",
        "{0} was erased by two people's decision: amounts, counts and commitments were compared",
        "无需处理", "nothing to do");

    public static IReadOnlyList<RefusalRule> All =>
    [
        TableUnreadable, LogEmpty, KeyLost, LeafHashDiffers, DocumentUnusable, IllegalStep, LeafUndecidable,
        LeafDiffers, RowDiffers, RowMissing, RowUnfounded, HeadDiffers, DocumentChanged, CheckpointWrong,
        LogKeyMissing, FieldErased, SubjectErased,
    ];

    private static RefusalRule Broken(string code, string zh, string en) => new(code, Severity.Refusal, zh, en,
        "停止使用该数据库，保留现状并与锚点、导出和备份核对",
        "stop using this database, keep it as it is, and compare anchor, exports and backups");
}
