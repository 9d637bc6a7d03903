namespace Disbursement.Host.Reasons;

/// <summary>What the sandbox bank finds wrong in a file (<c>bank verify</c>). Form as in
/// <see cref="ReasonWords"/>.</summary>
internal static class SandboxReasons
{
    public const string Orders = """
        row reference {0} stands {1} times = 行参考号 {0} 出现 {1} 次
        no recall, or its figures are not its rows' = 不是撤销请求, 或其合计与各行不符
        no card applications of this bank, or their count is not their rows' = 不是该银行的开卡申请, 或其笔数与各行不符
        no question of this bank = 不是该银行的查询
        no rows = 没有明细
        no payer account = 没有付款账户
        no control count = 没有总笔数
        no control total = 没有总金额
        {0} says {1}, rows are {2} = {0} 为 {1}, 明细有 {2} 笔
        {0} says {1} fen, rows sum to {2} fen = {0} 为 {1} 分, 明细合计 {2} 分
        not GB18030 at byte {0} = 第 {0} 字节不是 GB18030
        text after the closing * = 结束标志 * 之后还有内容
        the closing * is missing = 缺少结束标志 *
        no record of a known kind = 没有认识的记录
        unknown record mark {0} = 不认识的记录标志 {0}
        {0} fields in a row = 一行有 {0} 个字段
        a second summary = 汇总行重复
        the summary is not of digits = 汇总行不是数字
        a second payer account = 付款账户不止一个
        the amount {0} is no amount in fen = 金额 {0} 不是以分为单位的金额
        a row without serial or account = 明细缺少序号或账号
        the function is not BB6BTHHL = 功能代码不是 BB6BTHHL
        no JSON of this form = 不是此格式的 JSON
        not one bb6cdcbhx1 = bb6cdcbhx1 不是恰好一个
        the file is not whole = 文件不完整
        a row without reference, account or amount = 明细缺少参考号、账号或金额
        a head too short = 报文头太短
        a packet behind the last = 末包之后还有一包
        the packet says {0} rows = 本包所写为 {0} 笔
        the last packet is missing = 缺少末包
        row {0} of the packet is no row = 本包第 {0} 行不是明细
        no line of a known kind = 没有认识的行
        {0} is no control figure = {0} 不是控制数
        an amount is no amount = 金额不是金额
        an account is no account = 账号不是账号
        a serial is no serial = 序号不是序号
        the transaction {0} is not PAYPER = 交易 {0} 不是 PAYPER
        the staff number {0} has not five digits = 员工编号 {0} 不是五位
        {0} is none of the four hours = {0} 不是四个时点之一
        not well-formed XML = 不是格式正确的 XML
        no file reference = 没有批次号
        the count {0} is not of digits = 笔数 {0} 不是数字
        the total {0} is no amount = 总金额 {0} 不是金额
        the amount {0} is no amount = 金额 {0} 不是金额
        a row without reference or account = 明细缺少参考号或账号
        """;
}
