using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Intake;

/// <summary>What a file can break before any of its cells has a meaning.</summary>
public static class IntakeRules
{
    public static readonly RefusalRule Empty = Refusal("file.empty",
        "文件是空的", "the file is empty",
        "请检查是否导出成功，重新提交有内容的文件", "check that the export succeeded and hand in the file again");

    public static readonly RefusalRule TooLarge = Refusal("file.too-large",
        "文件有 {0} 字节，上限为 {1} 字节", "the file has {0} bytes, the limit is {1}",
        "请按项目或月份拆分后分别提交", "split it by project or month and hand in the parts");

    public static readonly RefusalRule Encoding = Refusal("file.encoding",
        "第 {0} 字节（从 0 起，在该行第 {1} 格）既不是 UTF-8 也不是 GB18030",
        "byte {0} (counted from 0, in cell {1} of the row) is neither UTF-8 nor GB18030",
        "请另存为“CSV UTF-8”或 XLSX 后重新提交", "save it as \"CSV UTF-8\" or XLSX and hand it in again");

    public static readonly RefusalRule Utf16 = Refusal("file.utf-16",
        "文件是 UTF-16（记事本称“Unicode”），不是 UTF-8 或 GB18030",
        "the file is UTF-16 (\"Unicode\" in Notepad), neither UTF-8 nor GB18030",
        "请另存为“CSV UTF-8”或 XLSX 后重新提交", "save it as \"CSV UTF-8\" or XLSX and hand it in again");

    public static readonly RefusalRule Torn = Refusal("file.torn",
        "文件残缺或格式损坏：{0}", "the file is torn or malformed: {1}",
        "请检查该行的引号与分隔符，或重新导出、重新传输整个文件",
        "check quotes and separators of that line, or export and transfer the whole file again");

    public static readonly RefusalRule Workbook = Refusal("file.workbook",
        "工作簿不能读取：{0}", "the workbook cannot be read: {1}",
        "请在表格软件中打开，另存为不加密码的 XLSX 或“CSV UTF-8”后提交；打不开的，请重新导出、重新传输整个文件",
        "open it in a spreadsheet program and save it as XLSX without a password, or as \"CSV UTF-8\"; where it does "
        + "not open, export and transfer the whole file again");

    public static readonly RefusalRule BeyondHeadings = Refusal("file.beyond-headings",
        "本行有内容在表头之外", "the row has a cell beyond the headings",
        "请清除表头右侧的内容，或为该列写上列名", "clear what stands to the right of the headings, or give that column a heading");

    public static readonly RefusalRule NoHeading = Refusal("file.no-heading",
        "第一行不是表头：没有任何认识的列名", "the first row is no heading row: it has none of the known headings",
        "请删去标题行，使第一行为列名：{0}", "remove title rows so that the first row holds the headings: {0}");

    public static readonly RefusalRule DuplicateColumn = Refusal("file.duplicate-column",
        "列“{0}”出现了两次", "column \"{0}\" stands there twice",
        "请只保留一列“{0}”", "keep only one column \"{0}\"");

    public static readonly RefusalRule MissingColumn = Refusal("file.missing-column",
        "缺少必需的列“{0}”", "the required column \"{0}\" is missing",
        "请加上该列，可用的列名：{1}", "add the column; accepted headings: {1}");

    public static readonly RefusalRule TooManyRows = Refusal("file.too-many-rows",
        "超过 {0} 行", "there are more than {0} rows",
        "请按项目或月份拆分后分别提交", "split it by project or month and hand in the parts");

    public static readonly RefusalRule NumberCell = Refusal("file.number-cell",
        "“{0}”这一格是数值而不是文本，号码可能已丢失末位或前导零",
        "the cell of \"{0}\" is a number, not text: digits of the number may be lost already",
        "请把该列设为“文本”格式，重新录入号码（不要直接改格式）",
        "set the column's format to Text and enter the number again; changing the format alone brings no digits back");

    /// <summary>All rules, in order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All =>
        [
            Empty, TooLarge, Workbook, Utf16, Encoding, Torn, NoHeading, DuplicateColumn, MissingColumn, TooManyRows,
            BeyondHeadings, NumberCell,
        ];

    private static RefusalRule Refusal(string code, string zh, string en, string doZh, string doEn) =>
        new(code, Severity.Refusal, zh, en, doZh, doEn);
}
