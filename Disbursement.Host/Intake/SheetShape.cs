namespace Disbursement.Host.Intake;

/// <summary>What a column is to its sheet.</summary>
/// <remarks>An identifier is an account, card, identity or phone number: text of digits that a spreadsheet must not
/// hold as a number, since numbers keep 15 digits and drop leading zeros.</remarks>
public enum ColumnUse { Required, Optional, RequiredIdentifier, OptionalIdentifier }

/// <summary>A column and the headings it is accepted under; the first is the one our own sheets use.</summary>
public sealed record SheetColumn(ColumnUse Use, params string[] Headings)
{
    public bool Required => Use is ColumnUse.Required or ColumnUse.RequiredIdentifier;
    public bool Identifier => Use is ColumnUse.RequiredIdentifier or ColumnUse.OptionalIdentifier;
}

/// <summary>The columns a kind of sheet has. Columns that are not named here are read too and mean nothing.</summary>
public sealed record SheetShape(params SheetColumn[] Columns)
{
    public static readonly SheetShape Projects = new(
        Must("项目编码"), Must("项目名称"), Must("总包统一社会信用代码"), Must("总包名称"), Must("建设单位"), Must("银行档案"),
        MustId("专户账号"), Must("专户户名"), MustId("联行号", "开户行联行号"), Must("所在地"));

    public static readonly SheetShape Roster = new(
        Must("项目编码"), Must("用工单位统一社会信用代码", "统一社会信用代码"), Must("用工单位名称"), May("班组"), Name, Identity,
        MayId("手机号", "电话", "联系电话"), May("工种"), Must("进场日期"), May("离场日期"),
        MustId("联行号", "开户行联行号", "安康卡开户行联行号"),
        May("开户行名称", "开户行"), Card, May("户名"));

    public static readonly SheetShape Terms = new(
        Identity, Must("项目编码"), Must("合同签订日期"), Must("计薪方式"), Must("单价", "单价(元)", "单价（元）"),
        May("计件单位"), Must("约定发薪日"), May("标准日工时"), Must("支付周期"));

    public static readonly SheetShape Attendance = new(
        Identity, Must("项目编码"), Must("日期"), Must("出勤工时"), May("平日加班"), May("休息日加班"), May("法定节假日加班"),
        May("计件数量"));

    public static readonly SheetShape Payroll = new(
        Must("序号"), Name, Identity, Must("出勤天数"), May("工时"), Must("应发工资", "本月应发工资"), Must("扣款"),
        Must("实发工资"), May("本人确认日期"), May("未确认原因"), May("差异原因"), May("备注"));

    public static readonly SheetShape Orders = new(
        Must("文书编号", "order"), Must("机关", "authority"), Must("日期", "date"), Must("期限", "deadline"),
        Must("项目编码", "project"), Must("用工单位统一社会信用代码", "统一社会信用代码", "employer"), May("工资表", "payroll"),
        Must("金额", "金额(元)", "金额（元）", "amount"));

    public static readonly SheetShape FundingDates = new(
        Must("项目编码", "project"), Must("约定拨付日", "拨付日期", "agreed_on"),
        Must("约定金额", "约定金额(元)", "约定金额（元）", "amount"));

    public static readonly SheetShape Accounts = new(
        Identity, MustId("联行号", "开户行联行号"), May("开户行名称", "开户行"), Card, Must("户名"), Must("变更原因"));

    public static readonly SheetShape Funding = new(
        Must("流水号"), MustId("专户账号"), Must("金额分"), Must("付款人"), MustId("付款账号"), Must("用途"), Must("日期"));

    private static SheetColumn Name => Must("姓名", "工人姓名");
    private static SheetColumn Identity => MustId("身份证号", "身份证", "身份证号码", "公民身份号码");
    private static SheetColumn Card => MustId("银行卡号", "工资卡号", "卡号");

    private static SheetColumn Must(params string[] headings) => new(ColumnUse.Required, headings);
    private static SheetColumn May(params string[] headings) => new(ColumnUse.Optional, headings);
    private static SheetColumn MustId(params string[] headings) => new(ColumnUse.RequiredIdentifier, headings);
    private static SheetColumn MayId(params string[] headings) => new(ColumnUse.OptionalIdentifier, headings);
}
