using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Papers;

/// <summary>What stands against a paper, in order of precedence.</summary>
public static class PaperRules
{
    public static readonly RefusalRule NothingOwed = new("paper.nothing-owed", Severity.Refusal,
        "项目 {0} 在 {1} 没有已审核的应付工资", "project {0} has no approved wages for {1}",
        "用 payroll list 查看各期工资表; 月份按支付周期的最后一天算",
        "See the periods with payroll list; a wage belongs to the month in which its period ends");
    public static readonly RefusalRule NothingPaid = new("paper.nothing-paid", Severity.Refusal,
        "{0} 还没有一笔已支付的工资, 不能出具清单或凭证", "nothing of {0} is paid yet, so there is no slip or voucher of it",
        "用 claim list 查看各笔; 银行回单到账后再出具", "See claim list; make it once the bank has reported");
    public static readonly RefusalRule NotEmpty = new("paper.not-empty", Severity.Refusal,
        "{0} 已有内容: 证据材料只写入新的或空的目录, 或新的 ZIP 文件", "{0} is there already: evidence goes into a new or "
        + "empty folder, or a new ZIP file",
        "另起名称", "Name another");
    public static readonly RefusalRule NoFont = new("paper.no-font", Severity.Refusal,
        "{0} 中没有可用的中文字体, PDF 未生成; XLSX 不受影响", "{0}: no Chinese font to use, so no PDF was made; the XLSX was",
        "安装字体: apt-get install fonts-noto-cjk; 或用 --font 指明字体文件 (.ttc, .otf, .ttf)",
        "Install one: apt-get install fonts-noto-cjk; or name a font file (.ttc, .otf, .ttf) with --font");
    public static readonly RefusalRule MissingGlyphs = new("paper.missing-glyphs", Severity.Warning,
        "字体中没有这些字: {0}; PDF 中显示为 〓, XLSX 不受影响", "the font lacks {0}: the PDF shows 〓, the XLSX has them",
        "用 --font 指明收字更全的字体", "Name a font with more characters with --font");

    public static IReadOnlyList<RefusalRule> All => [NothingOwed, NothingPaid, NotEmpty, NoFont, MissingGlyphs];
}
