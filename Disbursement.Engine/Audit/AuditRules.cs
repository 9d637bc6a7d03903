using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Audit;

/// <summary>What checking a log, an export, a proof or an anchor can find, in order of precedence.</summary>
public static class AuditRules
{
    public static readonly RefusalRule KeyMalformed = Broken("audit.key-malformed",
        "{0} 不是验证公钥文件", "{0} is not a file of verifier keys");
    public static readonly RefusalRule NoteMalformed = Broken("audit.note-malformed",
        "{0} 不是签名文本：{1}", "{0} is not a signed note: {1}");
    public static readonly RefusalRule NoteUntrusted = Broken("audit.note-untrusted",
        "{0} 的签名不能用可信公钥验证", "{0} is not rightly signed by the trusted key");
    public static readonly RefusalRule CheckpointMalformed = Broken("audit.checkpoint-malformed",
        "{0} 不是检查点", "{0} is not a checkpoint");
    public static readonly RefusalRule ManifestMalformed = Broken("audit.manifest-malformed",
        "清单第 {0} 行无法读取", "line {0} of the manifest cannot be read");
    public static readonly RefusalRule FolderMissing = Broken("audit.file-missing",
        "缺少文件 {0}", "{0} is missing");
    public static readonly RefusalRule FolderUnlisted = Broken("audit.file-unlisted",
        "{0} 不在清单内", "{0} is not in the manifest");
    public static readonly RefusalRule FileChanged = Broken("audit.file-changed",
        "{0} 与清单的大小或摘要不符", "{0} differs from the manifest in size or digest");
    public static readonly RefusalRule LeafMalformed = Broken("audit.leaf-malformed",
        "第 {0} 条日志无法读取：{1}", "leaf {0} cannot be read: {1}");
    public static readonly RefusalRule LeafMisplaced = Broken("audit.leaf-misplaced",
        "第 {0} 条日志的序号或账本不符", "leaf {0} has another number or ledger than its place");
    public static readonly RefusalRule RootDiffers = Broken("audit.root-differs",
        "日志的根哈希或条数与检查点不符", "the leaves do not hash to the checkpoint's root and size");
    public static readonly RefusalRule DocumentMissing = Broken("audit.document-missing",
        "日志引用的文件 {0} 不在导出内", "document {0}, named by a leaf, is not there");
    public static readonly RefusalRule DocumentUnnamed = Broken("audit.document-unnamed",
        "文件 {0} 没有任何日志引用", "no leaf names document {0}");
    public static readonly RefusalRule ProofMalformed = Broken("audit.proof-malformed",
        "证明文件无法读取：{0}", "the proof cannot be read: {0}");
    public static readonly RefusalRule ProofRow = Broken("audit.proof-row",
        "该行不属于日志所载的 {0}", "the row is not among the rows of {0} that the leaf binds");
    public static readonly RefusalRule ProofLeaf = Broken("audit.proof-leaf",
        "该日志不在检查点之内", "the leaf is not in the log of the checkpoint");
    public static readonly RefusalRule AnchorFork = Broken("audit.anchor-fork",
        "数据库的历史与锚点矛盾（锚点 {0} 条）", "the database contradicts the anchor of {0} leaves");
    public static readonly RefusalRule AnchorAhead = new("audit.anchor-ahead", Severity.Refusal,
        "数据库只有 {0} 条日志，落后于锚点的 {1} 条", "the database has {0} leaves, the anchor {1}: it is older",
        "可能恢复了旧备份：用 recover --journal FILE 处理（specs/crash-safety.md），此前不要发送",
        "an older backup may have been restored: run recover --journal FILE (specs/crash-safety.md) "
        + "before anything else");
    public static readonly RefusalRule FolderNotEmpty = new("audit.folder-not-empty", Severity.Refusal,
        "目录 {0} 不为空", "the folder {0} is not empty",
        "请选择空目录", "name an empty folder");
    public static readonly RefusalRule AnchorMissing = new("audit.anchor-missing", Severity.Warning,
        "没有锚点文件 {0}", "there is no anchor at {0}",
        "日志已签过检查点，锚点却不在：查明去向并放回；确认数据库无误后用 audit checkpoint 重立",
        "checkpoints were signed, so there was one: find it and put it back; where the database is known to be right, "
        + "audit checkpoint makes a new one");
    public static readonly RefusalRule SchemaAltered = new("store.schema-altered", Severity.Refusal,
        "数据库不再是建立时的样子: {0} {1}; 其规则不再可靠, 不写入任何内容",
        "The database is not as it was made: {0} {1}; its laws do not hold, and nothing is written",
        "查明何人改动; 保留现状, 用 audit rebuild --into 由日志重建到新数据库后继续",
        "Find out who changed it; keep it as it is, and go on from audit rebuild --into, a new database "
        + "made of the log");
    public static readonly RefusalRule OtherVersion = new("store.other-version", Severity.Refusal,
        "数据库由另一版本的程序建立 (结构脚本 {0} 与本程序不同): 本程序认不出它的结构是否被改动",
        "Another version of this program made this database (its script {0} is not this one's): whether its schema was "
        + "altered this one cannot tell",
        "用那个版本的程序验证; 以下的结构差异可能只是版本不同所致; 或用本程序由其日志重建: audit rebuild --into",
        "Verify it with that version: what follows about its schema may be nothing but the other version; or let this "
        + "one build a new database from its log: audit rebuild --into");
    public static readonly RefusalRule KeyFromFolder = new("audit.key-unanchored", Severity.Warning,
        "使用了随附的公钥 {0}", "the key that came along was used: {0}",
        "请与另行取得的公钥核对，或用 --key 指定", "compare it with the key you got elsewhere, or give --key");
    public static readonly RefusalRule DocumentErased = new("audit.document-erased", Severity.Warning,
        "文件 {0} 已依法删除", "document {0} was erased",
        "无需处理", "nothing to do");

    public static IReadOnlyList<RefusalRule> All =>
    [
        KeyMalformed, NoteMalformed, NoteUntrusted, CheckpointMalformed, ManifestMalformed, FolderMissing,
        FolderUnlisted, FileChanged, LeafMalformed, LeafMisplaced, RootDiffers, DocumentMissing, DocumentUnnamed,
        ProofMalformed, ProofRow, ProofLeaf, AnchorFork, AnchorAhead, FolderNotEmpty, AnchorMissing, KeyFromFolder,
        DocumentErased, OtherVersion, SchemaAltered,
    ];

    /// <summary>A finding of a rule that names what it is about in its arguments.</summary>
    public static Finding Of(this RefusalRule rule, params string[] arguments) =>
        new(rule, Place.Nowhere, arguments);

    private static RefusalRule Broken(string code, string zh, string en) => new(code, Severity.Refusal, zh, en,
        "不要采信该内容；向出具方索取原件并保留现有文件", "do not rely on it; ask for the original and keep this copy");
}
