namespace Disbursement.Engine.Primitives;

/// <summary>What every sheet (名册、合同、考勤、工资表) is held to, whatever it lists.</summary>
public static class SheetRules
{
    public static readonly RefusalRule MissingColumn = new("sheet.missing-column", Severity.Refusal,
        "缺少列“{0}”", "the column \"{0}\" is missing",
        "按模板补上列“{0}”（英文列名 {1}）后重新导入", "add the column \"{0}\" (in English {1}) and import again");

    public static readonly RefusalRule Empty = new("sheet.empty", Severity.Refusal,
        "表中没有数据行", "the sheet has no rows",
        "检查文件是否完整，填写后重新导入", "see whether the file is whole, fill it in and import again");

    public static readonly RefusalRule TooLong = new("sheet.too-long", Severity.Refusal,
        "数据行超过 {0} 行", "the sheet has more than {0} rows",
        "按班组拆成多份后分别导入", "split it by team and import the parts");

    public static readonly RefusalRule RequiredCell = new("sheet.required-cell", Severity.Refusal,
        "必填项为空", "a required cell is empty",
        "填写该单元格后重新导入", "fill in the cell and import again");

    public static readonly RefusalRule BadIdentity = new("sheet.bad-identity", Severity.Refusal,
        "身份证号校验不通过", "the identity number fails its check digit",
        "对照身份证原件改正后重新导入", "correct it from the identity card itself and import again");

    public static readonly RefusalRule BadDate = new("sheet.bad-date", Severity.Refusal,
        "不是真实的日期", "this is not a real date",
        "写成 2026-03-01 的形式", "write it as 2026-03-01");

    public static readonly RefusalRule NotANumber = new("sheet.not-a-number", Severity.Refusal,
        "不是数字", "this is not a number",
        "只写数字和小数点，不写单位和公式", "write digits and a point only, no unit and no formula");

    public static readonly RefusalRule ThreeDecimals = new("sheet.three-decimals", Severity.Refusal,
        "小数超过两位", "more than two decimals",
        "金额写到分、数量写到两位小数，由编表人决定如何取舍",
        "write money to the fen and quantities to two decimals; whoever compiled the sheet decides how to round");

    public static readonly RefusalRule Negative = new("sheet.negative", Severity.Refusal,
        "不能为负数", "this must not be negative",
        "更正为非负数；要追回多发的，另行办理，不在工资表中冲减",
        "make it zero or more; money paid too much is recovered by itself, not through a payroll");

    public static readonly RefusalRule TooLarge = new("sheet.too-large", Severity.Refusal,
        "数值过大，超过 {0}", "the value is too large, more than {0}",
        "检查单位（元、小时）和小数点", "check the unit (yuan, hours) and the point");

    public static IReadOnlyList<RefusalRule> All =>
    [
        MissingColumn, Empty, TooLong, RequiredCell, BadIdentity, BadDate, NotANumber, ThreeDecimals, Negative,
        TooLarge,
    ];
}
