using Disbursement.Host.Reasons;

namespace Disbursement.Host.Cli;

/// <summary>Wrong usage: said on standard error in the user's language, exit status 2.</summary>
/// <param name="doZh">What to do, where the words before do not say it, as <paramref name="doEn"/>; or empty.</param>
public sealed class UsageException(string zh, string en, string doZh = "", string doEn = "") : Exception(en)
{
    public string Text(bool chinese) => chinese ? zh : Message;

    /// <summary>The lines a user is told: what is wrong, and on a line of its own what to do.</summary>
    public IReadOnlyList<string> Lines(bool chinese) =>
        doEn.Length == 0 ? [Text(chinese)] : [Text(chinese), $"  → {(chinese ? doZh : doEn)}"];
}

/// <summary>
/// Everything the program says of wrong usage, in both languages. What a line breaks that does not parse at all is told
/// by <see cref="ParseWords"/>.
/// </summary>
internal static class Usage
{
    public static UsageException NoVerb => new(
        "请给出命令; 用 disburse help 查看", "name a verb; disburse help lists them");
    public static UsageException NoSuchVerb(string words) => new(
        $"没有命令 “{words}”; 用 disburse help 查看", $"no verb \"{words}\"; disburse help lists them");
    public static UsageException NoLedger => new(
        "尚无账本: 先运行 init --ledger 地区", "no ledger here yet: run init --ledger REGION");
    public static UsageException SeveralLedgers => new(
        "有多个账本: 用 --ledger 指定一个", "several ledgers here: name one with --ledger");
    public static UsageException InitNeedsLedger => new("init 须有 --ledger 地区", "init needs --ledger REGION");
    public static UsageException RehearsalOnly => new(
        "--at 只能用于演练账本: 去掉 --at; 要演练请另建, 如 init --ledger 520100 --rehearsal --db sqlite:./rehearsal.db",
        "--at works in rehearsal ledgers only: leave it out; to rehearse make one, such as init --ledger 520100 "
        + "--rehearsal --db sqlite:./rehearsal.db");
    public static UsageException NoFen => new("--fen 须大于零", "--fen is above zero");
    public static UsageException AsNeedsKey => new("--as 须同时给出 --key 私钥文件", "--as needs --key FILE");
    public static UsageException OlderSchema => new(
        "数据库结构较旧: 先运行 init --ledger 地区 升级",
        "the database is of an older schema: run init --ledger REGION to bring it up");
    public static UsageException NewerProgram(string script) => new(
        $"数据库由较新版本的程序建立 (结构脚本 {script} 此处没有): 用那个版本的程序打开",
        $"a newer program made this database (this one has no script {script}): open it with that program");
    public static UsageException OtherProgram(string script) => new(
        $"数据库由另一版本的程序建立 (结构脚本 {script} 不同), 未作任何改动: 用那个版本的程序打开, "
        + "或用本程序从其日志重建: audit rebuild --into sqlite:新文件",
        $"another version of this program made this database (its script {script} differs); nothing was changed: open "
        + "it with that version, or let this one build a new database from its log: audit rebuild --into sqlite:NEW");
    public static UsageException NoRulePack => new(
        "未采用预警规则包: 再运行一次 init", "no rule pack adopted: run init again");
    public static UsageException ReceiveNeedsProfile => new(
        "bank receive 报文文件 须有 --profile", "bank receive FILE needs --profile");
    public static UsageException ProveNeeds => new(
        "audit prove 须有 --claim 编号 或 --check 文件", "audit prove needs --claim N or --check FILE");
    public static UsageException PlanNeeds => new(
        "release plan 须有工资表编号, 或 --obligation 编号, 不能两者都有",
        "release plan PAYROLL… or --obligation N, and not both");
    public static UsageException CardResolveNeeds => new(
        "card resolve 须有 --arrived 或 --never-arrived, 不能两者都有",
        "card resolve BATCH --arrived or --never-arrived, and not both");
    public static UsageException PayeeNeeds => new(
        "须有 --document 摘要, 或 --worker 编号 --version 版本", "give --document DIGEST, or --worker N --version N");
    public static UsageException IntoHolds => new(
        "--into: 该数据库已有账本", "--into: the database already holds a ledger",
        "指明一个新的数据库, 如 --into sqlite:新文件; 只与现有数据库比对的, 不加 --into",
        "Name a new database, such as --into sqlite:NEW; to compare with the one there is, leave --into out");
    public static UsageException NoDay(string text) => new(
        $"--on: “{text}” 不是日期, 如 2026-06-30", $"--on: \"{text}\" is no day such as 2026-06-30");
    public static UsageException NoPeriod(string text) => new(
        $"--period: “{text}” 不是时间段, 如 2026-01-01..2026-01-31",
        $"--period: \"{text}\" is no period such as 2026-01-01..2026-01-31");
    public static UsageException ConfirmNeeds => new(
        "worker confirm 须有 --payroll 编号 或 --receipt 应付工资编号, 不能两者都有",
        "worker confirm WORKER --payroll N or --receipt CLAIM, and not both");
    public static UsageException BackupThere(string path) => new(
        $"备份文件 {path} 已存在, 不覆盖", $"the backup {path} is there already and is not written over",
        "另起文件名", "name another file");
    public static UsageException BackupOfServer => new(
        "PostgreSQL 数据库用其自带工具备份", "a PostgreSQL database is backed up by its own tools",
        "用 pg_dump -Fc, 或 pg_basebackup 加 WAL 归档; 见 specs/operations.md",
        "Use pg_dump -Fc, or pg_basebackup with a WAL archive: specs/operations.md");
    public static UsageException DemoDatabaseHolds => new(
        "--db: 该数据库已有账本; 演示请用空的数据库",
        "--db: this database holds a ledger already; name an empty one for a demo");
    public static UsageException BenchShape => new(
        "--lines 从 1 起; --payroll-size 为 1 至 50000", "--lines from 1; --payroll-size from 1 to 50000");
    public static UsageException BenchCodecs => new(
        "--lines 为 1 至 9999999; --runs 为 1 至 99", "--lines from 1 to 9999999; --runs from 1 to 99");
    public static UsageException BenchLog => new(
        "--leaves 为 100 至 10000000", "--leaves from 100 to 10000000");
    public static UsageException BenchOnPostgres => new(
        "--ledgers 在 PostgreSQL 上运行: 用 --db postgres:… 指定服务器, 或不加 --db",
        "--ledgers runs on PostgreSQL: name a server with --db postgres:…, or none");
    public static UsageException NoPostgres => new(
        "bench: 本机没有 PostgreSQL (Debian: postgresql); 可用 --db postgres:… 指定服务器",
        "bench: no PostgreSQL here (Debian: postgresql); or name a server with --db postgres:…");

