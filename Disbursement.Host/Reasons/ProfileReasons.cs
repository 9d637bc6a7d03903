namespace Disbursement.Host.Reasons;

/// <summary>What is wrong with a bank profile, and what the conformance kit tries. Form as in
/// <see cref="ReasonWords"/>.</summary>
internal static class ProfileReasons
{
    public const string Forms = """
        separator: with delimited, and only with it = separator 只能且必须与 delimited 同用
        a separator, suffix or start is not {0} = separator、后缀或行首不是 {0}
        quoting: with delimited only = quoting 只能与 delimited 同用
        rowsPerPacket: 0 to 50000 = rowsPerPacket 为 0 至 50000
        exactly one row record = 须恰好有一种明细记录 (row)
        a row or columns record = 须有 row 或 columns 记录
        lineEnd none: with fixed-width only = lineEnd none 只能与 fixed-width 同用
        without line ends: one packet record with packetRows and one row record
        = 没有行尾时须有一种含 packetRows 的 packet 记录和一种 row 记录
        rowsPerPacket and a packet record go together = rowsPerPacket 与 packet 记录须同时有
        each row needs {0} = 每笔明细须有 {0}
        at most {0} fields = 最多 {0} 个字段
        {0} does not go out = {0} 不能用于发出的文件
        {0} is of a row = {0} 只能用于明细
        {0} is of no question = {0} 不能用于查询
        width: 0 to 4096 = width 为 0 至 4096
        padWith: one character of ASCII = padWith 为一个 ASCII 字符
        pad needs a width = 有 pad 就须有 width
        its text is not {0} = 其 text 不是 {0}
        a text goes with the value text = text 只能与 value 为 text 同用
        of head, tail and columns records only = 只能用于 head、tail 和 columns 记录
        ends before the first separator = 须止于第一个 separator 之前
        stands where the line starts: with value text only = 位于行首 (starts) 之内, 只能用 text
        no fileReference, no endToEnd, no option referenceFrom of name: of no file
        = 没有 fileReference、endToEnd, 选项 referenceFrom 也不是 name: 不知属于哪个文件
        needs its width = 须有 width
        needs a side to be filled on = 须说明在哪一侧填充
        {0} is no format of a day = {0} 不是日期格式
        is no format of a moment = 不是时刻格式
        hours HHmmss, rising = 须为递增的 HHmmss 时点
        JSON is UTF-8 = JSON 须为 UTF-8
        one record, coming in one or more = 发出的须恰好一种记录, 收到的至少一种
        a question is one record of a tree, without rows = 查询须为一种没有明细的 tree 记录
        going out: one field of value rows, no rows path, no when = 发出的须有一个 value 为 rows 的字段, 不得有 rows 路径和 when
        coming in: a rows path, no field of value rows = 收到的须有 rows 路径, 不得有 value 为 rows 的字段
        when and is go together = when 与 is 须同时有
        rows have row fields = 有明细就须有明细字段
        {0} is no path = {0} 不是路径
        is no path = 不是路径
        one root element = 须恰好有一个根元素
        a path stands twice = 路径重复
        a path leads through a field = 路径穿过一个字段
        the first member of an object cannot be left out = 对象的第一个成员不能省略
        rows do not come in so = 收到的明细不能这样写
        rows stand in no row = 明细之内不能再有明细
        an attribute is plain ASCII = 属性须为普通 ASCII
        card applications have no packets = 开卡申请不分包
        the bank does not offer https = 该银行不提供 https
        transport.answer does not say what the answer means = transport.answer 没有说明答复的含义
        signType is no content type = signType 不是内容类型
        {0} is empty = {0} 为空
        the path leads out of the link's address = 路径超出连接的地址
        exactly one field of the form is the signed file, no parameter of the address
        = 表单中须恰好有一个字段是已签名的文件, 地址参数中不得有
        {0} does not say where its text comes from = {0} 没有说明其内容从何而来
        """;

