using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Rules a bank profile can break, in order of precedence.</summary>
public static class ProfileRules
{
    public static readonly RefusalRule Unreadable = new("profile.unreadable", Severity.Refusal,
        "银行配置不是有效的 JSON，或字段与架构不符：{0}", "The profile is not JSON of the profile schema: {0}",
        "按 bank-profile.schema.json 修正。", "Correct it by bank-profile.schema.json.");

    public static readonly RefusalRule Id = new("profile.id", Severity.Refusal,
        "编号必须是小写字母、数字和连字符：{0}", "The id must be lower-case letters, digits and hyphens: {0}",
        "例如 icbc-bxt。", "For example icbc-bxt.");

    public static readonly RefusalRule OtherName = new("profile.other-name", Severity.Refusal,
        "编号为 {0}，不能以 {1} 之名采用", "The id is {0}: it cannot be adopted as {1}",
        "以其编号采用。", "Adopt it under its id.");

    public static readonly RefusalRule IdShips = new("profile.id-ships", Severity.Warning,
        "编号 {0} 随程序附带，本文件与附带的不同", "The id {0} ships with the program, and this file is another than that one",
        "替代附带的：由两人以 ledger adopt 采用；另一家银行、或放入 adapters.json 所列目录的：另起编号。",
        "To take its place let two people adopt it (ledger adopt); for another bank, or in a folder of adapters.json, "
        + "give it an id of its own.");

    public static readonly RefusalRule Missing = new("profile.missing", Severity.Refusal,
        "{0} 不能为空", "{0} must not be empty", "填写该项。", "Fill it in.");

    public static readonly RefusalRule BankCode = new("profile.bank-code", Severity.Refusal,
        "银行代码必须是联行号前三位数字：{0}", "The bank code must be the first three digits of its CNAPS numbers: {0}",
        "例如工商银行 102。", "For example 102.");

    public static readonly RefusalRule Codec = new("profile.codec", Severity.Refusal,
        "没有名为 {0} 的编解码器；现有：{1}", "There is no codec named {0}; there are: {1}",
        "改用目录中的名称，或注册新的编解码器。", "Use a name of the catalogue, or register the codec.");

    public static readonly RefusalRule Charset = new("profile.charset", Severity.Refusal,
        "不支持字符集 {0}", "The character set {0} is not supported",
        "使用 GB18030、GBK 或 UTF-8；statement-csv 也可用 auto。", "Use GB18030, GBK or UTF-8; statement-csv also takes auto.");

    public static readonly RefusalRule Layout = new("profile.layout", Severity.Refusal,
        "{0}：delimited 和 fixed-width 必须有 layout，tree 必须有 tree，其他编解码器（{1}）都不得有",
        "{0}: delimited and fixed-width must have a layout, tree a tree, other codecs ({1}) neither",
        "补上或删除 layout 或 tree。", "Add the layout or tree, or take it out.");

    public static readonly RefusalRule LayoutRecord = new("profile.layout-record", Severity.Refusal,
        "{0} 的 layout 不能用：{1}", "The layout of {0} cannot work: {1}",
        "按 specs/layouts.md 修正。", "Correct it by specs/layouts.md.");

    public static readonly RefusalRule LayoutField = new("profile.layout-field", Severity.Refusal,
        "{0} 的字段 {1}：{2}", "{0}, field {1}: {2}",
        "按 specs/layouts.md 修正。", "Correct it by specs/layouts.md.");

    public static readonly RefusalRule BusinessHeader = new("profile.business-header", Severity.Refusal,
        "不支持业务报文头 {0}", "The business application header {0} is not supported",
        "使用其中之一，或删除该选项：{1}。", "Use one of these, or take the option out: {1}.");

    public static readonly RefusalRule Envelope = new("profile.envelope", Severity.Refusal,
        "不支持签名方式 {0}", "The envelope {0} is not supported", "使用其中之一：{1}。", "Use one of: {1}.");

    public static readonly RefusalRule Transport = new("profile.transport", Severity.Refusal,
        "不支持传输方式 {0}", "The transport {0} is not supported", "使用其中之一：{1}。", "Use one of: {1}.");

    public static readonly RefusalRule NamePattern = new("profile.name-pattern", Severity.Refusal,
        "文件名模式必须恰好含一个 {reference} 且不含路径：{0}", "The name pattern must hold {reference} once and no path: {0}",
        "例如 {reference}.bxt。", "For example {reference}.bxt.");

    public static readonly RefusalRule Post = new("profile.post", Severity.Refusal,
        "先签名后提交的表单（transport.post）不能用：{0}", "The sign-then-post form (transport.post) cannot work: {0}",
        "按 specs/transports.md 修正。", "Correct it by specs/transports.md.");

    public static readonly RefusalRule Limit = new("profile.limit", Severity.Refusal,
        "{0} 必须在 {1} 与 {2} 之间：{3}", "{0} must lie between {1} and {2}: {3}",
        "按银行文件修正。", "Correct it by the bank's document.");

    public static readonly RefusalRule CutOff = new("profile.cut-off", Severity.Refusal,
        "截止时间必须是递增的 HH:mm：{0}", "Cut-offs must be HH:mm, rising: {0}", "例如 [\"15:00\"]。", "For example [\"15:00\"].");

    public static readonly RefusalRule QuietPeriod = new("profile.quiet-period", Severity.Refusal,
        "静默期只能且必须与 absenceProof=quietPeriod 一起设置", "Quiet hours go with absenceProof=quietPeriod, and only with it",
        "填写最长接收延迟的小时数，或改为 operator。", "State the longest intake delay in hours, or use operator.");

    public static readonly RefusalRule CodeTwice = new("profile.code-twice", Severity.Refusal,
        "代码 {0} 出现多次", "The code {0} stands twice", "每个代码只保留一行。", "Keep one line per code.");

    public static readonly RefusalRule CodeReason = new("profile.code-reason", Severity.Refusal,
        "代码 {0}：{1} 与原因 {2} 不相配", "The code {0}: {1} does not go with the reason {2}",
        "成功和处理中没有原因；失败和退票必须有原因。", "Settled and pending have no reason; rejected and returned must have one.");

    public static readonly RefusalRule NoSettledCode = new("profile.no-settled-code", Severity.Refusal,
        "没有任何代码表示成功", "No code means settled", "补上银行表示成功的代码。", "Add the bank's code of success.");

    public static readonly RefusalRule NoSource = new("profile.no-source", Severity.Refusal,
        "{0} 没有注明来源", "{0} has no source",
        "写明出处和日期；没有则写 unsourced。", "State where it was read and when; unsourced where there is none.");

    public static readonly RefusalRule Unsourced = new("profile.unsourced", Severity.Warning,
        "{0} 没有来源，须向银行确认", "{0} is unsourced: ask the bank", "向银行索取接口文件。", "Ask the bank for its interface document.");

    /// <summary>All rules in order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All =>
    [
        Unreadable, Id, OtherName, IdShips, Missing, BankCode, Codec, Charset, Layout, LayoutRecord, LayoutField,
        BusinessHeader, Envelope, Transport, NamePattern, Post, Limit, CutOff, QuietPeriod, CodeTwice,
        CodeReason, NoSettledCode, NoSource, Unsourced,
    ];
}
