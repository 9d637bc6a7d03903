using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Host.Samples;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;


namespace Disbursement.Tests.Cards;

/// <summary>A project whose wage account is with a bank that takes card applications, with four workers: one has an
/// account, one gives a phone that the sandbox bank refuses, one has left.</summary>
internal sealed class CardMonth : IDisposable
{
    public const string Project = "GY2026K001";
    public const string Bank = "gzb-delimited";
    private const string Employer = "91520100MAEDNKPGYH";
    private readonly List<Database> _databases = [];

    public CardMonth(string engine = Engines.Sqlite)
    {
        _databases.Add(Databases.Fresh(engine));
        Folder = Directory.CreateTempSubdirectory("cards").FullName;
        Settings = new Settings(Path.Combine(Folder, "exchange"),
            Directory.CreateDirectory(Path.Combine(Folder, "keys")).FullName, Path.Combine(Folder, "send-journal"));
        foreach (var name in new[] { $"ours-{Bank}", $"bank-{Bank}" })
            SampleKeys.Ensure(Settings.Keys, name, SampleKeyKind.Sm2, Instant.FromUtc(2026, 1, 1, 0, 0),
                Instant.FromUtc(2036, 1, 1, 0, 0));
        Samples = new SampleLedger(Database.Store);
        Samples.Done(SampleLedger.Clerk, SampleLedger.Sheet("project.register", ProjectRegister.Input, "projects.csv",
            Bytes(
            "项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地",
            $"{Project},样例开卡项目,91520100MAMGRC0B2T,贵州样例建工集团有限公司,样例建设单位,{Bank},2402870227869571376,"
                + "样例专户,313701000014,520100",
            "GY2026K002,样例无卡项目,91520100MAMGRC0B2T,贵州样例建工集团有限公司,样例建设单位,icbc-bxt,2402870227869571384,"
                + "样例专户,102701000588,520100")));
        Roster(Worker("样例甲", 1, "13800000001"), Worker("样例乙", 2, "13800000044"), Worker("样例丙", 3, "13800000003",
            "313701000014,样例银行,6222020000000000004,样例丙"), Worker("样例丁", 4, "13800000005", left: "2026-01-31"));
    }

    public SampleLedger Samples { get; private set; }
    public Settings Settings { get; }
    public string Folder { get; }
    public Database Database => _databases[^1];

    public static Command ApplyTo(string project) => new("card.apply", ("project", project));

    public CardBatchRow Applied() =>
        Assert.Single((IReadOnlyList<CardBatchRow>)Samples.Done(SampleLedger.Clerk, ApplyTo(Project)).Result!);

    public CardBatchRow Batch(long id) => Samples.Ask(v => v.Find<CardBatchRow>(("batch", id)))!;

    public Decision<Outcome> Deliver(long batch) => new CardDelivery(Samples.Composition, Settings,
        new SendJournal(Settings.Journal)).Deliver(SampleLedger.Ledger, batch);

    /// <summary>Seals a batch and does not send it: a journal that cannot be written proves that no byte left.
    /// </summary>
    public void Seal(long batch)
    {
        Directory.CreateDirectory(Settings.Journal);
        Assert.True(Deliver(batch).Accepted);
        Directory.Delete(Settings.Journal);
        Assert.Equal(FileState.Sealed, Batch(batch).State);
    }

    /// <summary>The database is lost: a backup takes its place. Journal, exchange and bank are those of the lost one.
    /// </summary>
    public void Restore(Database backup)
    {
        _databases.Add(backup);
        Samples = Samples.On(backup.Store);
    }

    /// <summary>recover on the journal, as a person runs it.</summary>
    public (int Code, string Output, string Errors) Recover(params string[] more) => Disburse.Run(
    [
        "recover", "--db", Database.Option, "--lang", "en", "--journal", Settings.Journal,
        "--anchor", Path.Combine(Folder, "anchor"), "--log-key", Path.Combine(Folder, "log.key.pem"), .. more,
    ]);

    /// <summary>Our sealed files that reached the bank's side.</summary>
    public int AtTheBank => Directory.GetFiles(Path.Combine(Settings.Exchange, Bank), "*-cards.txt",
        SearchOption.AllDirectories).Length;

    /// <summary>Other bytes under the name of the one batch that stands at the bank's side.</summary>
    public void Overwrite(string text) => File.WriteAllText(Assert.Single(Directory.GetFiles(
        Path.Combine(Settings.Exchange, Bank), "*-cards.txt", SearchOption.AllDirectories)), text);