    public const string Checks = """
        the same plan gives the same bytes = 同样的计划得到同样的文件
        a full file is taken = 满额笔数的文件可以制作
        one row more is refused = 多一笔即拒绝
        a name of full width is taken = 最宽的户名可以写入
        a name one character wider is refused = 户名宽一个字符即拒绝
        an account of full width is taken = 最宽的账号可以写入
        an account one digit wider is refused = 账号宽一位即拒绝
        a row reference one digit wider is refused = 行参考号宽一位即拒绝
        a file reference one character wider is refused = 批次号宽一个字符即拒绝
        a wrong total is refused = 总金额不符即拒绝
        a wrong count is refused = 总笔数不符即拒绝
        the largest amount is taken = 最大金额可以写入
        one fen more is refused = 多一分即拒绝
        an amount of nothing is refused = 金额为零即拒绝
        a control character is refused with its row = 控制字符被拒绝, 并指明行
        a character outside the set is refused with its row = 字符集之外的字符被拒绝, 并指明行
        damaged messages give errors, never an exception = 损坏的报文给出错误, 不使程序中断
        what is sealed opens to the same bytes = 签名加密后打开, 内容不变
        a changed body does not open = 内容被改动即打不开
        a body without its signature does not open = 没有签名即打不开
        a message is delivered = 报文送达
        the same message again does no harm = 同一报文再送一次无妨
        a name is never overwritten = 同名文件不被覆盖
        a full batch of card applications is taken = 满额的开卡申请可以制作
        one application more is refused = 多一份开卡申请即拒绝
        an applicant's name wider than the bank takes is refused = 开卡申请人姓名过宽即拒绝
        an application without identity number is refused = 没有证件号码的开卡申请即拒绝
        a control character in an application is refused with its row = 开卡申请中的控制字符被拒绝, 并指明行
        a wrong count of applications is refused = 开卡申请份数不符即拒绝
        the transport knows what it delivered = 能查到已送达的文件
        what arrives is what was sent = 收到的就是发出的
        an answer is taken as it was laid out = 答复按原样取回
        the answers to a file say what became of each row = 文件的答复逐行说明结果
        the answer to a question says what became of each row = 查询的答复逐行说明结果
        the answer to a recall says which row was called back = 撤销的答复说明撤回了哪些行
        the answer to card applications has an account or a reason for each = 开卡的答复逐人给出账号或原因
        a statement is read and adds up = 对账单可读取且勾稽相符
        not what the bank did: {0} messages, {1} lines, {2} errors = 与银行所为不符: 报文 {0}, 行 {1}, 错误 {2}
        what is acknowledged is not listed again = 确认收妥后不再列出
        a server to try it on = 供试验的服务
        {0}: a server to try it on = {0}: 供试验的服务
        {0} is read = {0} 可以识读
        {0} bytes = {0} 字节
        {0} rows, {1} bytes = {0} 笔, {1} 字节
        {0} heads, {1} lines, {2} errors = {0} 个报文头, {1} 行, {2} 处错误
        {0}; line {1}, byte {2}, {3} '{4}': {5} = {0}; 第 {1} 行第 {2} 字节处 {3} “{4}”: {5}
        {0} damaged messages = {0} 份损坏的报文
        was taken = 竟然接受了
        row {0}, {1}: {2} = 第 {0} 笔, {1}: {2}
        give a link, and --transport {0} = 给出连接文件, 并加 --transport {0}
        no OpenSSH server (sshd) on this machine = 本机没有 OpenSSH 服务 (sshd)
        run it as a user other than root, or install libnss-wrapper = 请以 root 以外的用户运行, 或安装 libnss-wrapper
        {0} ended with {1}: {2} = {0} 以 {1} 结束: {2}
        the OpenSSH server does not start: {0} = OpenSSH 服务不能启动: {0}
        """;
}
