namespace Disbursement.Host.Reasons;

/// <summary>What a sending came to, and why. Form as in <see cref="ReasonWords"/>.</summary>
internal static class TransportReasons
{
    public const string Links = """
        an answer without {0} = 答复中没有 {0}
        {0} {1} is neither a yes nor a no = {0} {1} 既不是受理也不是拒绝
        '{0}' is no name for an exchange: nothing was written = '{0}' 不能用作交换文件名, 未写入
        the same bytes stand there already = 已有同样的文件
        what stands under the name cannot be read: it may be ours = 同名文件不能读取, 可能就是我方的
        what stands under the name cannot be read: {0} = 同名文件不能读取: {0}
        no file was put under its name: {0} = 文件未能放到其名下: {0}
        written and renamed into place = 已写入并改名到位
        the rename was begun: {0} = 改名已开始: {0}
        '{0}' was never listed = '{0}' 从未列出
        412: other bytes stand under the name {0}: they were left as they are = 412: {0} 之名下已有另一文件, 未改动
        other bytes stand under the name {0}: they were left as they are = {0} 之名下已有另一文件, 未改动
        '{0}' is no https address = '{0}' 不是 https 地址
        longer than the {0} bytes agreed: nothing was sent = 超过约定的 {0} 字节, 未发送
        longer than the {0} bytes of a packet: nothing was sent = 超过报文的 {0} 字节, 未发送
        {0} to the signature: the body was not offered = 对签名文件答复 {0}, 未发送正文
        {0} to the body = 对正文答复 {0}
        no answer to the body: {0} = 正文发出后没有答复: {0}
        no byte of the body left: {0} = 正文没有发出: {0}
        {0} has no from-bank/ = {0} 没有 from-bank/
        {0} takes no acknowledgement = {0} 不接受收妥确认
        the file was handed over before = 文件此前已交出
        the link gives {0}, which comes from the file = 连接给出了 {0}, 而它应取自文件
        the file has no {0} = 文件中没有 {0}
        {0}: nothing was posted = {0}: 未提交
        no answer of the signing service: {0} = 签名服务没有答复: {0}
        the signing service said {0} = 签名服务答复 {0}
        the signing service's answer has no {0} = 签名服务的答复中没有 {0}
        the signing service's {0} is {1} = 签名服务的 {0} 为 {1}
        the signing service's {0} is no Base64 = 签名服务的 {0} 不是 Base64
        {0} to the form = 对表单答复 {0}
        no answer to the form: {0} = 表单发出后没有答复: {0}
        no byte of the form left: {0} = 表单没有发出: {0}
        the packet's head is no flag and length = 报文头不是标志和长度
        the packet is encrypted, which was not agreed = 报文已加密, 与约定不符
        an answer of {0} bytes: more than agreed = 答复有 {0} 字节, 超过约定
        a packet has no place for a signature beside its content = 报文中没有放签名的位置
        no answer to the packet: {0} = 报文发出后没有答复: {0}
        no connection: {0} = 没有连接: {0}
        {0} is longer than the {1} bytes agreed: it was not taken = {0} 超过约定的 {1} 字节, 未收取
        the link names neither key nor password = 连接中没有密钥也没有口令
        the private key '{0}' cannot be used: {1} = 私钥 '{0}' 不能使用: {1}
        there is no secret '{0}' = 没有口令 '{0}'
        the body was not named: {0} = 正文未能命名: {0}
        no answer to the rename: {0} = 改名后没有答复: {0}
        renamed into place; the session then broke: {0} = 已改名到位, 随后会话中断: {0}
        the server has no folder {0} = 服务器上没有目录 {0}
        the server has {0} bytes of {1}: not renamed = 服务器上只有 {1} 字节中的 {0} 字节, 未改名
        after the rename the server shows {0} bytes of {1} = 改名后服务器上显示 {1} 字节中的 {0} 字节
        the signature got no name: {0} = 签名文件未能命名: {0}
        the rename was refused, and nothing stands there: {0} = 改名被拒绝, 那里没有文件: {0}
        the server refused the rename and shows nothing: {0} = 服务器拒绝改名, 也不显示文件: {0}
        the send journal could not be written: {0} = 发送日志未能写入: {0}
        """;
}
