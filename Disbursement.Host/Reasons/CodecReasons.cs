namespace Disbursement.Host.Reasons;

/// <summary>Why a file cannot be written for a bank, or a message of it cannot be read. Form as in
/// <see cref="ReasonWords"/>.</summary>
internal static class CodecReasons
{
    /// <summary>Files of records and lines, ours and the banks'.</summary>
    public const string Files = """
        {0} at byte {1}: {2} = {0} (第 {1} 字节处): {2}
        empty = 为空
        no such codec = 没有这种编解码器
        must have 1 to {0} characters = 须为 1 至 {0} 个字符
        is wider than {0} bytes = 超过 {0} 字节
        wider than {0} bytes = 超过 {0} 字节
        holds a character that {0} cannot write = 含有 {0} 不能表示的字符
        is {0} bytes wide, the bank takes {1} = 宽 {0} 字节, 银行最多接受 {1} 字节
        the bank takes at most {0} rows a file = 银行每个文件最多接受 {0} 笔
        the bank takes at most {0} a file = 银行每个文件最多接受 {0} 元
        the bank takes at most {0} = 银行最多接受 {0} 笔
        stands at position {0} = 所在位置是第 {0} 笔
        must be above 0 and at most {0} yuan = 须大于 0 且不超过 {0} 元
        is empty = 为空
        is missing = 缺失
        the head says {0} rows, {1} were written = 文件头为 {0} 笔, 实际写入 {1} 笔
        the head says {0}, the rows come to {1} = 文件头为 {0} 元, 明细合计 {1} 元
        is above the bank's limit of a file = 超过银行对一个文件的限额
        holds U+{0}, which the form does not allow = 含有格式不允许的字符 U+{0}
        the bank answers by position: the reference must be it = 银行按位置答复, 参考号须等于位置
        another bank's account needs the bank's name = 他行账户须写明开户行名称
        the last of these hours is past on the day of execution = 执行日已过最后一个可选时点
        the line is too long = 行太长
        the line is too long for a statement = 行太长, 不是对账单
        does not begin with [BatchPayDetail] = 开头不是 [BatchPayDetail]
        the second line must be the query time = 第二行应为查询时间
        the third line must be the batch number = 第三行应为批次号
        the column names must follow = 其后应为列名
        the column {0} is missing = 缺少列 {0}
        limit of {0} = 个数须在 {0} 以内
        {0} fields under {1} columns = {1} 列之下有 {0} 个字段
        {0} fields instead of {1} = 有 {0} 个字段, 应为 {1} 个
        is not BATCH-SERIAL = 不是 批次号-序号
        is not a number = 不是数字
        is not {0} = 不是 {0}
        {0} is not {1} = {0} 不是 {1}
        is no figure of this form = 不是此格式的数字
        is no amount of this form = 不是此格式的金额
        is not a day of this form = 不是此格式的日期
        is not a position in the file = 不是文件中的位置
        the rows listed come to {0} = 所列各行合计为 {0}
        holds nothing of this form = 没有此格式的内容
        the line {0} is missing before this = 此前缺少行 {0}
        is not as long as this head line is = 长度与此表头行不符
        the record is {0} bytes long = 记录长 {0} 字节
        no row of this form has {0} fields = 此格式没有 {0} 个字段的行
        {0} rows announced, the message ends in row {1} = 所写为 {0} 行, 报文到第 {1} 行就结束
        goes on behind its last row = 末行之后还有内容
        the packet head has {0} bytes, the message {1} = 报文头应为 {0} 字节, 报文只有 {1} 字节
        is no number of rows = 不是行数
        the headings are not {0} = 表头不是 {0}
        bytes that are not {0} = 有不是 {0} 的字节
        a quoted field does not end = 引号没有结束
        the statement ends before its entries = 对账单在明细之前就结束
        not a date yyyy-MM-dd = 不是 yyyy-MM-dd 形式的日期
        """;