    /// <summary>Two people decide with a letter of the bank.</summary>
    public static Command Resolve(long batch, string outcome) => new Command("card.resolve", ("batch", batch),
        ("outcome", outcome)).With(new InputDocument(CardResolve.Evidence, Bytes($"样例: {outcome}"), Personal: true));

    /// <summary>Said to be sent, and the process died: Unknown.</summary>
    public void Lose(long batch)
    {
        Samples.Done("", new Command("card.seal", ("batch", batch))
            .With(new InputDocument(CardSending.Body, Bytes("x"))));
        Samples.Done("", new Command("card.send", ("batch", batch)));
        Samples.Moment.At += FileSend.Lease;
        Samples.Done("", new Command("card.expire-lease", ("batch", batch)));
    }

    /// <summary>One kind and detail of exception, or nothing, that an answer of the bank's comes to.</summary>
    public (string Kind, string Detail) Answered(string reference, string name, params string[] rows)
    {
        var issued = rows.Count(r => r.Contains("|0000|", StringComparison.Ordinal));
        var taken = Handed($"{reference}-cards-{name}.txt", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!
            .GetBytes($"A|{reference}|B1|{rows.Length}|{issued}\n" + string.Concat(rows.Select(r => r + "\n"))));
        Assert.Empty(taken.Refused);
        return taken.Applied.SelectMany(a => a.Exceptions).Select(e => (e.Kind, e.Detail)).FirstOrDefault(("", ""));
    }

    /// <summary>What a refusal of the whole batch by pain.002 comes to.</summary>
    public string RefusedWhole(string reference, string name)
    {
        var day = new DateOnly(2026, 2, 6);
        var refused = new FileTaken(day, "2026-02-06T10:00:00", name, reference, "", "", FileRefusal.Structure, "", "",
            "", [], null);
        var taken = Handed($"{name}.xml", new IsoAnswers(IsoEdition.Newer).Status(new AnswerHead(name, "B1", day,
            refused.At, refused, (2, 0))));
        Assert.Empty(taken.Refused);
        return Assert.Single(taken.Applied.SelectMany(a => a.Exceptions)).Kind;
    }

    /// <summary>The bank, a process of its own, takes what waits and answers.</summary>
    public void BankRuns()
    {
        var (code, _, errors) = Disburse.Run("bank-sandbox", "run", "--profile", Bank, "--books",
            Path.Combine(Folder, "books"), "--exchange", Settings.Exchange, "--keys", Settings.Keys, "--date",
            "2026-02-06", "--once");
        Assert.True(code == 0, errors);
    }

    public MessagesTaken Received() => Taking().FromBanks(SampleLedger.Ledger, Bank);

    /// <summary>An answer with these bytes, signed by the bank.</summary>
    public MessagesTaken Handed(string name, byte[] body)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, body);
        var keys = BankAdapters.Sandbox.BankKeys.Read(Settings.Keys, Bank);
        File.WriteAllBytes(path + ".p7s", BankAdapters.Sandbox.BankSeal.Make(BankAdapters.Sandbox.SealKind.Sm2Detached,
            body, keys.BankKeyPem, keys.BankCertificatePem));
        return Taking().FromFiles(SampleLedger.Ledger, Bank, [new FileInfo(path)]);
    }

    private MessageTaking Taking() => new(Samples.Store, Settings, Samples.Composition.Runner,
        Samples.Composition.Runner.Stage);

    public void Roster(params string[] workers) => Samples.Done(SampleLedger.Clerk,
        SampleLedger.Sheet("roster.import", RosterImport.Input, "roster.csv",
            Bytes(["项目编码,用工单位统一社会信用代码,用工单位名称,班组,姓名,身份证号,手机号,"
            + "工种,进场日期,离场日期,"
            + "安康卡开户行联行号,开户行名称,银行卡号,户名", .. workers])));

    public static string Worker(string name, int number, string phone, string account = ",,,", string left = "") =>
        $"{Project},{Employer},样例劳务有限公司,木工班,{name},{SampleIdentifiers.Identity($"52010119850101{number:000}")},"
        + $"{phone},木工,2026-01-05,{left},{account}";

    private static byte[] Bytes(params IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    public void Dispose()
    {
        foreach (var database in _databases) database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
