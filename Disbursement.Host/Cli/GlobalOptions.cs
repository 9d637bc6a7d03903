using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Disbursement.Host.Cli;

/// <summary>One of the options every verb takes: its name, and how a command line's own copy of it is made.</summary>
/// <remarks>Parsing writes into options, so each command line has its own: several may be parsed side by
/// side.</remarks>
public sealed record GlobalOption<T>(string Name, string Description, Func<ArgumentResult, T>? Default = null,
    params IReadOnlyList<string> Among)
{
    internal Option<T> Make()
    {
        var option = new Option<T>(Name) { Recursive = true, Description = Description, DefaultValueFactory = Default };
        if (Among.Count > 0) option.AcceptOnlyFromAmong([.. Among]);
        return option;
    }

    internal Option<T> Of(ParseResult parse) =>
        (Option<T>)parse.RootCommandResult.Command.Options.First(o => o.Name == Name);
}

/// <summary>Options every verb takes.</summary>
public static class GlobalOptions
{
    public static readonly GlobalOption<string> Database = new("--db",
        "sqlite:PATH 或 postgres:CONNECTION / the database",
        _ => "sqlite:./data/disburse.db");
    public static readonly GlobalOption<bool> Json = new("--json", "输出一份 JSON / print one JSON document");
    public static readonly GlobalOption<string> Language = new("--lang", "zh 或 en / language",
        _ => OfLocale, "zh", "en");
    public static readonly GlobalOption<string?> Ledger = new("--ledger",
        "市(州)账本, 如 520100 / the ledger, by region");
    public static readonly GlobalOption<string?> As = new("--as", "办理人 / the person who decides");
    public static readonly GlobalOption<FileInfo?> Key = new("--key", "办理人的私钥 PEM / that person's private key");
    public static readonly GlobalOption<string?> At = new("--at",
        "时刻, 仅演练账本 / the moment, in a rehearsal ledger only");
    public static readonly GlobalOption<FileInfo?> Anchor = new("--anchor",
        "锚点文件或目录, 默认在数据库旁 / the anchor or a folder of them, by default beside the database");
    public static readonly GlobalOption<FileInfo?> LogKey = new("--log-key",
        "日志签名密钥, 默认密钥目录中的 log.key.pem / the key that signs the log, by default log.key.pem of the keys");

    public static readonly GlobalOption<DirectoryInfo?> Exchange = new("--exchange",
        "与银行交换文件的目录 / folder of the exchange with the banks");
    public static readonly GlobalOption<DirectoryInfo?> Keys = new("--keys", "密钥目录 (PEM) / folder of the keys");
    public static readonly GlobalOption<FileInfo?> Journal = new("--journal", "发送日志文件 / the send journal");

    public static readonly GlobalOption<FileInfo?> Links = new("--links",
        "银行连接文件, 默认 keys/links.json / how the banks are reached");

    public static readonly GlobalOption<FileInfo?> Adapters = new("--adapters",
        "外部适配器文件, 默认 keys/adapters.json / adapters and profiles from outside");

    /// <summary>The language of the machine's locale, whatever the program itself is set to since.</summary>
    private static string OfLocale =>
        CultureInfo.InstalledUICulture.TwoLetterISOLanguageName == "zh" ? "zh" : "en";

    /// <summary>
    /// Asked of the words themselves, since a line that does not parse has no options yet: the last --lang, or the
    /// locale.
    /// </summary>
    public static bool Chinese(IReadOnlyList<string> arguments)
    {
        var said = OfLocale;
        for (var i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            var word = arguments[i];
            if (word == "--lang" && i + 1 < arguments.Count) word += "=" + arguments[i + 1];
            if (word is "--lang=zh" or "--lang:zh" or "--lang=en" or "--lang:en") said = word[^2..];
        }
        return said == "zh";
    }

    public static void AddTo(RootCommand root)
    {
        foreach (var option in new Option[]
        {
            Database.Make(), Json.Make(), Language.Make(), Ledger.Make(), As.Make(), Key.Make(), At.Make(),
            Anchor.Make(), LogKey.Make(), Exchange.Make(), Keys.Make(), Journal.Make(), Links.Make(),
            Adapters.Make(),
        })
            root.Options.Add(option);
    }

    /// <summary>The option's value in this command line.</summary>
    public static T? GetValue<T>(this ParseResult parse, GlobalOption<T> option) => parse.GetValue(option.Of(parse));

    /// <summary>What was said of it, or null; its Implicit tells that nobody wrote it.</summary>
    public static OptionResult? GetResult<T>(this ParseResult parse, GlobalOption<T> option) =>
        parse.GetResult(option.Of(parse));
}

/// <summary>Exit statuses, as cli.md promises them.</summary>
public static class ExitStatus
{
    public const int Done = 0, FoundWrong = 1, BadUsage = 2, Refused = 3, WorldFailed = 4, Defect = 70;
}
