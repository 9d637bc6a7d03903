namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The file form a partner bank speaks.</summary>
public enum BankForm { IcbcText, CmbXml, Iso20022, OlderIso20022, Text }

/// <summary>How a partner bank and its customer sign: GM/T 0010
/// detached, a raw SM2 signature in Base64, CMS, within the JSON itself (everything else of that bank then as GM/T 0010
/// detached), or one of the kinds any partner can agree on (bank-sandbox --seal); from CmsAttached on, the file carries
/// everything in itself.</summary>
public enum SealKind
{
    Sm2Detached, Sm2Raw, Cms, Sm2RawJoined, Sm2Cms, Sigdat,
    CmsAttached, Sm2Attached, Sm2CmsAttached, CmsEnveloped, OpenPgp, FormSha256, FormSm3, Sm4Form,
}

/// <summary>What the sandbox itself knows of a bank: its own small
/// table, so that no error of a profile can hide in both.</summary>
/// <param name="Id">The profile id both sides use in folder and key names.</param>
/// <param name="SealSuffix">Suffix of the detached signature beside a body.</param>
/// <param name="WholeFileDebit">True: one debit of the file's total at acceptance, refused lines come back as
/// refunds. False: one debit of what was credited.</param>
/// <param name="Orders">How its text files are read, where Form does not say it.</param>
/// <param name="NoticeExtension">Extension of words on a whole file and of late returns, where another.</param>
public sealed record Partner(string Id, string NameZh, BankForm Form, SealKind Seal, string SealSuffix,
    bool WholeFileDebit, string AnswerExtension, string StatementExtension, TextForm? Orders = null,
    string NoticeExtension = "")
{
    public static readonly IReadOnlyList<Partner> All =
    [
        new("icbc-bxt", "工商银行(样例)", BankForm.IcbcText, SealKind.Sm2Detached, ".p7s", true, "txt", "csv"),
        new("cmb-ntagcsal", "招商银行(样例)", BankForm.CmbXml, SealKind.Sm2Raw, ".sig", false, "xml", "csv"),
        new("iso20022-pain", "邮储银行(样例)", BankForm.Iso20022, SealKind.Cms, ".p7s", false, "xml", "xml"),
        new("iso20022-mt940", "MT940 对账单银行(样例)", BankForm.Iso20022, SealKind.Sm2Detached, ".p7s", false, "xml", "sta"),
        new("iso20022-older", "旧版报文银行(样例)", BankForm.OlderIso20022, SealKind.Sm2Detached, ".p7s", false, "xml", "xml"),
        .. TextPartners.All,
    ];

    /// <summary>Whether its HTTPS is sign-then-post and no pair of folders.</summary>
    public bool TakesPosts => Id == "icbc-payper" && Seal is SealKind.Sm2Detached;

    /// <summary>Whether a message of that name carries its signature within.</summary>
    public bool SealsWithin(string name) =>
        Seal is SealKind.Sigdat && name.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>How the bank itself signs a message of that name, which does not carry everything in itself.</summary>
    public SealKind SealsOwn(string name) =>
        Seal is SealKind.Sigdat && !SealsWithin(name) ? SealKind.Sm2Detached : Seal;

    /// <summary>The kinds any partner can agree on, by the name that a profile gives them.</summary>
    public static IReadOnlyDictionary<string, SealKind> Seals { get; } = new Dictionary<string, SealKind>
    {
        ["sm2-gmt0010"] = SealKind.Sm2Detached,
        ["sm2-raw"] = SealKind.Sm2Raw,
        ["cms-detached"] = SealKind.Cms,
        ["sm2-raw-rs"] = SealKind.Sm2RawJoined,
        ["sm2-cms"] = SealKind.Sm2Cms,
        ["sm2-sigdat"] = SealKind.Sigdat,
        ["cms-attached"] = SealKind.CmsAttached,
        ["sm2-gmt0010-attached"] = SealKind.Sm2Attached,
        ["sm2-cms-attached"] = SealKind.Sm2CmsAttached,
        ["cms-enveloped"] = SealKind.CmsEnveloped,
        ["openpgp"] = SealKind.OpenPgp,
        ["form-sha256"] = SealKind.FormSha256,
        ["form-sm3"] = SealKind.FormSm3,
        ["sm4-form"] = SealKind.Sm4Form,
    };

    /// <summary>Whether the file carries everything in itself: nothing stands beside it.</summary>
    public bool IsWhole => Seal >= SealKind.CmsAttached;

    /// <summary>The same bank, agreed on another kind of envelope.</summary>
    public Partner SealedBy(SealKind kind) => this with
    {
        Seal = kind,
        SealSuffix = kind is SealKind.Sm2Raw or SealKind.Sm2RawJoined ? ".sig" : ".p7s",
    };

    /// <summary>The bank of that profile id, or null.</summary>
    public static Partner? Find(string id) => All.FirstOrDefault(p => p.Id == id);
}

/// <summary>The bank's business day and the local moment
/// (Asia/Shanghai, yyyy-MM-ddTHH:mm:ss) its messages carry.</summary>
/// <remarks>Both are given from outside: the bank never decides by the clock.</remarks>
public sealed record BankDay(DateOnly Date, string At);
