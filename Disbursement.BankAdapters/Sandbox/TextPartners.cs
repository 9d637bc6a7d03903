namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The banks with text files, each with what the bank's side knows of its form.</summary>
internal static class TextPartners
{
    private const string Cgb = "=RMB|_|=2|row|_|payer|payer-name|bank-name|_|_|bank|acct|name|=2|fen|use|ref|";
    private const string Icbc =
        "=RMB|_|=2|row|ref|=0|_|payer|payer-name|bank-name|_|_|_|acct|name|fen|use|remark|_|=0|";

    public static IReadOnlyList<Partner> All { get; } =
    [
        new("icbc-finance", "工商银行企业财务室(样例)", BankForm.IcbcText, SealKind.Sm2Detached, ".p7s", true, "txt", "csv",
            new(["=人民币|_|=1|sum-fen|count|", Icbc, "=*"], Skips: ["#"])),
        Iso("ccb-transfer", "建设银行(样例)", new(["row|payer|acct|name|yuan|"], Skips: ["#"])),
        Own("ccb-wage", "建设银行(样例)", new(["row|acct|name|yuan|remark|both|", "row|payer|name|acct|_|yuan|_|_|_|"],
            Skips: ["序号|"])),
        Iso("abc-wage", "农业银行(样例)", new(["acct|yuan|name|_|=0||"])),
        Iso("abc-csv", "农业银行(样例)", new(["row,acct,name,yuan,remark"], ",")),
        Iso("boc-payoff", "中国银行(样例)", new(["=PAYOFFSTART", "ref|_|payer|=CNY|sum-yuan|count|_|=1|=|_|=|",
            "bank|=|=|yuan|acct|name|=|=|=4|", "=PAYOFFEND"])),
        Iso("spdb-ubd", "浦发银行(样例)", new(["=F※_※=1008※sum-yuan※count※=※count※=※=※=N",
            "acct※yuan※name※both※_※_※_※_"], "※")),
        Own("citic-text", "中信银行(样例)", new(["acct|yuan|name|both|remark|="],
            Skips: ["文件类型:", "标题:", "导入模板", "*收款帐号*", "说明:", "\t\t\t", "---"])),
        Own("bcm-wage", "交通银行(样例)", new(["acct|name|yuan|row|="])),
        Own("cgb-wage", "广发银行(样例)", new(["=RMB|_|=1|sum-fen|count|", Cgb], Skips: ["#"])),
        Iso("ceb-transfer", "光大银行(样例)", new(
            ["=|payer|_|payer-name|yuan|acct|name|bank-name|=01|=0|=|=0|use|=1|bank|"])),
        Iso("cib-transfer", "兴业银行(样例)", new(["payer|_|acct|name|bank-name|_|yuan|use|remark|=否|=|bank|"])),
        Iso("hxb-transfer", "华夏银行(样例)", new(
            ["row,payer-name,payer,=1,=1,name,acct,=,bank-name,=,_,=,yuan,=,_,remark,=,=,="], ",", Quoted: true)),
        Iso("pab-transfer", "平安银行(样例)", new(["_;payer;_;acct;name;_;_;bank-name;yuan;_;use;_;=人民币;_;"], ";")),
        Iso("cmbc-csv", "民生银行(样例)", new(["acct,_,name,yuan,use"], ",")),
        Own("psbc-wage", "邮储银行(样例)", new(["acct|=|name|=|yuan|use|both|"])),
        Own("unionpay-chinapay", "银联 ChinaPay(样例)", new(
            ["_|ref|count|sum-fen", "_|both|acct|name|bank-name|_|_|_|fen|_|_"])),
        new("sbs-n050", "财务公司 SBS(样例)", BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "dat", "csv",
            SbsOrder.Form, "xml"),
        new("icbc-payper", "工商银行银企互联(样例)", BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "xml", "csv"),
        new("cmb-bb6bthhl", "招商银行 JSON(样例)", BankForm.Text, SealKind.Sigdat, ".p7s", false, "json", "csv",
            NoticeExtension: "xml"),
        new("ccb-6w2102", "建设银行外联平台(样例)", BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "xml", "csv",
            new(["row|payer|acct|name|yuan|"], Skips: ["#"])),
        new("boc-b2e0078", "中国银行 b2e0078(样例)", BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "xml", "csv"),
        new("citic-dlsalimp", "中信银行 DLSALIMP(样例)", BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "xml", "csv"),
        Iso("lzb-text", "兰州银行(样例)", new(["row|name|acct|yuan|_|"])),
        Own("gzb-delimited", "贵州银行(样例)", new(["=H|ref|payer|payer-name|count|sum-yuan|_|use|",
            "=D|row|acct|name|yuan|bank|remark|"])),
        Own("gyb-delimited", "贵阳银行(样例)", new(["=H,ref,payer,payer-name,count,sum-yuan,_,use",
            "=D,row,acct,name,yuan,bank,remark"], ",", Quoted: true)),
        Own("gzrc-fixed", "贵州农信(样例)", new(
            ["_:1 ref:16 payer:32 payer-name:60 count:7 sum-yuan:16 _:8 use:40",
                "_:1 row:7 acct:19 name:42 yuan:13 bank:12 remark:40"], " ", HasWidths: true)),
    ];

    /// <summary>A bank whose own answers are known.</summary>
    private static Partner Own(string id, string name, TextForm form) =>
        new(id, name, BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "txt", "csv", form, "xml");

    /// <summary>A bank that answers by ISO 20022, for want of a source of its own form.</summary>
    private static Partner Iso(string id, string name, TextForm form) =>
        new(id, name, BankForm.Text, SealKind.Sm2Detached, ".p7s", true, "xml", "csv", form, "xml");
}
