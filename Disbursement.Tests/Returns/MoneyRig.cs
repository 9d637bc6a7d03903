using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Security;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>
/// A ledger with one file at a sample bank, and that bank's signed messages written by hand in its own forms.
/// </summary>
internal sealed class MoneyRig : IDisposable
{
    public const long Ledger = 520100;
    public const string Reference = "SAMPLE26030000000001";
    public const string WageAccount = "6212260000000000017", OtherAccount = "6212260000000000025";
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 13, 2, 0);
    private static readonly Encoding s_gb = Gb();

    /// <summary>The character set of the bank's texts.</summary>
    public static Encoding Gb18030 => s_gb;

    private static readonly string s_keys = Keys();

    private readonly Database _database;
    private readonly string _profile;

    public MoneyRig(int lines = 4, bool wholeFileDebit = true, string engine = Engines.Sqlite, int projects = 1,
        FileState state = FileState.Delivered, ReleaseKind kind = ReleaseKind.Ordinary, long fundFen = 0,
        string? shipped = null, (string Id, Func<string, string> Alter)? own = null)
    {
        _database = Databases.Fresh(engine);
        _profile = own?.Id ?? shipped ?? (wholeFileDebit ? "icbc-bxt" : "icbc-perline");
        Clock = new FixedMoment(Start);
        Disbursement.Host.Cli.LedgerCommands.Open(new Composition(_database.Store, Clock), Ledger, rehearsal: true);
        Runner = new CommandRunner(_database.Store, Clock,
            new HandlerCatalogue([.. Composition.Handlers(), new SampleFile()]), new SignatureCheck());
        if (shipped is null)
            Adopt(Engine.Audit.Adopt.Profile, _profile, own?.Alter(Profile(wholeFileDebit)) ?? Profile(wholeFileDebit));
        Adopt(BankReceive.Certificate, _profile, File.ReadAllText(Path.Combine(s_keys, "bank-icbc-bxt.pem")));
        Run(new Command("sample.file", ("profile", _profile), ("lines", lines),
            ("projects", projects), ("step", "accounts")));
        Fund = fundFen > 0 ? fundFen : 2 * Enumerable.Range(1, lines).Sum(r => Fen(r));
        Statement("S0", 0, (Fund, "TRANSFER", "", projects == 1 ? "" : SampleFile.ProjectCode(1)));
        Run(new Command("sample.file", ("profile", _profile), ("lines", lines),
            ("projects", projects), ("step", "send"),
            ("state", state), ("kind", kind)));
    }

    public CommandRunner Runner { get; }
    public FixedMoment Clock { get; }
    public long Fund { get; }

    /// <summary>Row r is paid this much.</summary>
    public static long Fen(long row) => 500_000 + 100 * row;
    public static string Account(long row) => (6_212_261_000_000_000_000 + row).ToString(CultureInfo.InvariantCulture);

    public DisbursementFileRow TheFile => One<DisbursementFileRow>();
    public PayrollRow ThePayroll => One<PayrollRow>();
    public ReleaseRow TheRelease => One<ReleaseRow>();
    public AccountEntryRow Balance(long account = 1) => All<AccountEntryRow>().Last(e => e.Account == account);
    public IReadOnlyList<string> Kinds => [.. All<BankExceptionRow>().Select(x => x.Kind)];

    public T One<T>() where T : class, Engine.Ports.IRow => All<T>()[0];

    public IReadOnlyList<T> All<T>() where T : class, Engine.Ports.IRow
    {
        using var view = _database.Store.Read(Ledger);
        return view.List<T>();
    }

    /// <summary>Everything that waits for people, and what waited once.</summary>
    public IReadOnlyList<Host.Returns.ExceptionAnswer> Worklist()
    {
        using var view = _database.Store.Read(Ledger);
        return new Host.Returns.Worklist(view, Clock.At).All();
    }

    public AttemptState State(long row) =>
        OutcomeSet.Of(All<PaymentOutcomeRow>().Where(o => o.Claim == row && o.Attempt == 1)
            .Select(o => (o.Source, o.Kind))).State;

    public Outcome Run(Command command)
    {
        var decision = Runner.Run(Ledger, command);
        Assert.True(decision.Accepted, string.Join(", ", decision.Findings.Select(f => f.Rule.Code)));
        return decision.Value;
    }

    /// <summary>A signed result text of the bank: row, status, detail.</summary>
    public IReadOnlyList<MessageApplied> Report(string name, params (long Row, string Status)[] rows) =>
        Report(name, [.. rows.Select(r => (r.Row, Account(r.Row), Fen(r.Row), r.Status))]);

    public IReadOnlyList<MessageApplied> Report(
        string name, params (long Row, string Account, long Fen, string Status)[] rows) =>
        Receive(name, ReportText(rows));

    /// <summary>A word on the whole file.</summary>
    public IReadOnlyList<MessageApplied> Word(string name, string word, string why = "") => Receive(name,
        $"[BatchPayDetail]\n查询时间:2026-03-13\n批次号:SAMPLE\n批次状态:{word}\n银行反馈信息:{why}\n{Columns}\n");

    public IReadOnlyList<MessageApplied> Statement(
        string id, long opening, params (long Fen, string Kind, string Reference, string Purpose)[] entries) =>
        Receive($"statement-0017-{id}.csv", StatementText(id, opening, entries));

    public static string StatementText(
        string id, long opening, params (long Fen, string Kind, string Reference, string Purpose)[] entries)
    {
        var day = id.Length > 1 && int.TryParse(id[1..], out var n) ? 13 + n : 13;
        return StatementText(WageAccount, id, $"2026-03-{day}", opening, entries);
    }

    public static string StatementText(string account, string id, string day, long opening,
        IReadOnlyList<(long Fen, string Kind, string Reference, string Purpose)> entries)
    {
        var text = new StringBuilder("账号,对账单号,起始日期,截止日期,期初余额,期末余额\n");
        var closing = opening + entries.Sum(e => e.Fen);
        text.Append(CultureInfo.InvariantCulture,
            $"{account},{id},{day},{day},{Yuan(opening)},{Yuan(closing)}\n");
        text.Append("序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号\n");
        for (var i = 0; i < entries.Count; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"{i + 1},{day},{Yuan(entries[i].Fen)},,,{entries[i].Reference},"
                + $"{entries[i].Purpose},{entries[i].Kind},{id}-{i + 1}\n");
        return text.ToString();
    }

    /// <summary>Keeps a message and applies it to its end.</summary>
    public IReadOnlyList<MessageApplied> Receive(string name, string text, bool forged = false)
    {
        var message = Keep(name, text, forged);
        var applied = new List<MessageApplied>();
        for (long? from = 0; from is { } at; from = applied[^1].Next)
            applied.Add((MessageApplied)Run(new Command("bank.apply", ("message", message.Message), ("from", at)))
                .Result!);
        return applied;
    }

    public BankMessageRow Keep(string name, string text, bool forged = false)
    {
        var statement = name.StartsWith("statement", StringComparison.Ordinal);
        var body = (statement ? Encoding.UTF8 : s_gb).GetBytes(text);
        var seal = EnvelopeCatalogue.Find("sm2-gmt0010")!.Seal(forged ? body.AsMemory(1) : body, new PemKeyRing(s_keys),
            new EnvelopeKeys("bank-icbc-bxt", "bank-icbc-bxt"));
        return (BankMessageRow)Run(new Command("bank.receive", ("profile", _profile), ("name", name)).With(
            new InputDocument(BankReceive.Body, body, Personal: true),
            new InputDocument(BankReceive.Signature, seal.Signature!.Value))).Result!;
    }

    private const string Columns = "序号|币种|收款账号|收款单位名称|金额|网上银行状态|银行反馈信息";

    public static string ReportText(IEnumerable<(long Row, string Account, long Fen, string Status)> rows)
    {
        var text = new StringBuilder($"[BatchPayDetail]\n查询时间:2026-03-13\n批次号:SAMPLE\n{Columns}\n");
        foreach (var r in rows)
        {
            var detail = r.Status.Split('/');
            text.Append(CultureInfo.InvariantCulture,
                $"SAMPLE-{r.Row}|人民币|{r.Account}|样例工人|{Yuan(r.Fen)}元|"
                + $"{detail[0]}|{(detail.Length > 1 ? detail[1] : "")}|\n");
        }
        return text.ToString();
    }

    private static string Yuan(long fen) => new Money(fen).ToYuan();

    private void Adopt(string kind, string name, string text)
    {
        Run(new Command("ledger.adopt", ("kind", kind), ("name", name))
            .With(new InputDocument(kind, Encoding.UTF8.GetBytes(text))));
    }

    private static string Profile(bool wholeFileDebit)
    {
        var text = File.ReadAllText(Path.Combine(Shipped.Folder("profiles"), "icbc-bxt.json"));
        return wholeFileDebit ? text : text.Replace("\"wholeFile\"", "\"perLine\"", StringComparison.Ordinal)
            .Replace("\"id\": \"icbc-bxt\"", "\"id\": \"icbc-perline\"", StringComparison.Ordinal);
    }

    private static Encoding Gb()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }

    private static string Keys()
    {
        var folder = Directory.CreateTempSubdirectory("money-keys").FullName;
        SampleKeys.Ensure(folder, "bank-icbc-bxt", SampleKeyKind.Sm2, Instant.FromUtc(2026, 1, 1, 0, 0),
            Instant.FromUtc(2028, 1, 1, 0, 0));
        return folder;
    }

    public void Dispose() => _database.Dispose();
}
