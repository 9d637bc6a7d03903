namespace Disbursement.Host.Reasons;

/// <summary>What .NET's readers and the system say, as far as files and messages of people and banks provoke it; a
/// test provokes each. Form as in <see cref="ReasonWords"/>.</summary>
internal static class LibraryReasons
{
    public const string Parsers = """
        The provided data does not represent a valid tag. = 不是 DER 编码 (没有有效的标签)
        The encoded length is not valid under {0} = DER 编码的长度有误
        The encoded value is not valid under {0} = 编码是 BER, 不是 DER
        The ASN.1 value is invalid. = DER 编码的值有误
        The provided data is tagged with {0}, but it should have been {1}. = DER 标签是 {0}, 应为 {1}
        The last expected value has been read, but the reader still has pending data.{0} = DER 编码之后还有内容
        The encoded length exceeds the number of bytes remaining in the input buffer. = DER 编码的长度超出文件
        {0} Line {1}, position {2}. = {0} (第 {1} 行第 {2} 位)
        Root element is missing. = 没有根元素
        Data at the root level is invalid. = 根元素之外有不该有的内容
        There are multiple root elements. = 根元素不止一个
        Unexpected end of file has occurred. The following elements are not closed: {0}.
        = 文件未完就结束, 元素 {0} 没有结束
        Unexpected end of file while parsing {0} has occurred. = 文件未完就结束 (正在读 {0})
        Unexpected end of file has occurred. = 文件未完就结束
        The '{0}' start tag on line {1} position {2} does not match the end tag of '{3}'.
        = 第 {1} 行第 {2} 位开始的 {0} 以 {3} 结束
        Name cannot begin with the '{0}' character, hexadecimal value {1}. = 名称不能以 '{0}' ({1}) 开头
        The '{0}' character, hexadecimal value {1}, cannot be included in a name. = 名称中不能有 '{0}' ({1})
        '{0}', hexadecimal value {1}, is an invalid character. = '{0}' ({1}) 不是允许的字符
        '{0}' is an unexpected token. The expected token is '{1}'. = '{0}' 处应为 '{1}'
        For security reasons DTD is prohibited in this XML document. {0} = 不允许 DTD
        Invalid character in the given encoding. = 有不属于该字符集的字节
        '{0}' is a duplicate attribute name. = 属性 {0} 重复
        '{0}' is an undeclared prefix. = 前缀 {0} 没有声明
        Reference to undeclared entity '{0}'. = 引用了没有声明的实体 {0}
        Unexpected XML declaration. {0} = XML 声明不在文档开头
        """;

    public const string Systems = """
        Could not find file '{0}'. = 没有此文件: {0}
        Could not find a part of the path '{0}'. = 没有此目录: {0}
        Access to the path '{0}' is denied. = 没有权限访问 {0}
        The file '{0}' already exists. = 文件 {0} 已存在
        Permission denied : '{0}' = 没有权限: {0}
        Permission denied = 没有权限
        No space left on device : '{0}' = 磁盘已满: {0}
        No space left on device = 磁盘已满
        Read-only file system : '{0}' = 文件系统只读: {0}
        Read-only file system = 文件系统只读
        No such file or directory = 没有此文件或目录
        Not a directory = 不是目录
        Is a directory = 是目录
        File exists = 文件已存在
        Connection refused = 连接被拒绝
        {0}: No such file or directory = {0}: 没有此文件或目录
        {0}: Permission denied = {0}: 没有权限
        {0}: No space left on device = {0}: 磁盘已满
        {0}: Read-only file system = {0}: 文件系统只读
        {0}: Not a directory = {0}: 不是目录
        """;

    public const string Servers = """
        Failed to connect to {0} = 无法连接 {0}
        Exception while reading from stream = 连接中断
        Exception while writing to stream = 连接中断
        canceling wait for synchronous replication due to user request = 等待备库超时
        No suitable host was found. = 没有可写入的服务器
        terminating connection due to administrator command = 服务器断开了连接
        terminating connection because of crash of another server process = 服务器因故障断开了连接
        the database system is starting up = 服务器正在启动
        the database system is shutting down = 服务器正在停止
        the send journal could not be written: {0} = 发送日志无法写入: {0}
        the lease was over before the call: it was not made = 发送租期在呼叫之前已过, 没有呼叫
        the database system is in recovery mode = 服务器正在恢复
        """;
}
