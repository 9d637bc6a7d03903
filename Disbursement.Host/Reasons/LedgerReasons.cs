namespace Disbursement.Host.Reasons;

/// <summary>What deciders note of an exception, and what is wrong with a log, a leaf or a proof. Form as in
/// <see cref="ReasonWords"/>.</summary>
internal static class LedgerReasons
{
    public const string Exceptions = """
        {0} of {1} lines = {0} 行 / 我方 {1} 行
        {0} of {1} rows not listed = {0} 行 / 未列明的有 {1} 行
        row {0} attempt {1} = 第 {0} 行第 {1} 次
        row {0} = 第 {0} 行
        statement {0} = 对账单 {0}
        {0} {1} of a file {2} = 答复 {0} {1}, 文件状态 {2}
        """;

    public const string Logs = """
        longer than {0} bytes = 超过 {0} 字节
        not UTF-8 = 不是 UTF-8
        the last line does not end = 末行没有结束
        line {0}: not {1} = 第 {0} 行: 不是 {1}
        line {0}: not a ledger = 第 {0} 行: 不是账本
        line {0}: not a number from 1 = 第 {0} 行: 不是从 1 起的编号
        line {0}: not a UTC time in microseconds = 第 {0} 行: 不是微秒的 UTC 时刻
        line {0}: not a decider = 第 {0} 行: 不是办理名称
        line {0}: unknown or out of order = 第 {0} 行: 不认识或次序有误
        line {0}: not a name = 第 {0} 行: 不是名称
        line {0}: {1} stands twice = 第 {0} 行: {1} 出现两次
        line {0}: not a value of {1} = 第 {0} 行: 不是 {1} 的值
        not the canonical text of this leaf = 不是此条日志的规范文本
        the head is not that of a proof = 开头不是证明
        a path or key cannot be read = 路径或公钥不能识读
        the leaf cannot be read = 日志条目不能识读
        there is no checkpoint behind the leaf = 日志条目之后没有检查点
        not UTF-8 lines of printable characters = 不是由可见字符组成的 UTF-8 文本行
        no signature lines behind an empty line = 空行之后没有签名行
        more than {0} signatures = 签名多于 {0} 个
        not a signature line: {0} = 不是签名行: {0}
        of a ledger that has no log = 其账本没有日志
        not a checkpoint = 不是检查点
        of another log or size = 属于另一日志或条数不同
        the leaves have another root at this size = 此条数处日志的根哈希不同
        not signed by the log's keys = 不是日志密钥所签
        it says another root = 所载根哈希不同
        it is not there = 不在库中
        its bytes are not those of its digest = 内容与摘要不符
        erased: subject_key has no {0} = 已删除: subject_key 中没有 {0}
        the subject_key {0} does not open it = subject_key {0} 打不开
        the key of {0} was erased = {0} 的密钥已删除
        shorter than a seal = 短于一个封存
        not a log any further = 此后不再是日志
        it repeats an earlier decision = 重复了先前的决定
        SQLite Error {0}: '{1}'. = SQLite 错误 {0}: {1}
        no such table: {0} = 没有表 {0}
        no such column: {0} = 没有列 {0}
        file is not a database = 文件不是数据库
        database disk image is malformed = 数据库文件已损坏
        database is locked = 数据库被占用
        unable to open database file = 数据库文件打不开
        attempt to write a readonly database = 数据库只读
        """;
}