    /// <param name="option">Where it was named, such as "--key "; empty for an argument.</param>
    public static UsageException NoFile(object file, string option = "") => new(
        $"{option}{file}: 没有此文件", $"{option}{file}: no such file",
        "核对文件名; 相对路径从当前目录算起", "Check the name; a relative path begins in the folder you are in");

    /// <param name="body">The file whose signature it is, as far as its name says.</param>
    public static UsageException SignatureNamed(object file, string body, bool isThere) => new(
        $"{file}: 是签名文件, 不是报文; 所签的是 {body}" + (isThere ? "" : ", 但不在旁边"),
        $"{file}: is a signature, no message; it belongs to {body}" + (isThere ? "" : ", which is not beside it"),
        "指明所签的文件, 签名在旁自会读取", "Name the file it belongs to: the signature beside it is read with it");

    public static UsageException NoPartner(string profile, IEnumerable<string> among) => new(
        $"--profile {profile}: 样例银行只认随附的配置, 不认外部配置; 可用: {string.Join(", ", among)}",
        $"--profile {profile}: the sandbox bank plays profiles that ship, and none from outside; there are: "
        + string.Join(", ", among),
        "文件格式与某个随附配置相同的, 用其编号; 外部配置用 profile test 试验",
        "Where the files have the form of one that ships, name that; try an outside profile with profile test");

