using System.CommandLine;
using System.Globalization;

namespace Disbursement.Host.Cli;

/// <summary>Options every verb takes.</summary>
public static class GlobalOptions
{
    public static readonly Option<string> Database = new("--db")
    {
        Recursive = true,
        Description = "sqlite:PATH 或 postgres:CONNECTION / the database",
        DefaultValueFactory = _ => "sqlite:./data/disburse.db",
    };
    public static readonly Option<bool> Json = new("--json")
    {
        Recursive = true,
        Description = "输出一份 JSON / print one JSON document",
    };
    public static readonly Option<string> Language = new("--lang")
    {
        Recursive = true,
        Description = "zh 或 en / language",
        DefaultValueFactory = _ => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh" : "en",
    };
    public static readonly Option<string?> Ledger = new("--ledger")
    {
        Recursive = true,
        Description = "市(州)账本, 如 520100 / the ledger, by region",
    };
    public static readonly Option<string?> As = new("--as")
    {
        Recursive = true,
        Description = "办理人 / the person who decides",
    };
    public static readonly Option<FileInfo?> Key = new("--key")
    {
        Recursive = true,
        Description = "办理人的私钥 PEM / that person's private key",
    };
    public static readonly Option<string?> At = new("--at")
    {
        Recursive = true,
        Description = "时刻, 仅演练账本 / the moment, in a rehearsal ledger only",
    };
    public static readonly Option<FileInfo?> Anchor = new("--anchor")
    {
        Recursive = true,
        Description = "锚点文件, 默认在数据库旁 / the anchor, by default beside the database",
    };
    public static readonly Option<FileInfo?> LogKey = new("--log-key")
    {
        Recursive = true,
        Description = "日志签名密钥, 默认 keys/log.key.pem / the key that signs the log",
    };

    public static readonly Option<string?> Exchange = new("--exchange")
    {
        Recursive = true,
        Description = "与银行交换文件的目录 / folder of the exchange with the banks",
    };
    public static readonly Option<string?> Keys = new("--keys")
    {
        Recursive = true,
        Description = "密钥目录 (PEM) / folder of the keys",
    };
    public static readonly Option<string?> Journal = new("--journal")
    {
        Recursive = true,
        Description = "发送日志文件 / the send journal",
    };

    public static readonly Option<string?> Links = new("--links")
    {
        Recursive = true,
        Description = "银行连接文件, 默认 keys/links.json / how the banks are reached",
    };

    public static void AddTo(RootCommand root)
    {
        Language.AcceptOnlyFromAmong("zh", "en");
        foreach (var option in new Option[]
        {
            Database, Json, Language, Ledger, As, Key, At, Anchor, LogKey, Exchange, Keys, Journal, Links,
        })
            root.Options.Add(option);
    }
}

/// <summary>Exit statuses, as cli.md promises them.</summary>
public static class ExitStatus
{
    public const int Done = 0, FoundWrong = 1, BadUsage = 2, Refused = 3, WorldFailed = 4, Defect = 70;
}