    /// <summary>XML and JSON of single banks.</summary>
    public const string Trees = """
        is no character set of this bank = 不是该银行的字符集
        holds no block of an answer: {0} = 没有答复的内容: {0}
        {0} rows are settled = 成功的有 {0} 笔
        the settled rows come to {0} fen = 成功各行合计 {0} 分
        a block has too many fields = 一个数据块的字段太多
        is not text in {0} = 不是 {0} 文本
        is not an amount in yuan = 不是以元为单位的金额
        is not a count = 不是笔数
        is not a day yyyyMMdd = 不是 yyyyMMdd 形式的日期
        the document ends too early = 文档未完就结束
        text stands between elements = 元素之间有文字
        is not XML = 不是 XML
        the document is not one CMBSDKPGK = 文档不是一个 CMBSDKPGK
        the root is closed under another name = 根元素以另一名称结束
        a block's name is too long = 数据块的名称太长
        a block is closed under another name = 数据块以另一名称结束
        a field is too long or not closed = 字段太长或没有结束
        a field holds an element = 字段之内有元素
        is no JSON object = 不是 JSON 对象
        is not JSON in UTF-8 = 不是 UTF-8 的 JSON
        a text is too long = 一处文本太长
        the document is too deep = 文档层次太深
        a token is too long = 一个记号太长
        holds no row, and no word on the file = 没有明细, 也没有对文件的答复
        stands twice = 出现两次
        {0} stands twice = {0} 出现两次
        the row is too long = 明细太长
        stands before what tells the form, or where it has none = 在说明格式的字段之前, 或没有这个位置
        something stands behind the document = 文档之后还有内容
        an element is closed under another name = 元素以另一名称结束
        a text is too long or its element not closed = 文本太长或元素没有结束
        an element holds both a text and elements = 元素之内既有文本又有元素
        the XML declaration is not closed = XML 声明没有结束
        the XML declaration is malformed = XML 声明格式错误
        a tag is too long or not closed = 标记太长或没有结束
        DTD, comment, CDATA or instruction is not allowed = 不允许 DTD、注释、CDATA 或处理指令
        is not a plain tag = 不是简单的标记
        """;

    /// <summary>ISO 20022, MT940 and statements.</summary>
    public const string Messages = """
        the message holds no {0} = 报文中没有 {0}
        says neither account nor balances nor entries = 没有账户、余额和明细
        statement {0} states no {1}: it is read, and cannot be booked = 对账单 {0} 没有 {1}: 已读取, 不能入账
        report {0} states no {1} = 账户报告 {0} 没有 {1}
        record {0} has no readable amount, sign or booking date = 第 {0} 条没有可识读的金额、借贷方向或记账日
        record {0} states no amount = 第 {0} 条没有金额
        the entries come to {0} = 明细合计为 {0}
        the entries are {0} and come to {1} fen = 明细为 {0} 条, 合计 {1} 分
        closes at {0}, its opening balance and entries come to {1} fen = 期末 {0}, 期初加明细为 {1} 分
        closes at {0}, its opening balance and entries come to {1} = 期末 {0}, 期初加明细为 {1}
        {0} fen = {0} 分
        not a page number = 不是页号
        the document is a {0} = 文档是 {0}
        stands here already = 已经出现过
        not a row reference of 8 digits = 不是 8 位数字的行参考号
        the message is no pain.002, camt.029, camt.052, camt.053 or camt.054 = 不是认识的 ISO 20022 报文
        not between 0.01 and {0} = 不在 0.01 与 {0} 之间
        character {0} cannot stand in XML text = 第 {0} 个字符不能写入 XML
        a tag or comment of more than {0} bytes = 标记或注释超过 {0} 字节
        nested deeper than {0} elements = 嵌套超过 {0} 层
        the XML declaration is not UTF-8 = XML 声明不是 UTF-8
        a value of {0} characters or longer = 一个值有 {0} 个字符或更长
        the currency is not CNY = 币种不是 CNY
        not an amount in yuan = 不是以元为单位的金额
        not a date = 不是日期
        a file holds at least one payment = 文件至少有一笔
        {0} payments were written = 写入了 {0} 笔
        the payments come to {0} = 各笔合计 {0}
        not a count = 不是笔数
        {0} lines of that status are listed = 列出了 {0} 笔此状态的明细
        states no readable balance and no currency: nothing can be counted = 没有可识读的余额和币种, 无法核算
        the account is in {0}, not in CNY = 账户币种是 {0}, 不是 CNY
        a statement without its account cannot be booked = 没有账户的对账单不能入账
        a statement without a readable opening balance cannot be booked = 期初余额不能识读的对账单不能入账
        a statement without a readable closing balance cannot be booked = 期末余额不能识读的对账单不能入账
        a statement without any number cannot be booked = 没有编号的对账单不能入账
        the message is no MT940 = 不是 MT940 报文
        is no entry = 不是明细
        """;
}