    public static UsageException NoProfile(object named) => new(
        $"{named}: 没有此文件, 也没有此编号的配置", $"{named}: no such file, and no profile of that id",
        "用 profile list 查看编号; 相对路径从当前目录算起",
        "See the ids with profile list; a relative path begins in the folder you are in");

    public static UsageException NoFolder(object folder) => new(
        $"{folder}: 没有此目录", $"{folder}: no such folder",
        "核对目录名; 相对路径从当前目录算起", "Check the name; a relative path begins in the folder you are in");

    /// <param name="folder">Of the keys, as it was named.</param>
    public static UsageException NoKey(string folder, string name) => new(
        $"--keys {folder}: 其中没有 {name}", $"--keys {folder}: no {name} in it",
        "把它以该名放入目录, 或用 --keys 指明另一目录; 各文件见 specs/envelopes.md 和 specs/sandbox-bank.md",
        "Put it there under that name, or name another folder with --keys; which files belong there: "
        + "specs/envelopes.md, specs/sandbox-bank.md");

    public static UsageException NoCertificate(string file) => new(
        $"{file}: 不能用作证书", $"{file}: no certificate to use",
        "请客户重新提供其证书 (PEM)", "Ask the customer for the certificate again, as PEM");

    /// <param name="option">As of <see cref="NoFile"/>.</param>
    public static UsageException FolderNamed(string path, string option) => new(
        $"{option}{path}: 是目录, 不是文件", $"{option}{path}: is a folder, no file", "指明其中的文件", "Name a file in it");

    /// <param name="option">As of <see cref="NoFile"/>.</param>
    public static UsageException FileNamed(string path, string option) => new(
        $"{option}{path}: 是文件, 不是目录", $"{option}{path}: is a file, no folder", "指明目录", "Name a folder");

    /// <summary>A key or certificate that cannot be used, and why.</summary>
    public static UsageException Unusable(object file, string fault) => new(
        $"{file}: 不能用作证书: {ReasonWords.Of(fault, true)}", $"{file}: no certificate to use: {fault}");

    public static UsageException NoPrivateKey(object file) => new(
        $"--key {file}: 不是可用于签名的私钥; 请给出 Ed25519 或 SM2 私钥的 PEM 文件",
        $"--key {file}: no private key this program signs with; give the PEM of an Ed25519 or SM2 one");

    /// <param name="fault">What the file is instead.</param>
    public static UsageException NoPublicKey(object file, string fault) => new(
        $"--public-key {file}: 不是可登记的公钥: {ReasonWords.Of(fault, true)}", $"--public-key {file}: {fault}");

    public static UsageException NoSqlite(string path) => new(
        $"sqlite:{path}: 不是 SQLite 数据库, 或已损坏; 请换一个文件, 恢复备份, 或移走此文件后运行 init --ledger 地区",
        $"sqlite:{path}: this file is no SQLite database, or is damaged; name another file, put back a backup, or move "
        + "this one away and run init --ledger REGION");

    public static UsageException NoSuchLedger(long ledger) => new(
        $"--ledger {ledger}: 数据库中没有此账本; 用 ledger list 查看, 或运行 init --ledger {ledger}",
        $"--ledger {ledger}: no such ledger in this database; see ledger list, or run init --ledger {ledger}");

    public static UsageException AnchorOfOne(string path, int ledgers) => new(
        $"--anchor {path}: 一个文件只能是一个账本的锚点, 此处有 {ledgers} 个账本; 请建一个目录并指明该目录, 每个账本各有一份",
        $"--anchor {path}: one file is the anchor of one ledger, and here are {ledgers}; make a folder and name that: "
        + "each ledger has its own in it");

