using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Sandbox;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Disbursement.Host.Cli;

/// <summary><c>disburse bank-sandbox</c>: a partner bank as a process of its own, on files alone.</summary>
public static class BankSandboxCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() => new("bank-sandbox",
        "A partner bank for tests and rehearsals: takes files, books, answers")
    {
        Run(), DayEnd(), Books(),
        Movement("deposit", "TRANSFER", 1, "Books money in"),
        Movement("fee", "FEE", -1, "Books a fee out"),
        Movement("court", "COURT", -1, "Books a court's deduction out"),
    };

    private static Command Run()
    {
        var bank = new SandboxOptions();
        var once = new Option<bool>("--once") { Description = "无待办即停止 / stop when nothing waits" };
        var command = new Command("run", "Handles every waiting file; without --once until stdin closes or SIGTERM")
        {
            bank.Profile, bank.Books, bank.Exchange, bank.Keys, bank.Date, bank.Seal, bank.Misbehave, once,
            SandboxServers.Https, SandboxServers.Packets, SandboxServers.Sftp,
        };
        command.SetAction(async (parse, stop) =>
        {
            var day = bank.Day(parse);
            var keys = bank.Held(parse);
            var (sandbox, exchange) = (bank.Bank(parse), bank.Standing(parse));
            if (!parse.GetValue(once))
            {
                using var servers = SandboxServers.Start(parse, bank.Chosen(parse), exchange,
                    parse.GetValue(bank.Keys)!,
                    (behaviour, name) => sandbox.Strikes(behaviour, name, day));
                return await Poll(() => sandbox.Pass(exchange, keys, day), stop);
            }
            PassCount count;
            do
            {
                count = sandbox.Pass(exchange, keys, day);
                Console.Error.WriteLine($"taken {count.Taken}, repeated {count.Repeated}, answers {count.Answers}");
            }
            while (count.Taken > 0);
            return 0;
        });
        return command;
    }

    private static async Task<int> Poll(Action pass, CancellationToken stop)
    {
        var closed = Task.Run(() => { while (Console.In.Read() >= 0) { } }, CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var last = closed.IsCompleted;
            pass();
            if (last) break;
            await Task.WhenAny(closed, Task.Delay(200, stop));
        }
        return 0;
    }

    private static Command DayEnd()
    {
        var bank = new SandboxOptions();
        var command = new Command("day-end",
            "Late returns and second answers that are due, then a statement per account")
            { bank.Profile, bank.Books, bank.Exchange, bank.Keys, bank.Date, bank.Seal };
        command.SetAction(parse =>
        {
            var day = bank.Day(parse);
            var keys = bank.Held(parse);
            Console.Error.WriteLine($"messages {bank.Bank(parse).EndDay(bank.Folders(parse), keys, day)}");
            return 0;
        });
        return command;
    }

    private static Command Books()
    {
        var bank = new SandboxOptions();
        var command = new Command("books", "What the bank credited, returned and holds") { bank.Profile, bank.Books };
        command.SetAction(parse =>
        {
            var report = bank.Bank(parse).Report();
            if (parse.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, s_json));
            else Print(report);
            return 0;
        });
        return command;
    }

    private static Command Movement(string verb, string kind, int sign, string description)
    {
        var bank = new SandboxOptions();
        var id = new Option<string>("--id") { Required = true, Description = "同一标识只发生一次 / makes it happen once" };
        var account = new Option<string>("--account") { Required = true, Description = "付款账户 / the payer account" };
        var fen = new Option<long>("--fen")
        { Required = true, Description = "金额 (分), 大于零 / amount in fen, above zero" };
        var party = new Option<string>("--payer")
        {
            DefaultValueFactory = _ => "",
            Description = "对方户名 / name of the other side"
        };
        var partyAccount = new Option<string>("--payer-account")
        {
            DefaultValueFactory = _ => "",
            Description = "对方账号 / its account"
        };
        var purpose = new Option<string>("--purpose")
        {
            DefaultValueFactory = _ => "",
            Description = "摘要 / text of the entry"
        };
        var command = new Command(verb, description)
            { bank.Profile, bank.Books, bank.Date, id, account, fen, party, partyAccount, purpose };
        command.SetAction(parse =>
        {
            if (parse.GetValue(fen) <= 0) throw Usage.NoFen;
            var day = bank.Day(parse);
            var posting = new Posting(day.Date, day.At, parse.GetValue(id)!, kind, parse.GetValue(account)!,
                sign * parse.GetValue(fen),
                parse.GetValue(party)!, parse.GetValue(partyAccount)!, parse.GetValue(purpose)!);
            if (bank.Bank(parse).Post(posting) != PostOutcome.OtherContent) return 0;
            Console.Error.WriteLine($"id {posting.Id} was used before with other content: choose another id");
            return 3;
        });
        return command;
    }

    private static void Print(BooksReport report)
    {
        var files = new Table().AddColumns("reference", "refusal", "rows", "total", "credited", "returned", "debited",
            "refunded", "misbehaves");
        foreach (var f in report.Files)
            files.AddRow(f.Reference, f.Refusal, Text(f.Rows), Text(f.TotalFen), Text(f.CreditedFen),
                Text(f.ReturnedFen),
                Text(f.DebitedFen), Text(f.RefundedFen), f.Misbehaves);
        var payers = new Table().AddColumns("payer account", "balance (fen)");
        foreach (var p in report.Payers) payers.AddRow(p.Account, Text(p.BalanceFen));
        var payees = new Table().AddColumns("payee account", "name", "credited (fen)", "returned (fen)", "net (fen)");
        foreach (var p in report.Payees)
            payees.AddRow(Markup.Escape(p.Account), Markup.Escape(p.Name), Text(p.CreditedFen), Text(p.ReturnedFen),
                Text(p.NetFen));
        AnsiConsole.Write(files);
        AnsiConsole.Write(payers);
        AnsiConsole.Write(payees);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The options the sandbox verbs share, and what they come to.</summary>
internal sealed class SandboxOptions
{
    public Option<string> Profile { get; } = new("--profile")
    {
        Required = true,
        HelpName = "PROFILE",
        Description = "哪家银行, 编号见 profile list / which bank; ids are in profile list",
    };
    public Option<string> Books { get; } = new("--books")
    {
        Required = true,
        Description = "银行账簿目录 / folder of the bank's books"
    };
    public Option<string> Exchange { get; } = new("--exchange")
    {
        Required = true,
        Description = "交换目录 / folder of the exchange"
    };
    public Option<string> Keys { get; } = new("--keys") { Required = true, Description = "密钥目录 / folder of the keys" };
    public Option<string?> Seal { get; } = new("--seal")
    { Description = "改用另一种签名方式 / another envelope than the bank's own" };
    public Option<Misbehaviour?> Misbehave { get; } = new("--misbehave")
    {
        Description = MisbehaveWords.Help,
        CustomParser = MisbehaveWords.Parse,
    };
    public Option<string> Date { get; } = new("--date") { Description = "营业日 / business day, yyyy-MM-dd" };

    public SandboxOptions()
    {
        Seal.AcceptOnlyFromAmong([.. BankAdapters.Sandbox.Partner.Seals.Keys]);
    }

    /// <exception cref="UsageException">The sandbox bank plays no bank of that id.</exception>
    public static Partner Partner(string profile) => BankAdapters.Sandbox.Partner.Find(profile)
        ?? throw Usage.NoPartner(profile, BankAdapters.Sandbox.Partner.All.Select(p => p.Id));

    public Partner Chosen(ParseResult parse)
    {
        var partner = Partner(parse.GetValue(Profile)!);
        return parse.GetValue(Seal) is { } kind ? partner.SealedBy(BankAdapters.Sandbox.Partner.Seals[kind]) : partner;
    }
    public SandboxBank Bank(ParseResult parse) => new(Chosen(parse), parse.GetValue(Books)!,
        parse.GetResult(Misbehave) is null ? null : parse.GetValue(Misbehave));

    /// <summary>The bank's folder in it is made where it is the first day; the exchange itself is somebody's choice.
    /// Behind a line it is the bank's own, and made.</summary>
    /// <exception cref="UsageException">There is no such folder: made in silence, it would stay empty for ever.
    /// </exception>
    public Exchange Standing(ParseResult parse) => Directory.Exists(parse.GetValue(Exchange)) || IsServed(parse)
        ? Folders(parse) : throw Usage.NoFolder($"--exchange {parse.GetValue(Exchange)}");

    private static bool IsServed(ParseResult parse) =>
        new Option[] { SandboxServers.Https, SandboxServers.Packets, SandboxServers.Sftp }
            .Any(line => parse.GetResult(line) is { Implicit: false });

    /// <summary>The same, made where it is not there: statements may be the first thing that passes.</summary>
    public Exchange Folders(ParseResult parse) => new(parse.GetValue(Exchange)!, Chosen(parse));

    /// <summary>The business day: --date, or the day of --at in Shanghai. Never the clock.</summary>
    /// <exception cref="UsageException">Neither is given, or one that is no day or moment.</exception>
    public BankDay Day(ParseResult parse)
    {
        var (date, at) = (parse.GetValue(Date), parse.GetValue(GlobalOptions.At));
        var instant = InstantPattern.ExtendedIso.Parse(at ?? "");
        var known = DateOnly.TryParseExact(date ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var parsed);
        if (date is not null && !known) throw Usage.NoDay("--date", date);
        if (at is not null && !instant.Success) throw Usage.NoInstant(at);
        if (date is null && at is null) throw Usage.DayNeeded;
        // Shanghai has had no other offset since 1991.
        var local = at is null
            ? parsed.ToDateTime(new TimeOnly(17, 0))
            : instant.Value.WithOffset(Offset.FromHours(8)).LocalDateTime.ToDateTimeUnspecified();
        return new(known ? parsed : DateOnly.FromDateTime(local), local.ToString("yyyy-MM-ddTHH:mm:ss",
            CultureInfo.InvariantCulture));
    }

    /// <exception cref="UsageException">The folder, or a file in it, is not there.</exception>
    public BankKeys Held(ParseResult parse)
    {
        var folder = parse.GetValue(Keys)!;
        if (!Directory.Exists(folder)) throw Usage.NoFolder($"--keys {folder}");
        try
        {
            return BankKeys.Read(folder, parse.GetValue(Profile)!, Chosen(parse).Seal);
        }
        catch (FileNotFoundException absent)
        {
            throw Usage.NoKey(folder, Path.GetFileName(absent.FileName ?? ""));
        }
    }
}