    public static UsageException NoRegion(string text) => new(
        $"--ledger {text}: 没有此代码或名称的地区", $"--ledger {text}: no region of that code or name");

    public static UsageException DaysTurned => new("--to 早于 --from", "--to lies before --from");

    public static UsageException NoRehearsal(long ledger) => new(
        $"账本 {ledger} 已存在, 且不是演练账本", $"ledger {ledger} stands, and is no rehearsal");

    public static UsageException NoDatabase(string database) => new(
        $"--db {database}: 其中没有账本; 用 init --ledger 地区 建立, 或用 --db 指定另一个",
        $"--db {database}: no ledger there; make one with init --ledger REGION, or name another with --db");

    public static UsageException ListLimit(int most) => new(
        $"--limit 为 1 至 {most}", $"--limit from 1 to {most}");

    public static UsageException NoDialect(string text, string option) => new(
        $"{option} {text}: 请写 sqlite:路径 或 postgres:连接",
        $"{option} {text}: give sqlite:PATH or postgres:CONNECTION");

    public static UsageException NoInstant(string text) => new(
        $"--at {text}: 请写时刻, 如 2026-02-13T01:00:00Z", $"--at {text}: give an instant such as 2026-02-13T01:00:00Z");

    public static UsageException DayNeeded => new(
        "须有 --date 日期 (如 2026-01-31), 或 --at 时刻, 或两者", "give --date DAY (such as 2026-01-31), --at INSTANT, or both");

    public static UsageException NoDay(string option, string text) => new(
        $"{option} {text}: 请写日期, 如 2026-01-31", $"{option} {text}: give a day such as 2026-01-31");

    public static UsageException NoMonth(string option, string text) => new(
        $"{option} {text}: 请写月份, 如 2026-01", $"{option} {text}: give a month such as 2026-01");

    public static UsageException NoQuarter(string text) => new(
        $"{text}: 请写季度, 如 2026Q1", $"{text}: give a quarter such as 2026Q1");

    public static UsageException MonthsReversed(string from, string to) => new(
        $"--to {to} 早于 --from {from}", $"--to {to} is before --from {from}");

    public static UsageException NoNumbers(string list) => new(
        $"--claims {list}: 请写编号, 以逗号分隔, 如 3,17",
        $"--claims {list}: give numbers with commas between, such as 3,17");

    public static UsageException KindNeedsProfile(string kind) => new(
        $"--kind {kind} 须有 --profile", $"--kind {kind} needs --profile");

    public static UsageException ProfileGoesWith(string kind) => new(
        $"--profile 只能与 --kind {kind} 同用", $"--profile goes with --kind {kind} only");

    public static UsageException OfFile(string outcome, IEnumerable<string> among) => new(
        $"{outcome}: 对整个文件请用 {string.Join(", ", among)}; 对一行请加 --line",
        $"{outcome}: of a whole file say {string.Join(", ", among)}; or give --line");

    public static UsageException OfLine(string outcome, IEnumerable<string> among) => new(
        $"{outcome}: 对一行请用 {string.Join(", ", among)}", $"{outcome}: of a line say {string.Join(", ", among)}");

    public static UsageException NoDemoFolder(string folder) => new(
        $"--data {folder}: 其中有演示以外的文件; 请用空目录",
        $"--data {folder}: holds what is no demo's; name an empty folder");

    public static UsageException BenchLedgers(int most) => new(
        $"--ledgers 为 2 至 {most}: 每个市(州)一个", $"--ledgers from 2 to {most}: one for each prefecture");

    /// <summary>What the system said of a file it could not give, whose words are its own.</summary>
    public static UsageException Unreadable(Exception fault) => new(
        $"文件不能读取: {ReasonWords.Of(fault.Message, true)}", fault.Message);
}
