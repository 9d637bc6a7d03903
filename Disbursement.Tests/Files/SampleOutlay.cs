using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Files;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>The sample month approved, with money where a test puts it, and folders of its own for banks, keys and
/// journal.</summary>
internal sealed class SampleOutlay : IDisposable
{
    private readonly Database _database;
    private readonly CommandRunner _hand;

    public SampleOutlay(string engine = Engines.Sqlite)
    {
        _database = Databases.Fresh(engine);
        Folder = Directory.CreateTempSubdirectory("outlay").FullName;
        Settings = new Settings(Path.Combine(Folder, "exchange"), Directory.CreateDirectory(Path.Combine(Folder, "keys")).FullName,
            Path.Combine(Folder, "send-journal"));
        Samples = new SampleLedger(_database.Store);
        Payrolls = Samples.Approved();
        _hand = new CommandRunner(Samples.Store, Samples.Moment, new HandlerCatalogue([new SampleCredit()]), new SignatureCheck());
        foreach (var (profile, kind) in new[]
            { ("icbc-bxt", SampleKeyKind.Sm2), ("cmb-ntagcsal", SampleKeyKind.Sm2), ("iso20022-pain", SampleKeyKind.Rsa3072) })
            SampleKeys.Ensure(Settings.Keys, $"ours-{profile}", kind, Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));
    }

    public SampleLedger Samples { get; }
    public Database Database => _database;
    public IReadOnlyList<PayrollRow> Payrolls { get; }
    public Settings Settings { get; }
    public string Folder { get; }
    public Composition Composition => Samples.Composition;
    public SendJournal Journal => new(Settings.Journal);

    /// <summary>Which of the payrolls is paid.</summary>
    public int Chosen { get; set; }

    public PayrollRow Payroll => Payrolls[Chosen];
    public long Account => Samples.Ask(v => v.Find<WageAccountRow>(("project", Payroll.Project)))!.Account;

    /// <summary>The bank credits the account of the first payroll's project.</summary>
    public void Credit(long fen) => Assert.True(
        _hand.Run(SampleLedger.Ledger, new Command("sample.credit", ("account", Account), ("fen", fen))).Accepted);

    public ReleaseRow Plan(params PayrollRow[] payrolls) => ((IReadOnlyList<ReleaseRow>)Samples.Done(SampleLedger.Treasurer,
        PlanCommand(payrolls.Length == 0 ? [Payroll] : payrolls)).Result!)[0];

    public static Command PlanCommand(params PayrollRow[] payrolls) =>
        new("release.plan", ("kind", ReleaseKind.Ordinary), ("payrolls", string.Join(',', payrolls.Select(p => p.Payroll))));

    public Outcome Run(string verb, string noun, long id) => Samples.Done("", new Command(verb, (noun, id)));

    public Decision<Outcome> Try(string verb, string noun, long id) =>
        Composition.Runner.Run(SampleLedger.Ledger, new Command(verb, (noun, id)));

    /// <summary>The first payroll's file, funded, built and sealed.</summary>
    public DisbursementFileRow Sealed()
    {
        var file = Built();
        var made = new FileSealing(Composition, Settings).Seal(SampleLedger.Ledger, file.File);
        Assert.True(made.Accepted, string.Join('\n', made.Findings.Select(f => f.Text(false))));
        return File(file.File);
    }

    public DisbursementFileRow Built()
    {
        Credit(Payroll.DeclaredFen);
        var release = Plan();
        Run("release.fund", "release", release.Release);
        Run("file.build", "release", release.Release);
        return Samples.Ask(v => v.List<DisbursementFileRow>(("release", release.Release)))[0];
    }

    public DisbursementFileRow File(long id) => Samples.Ask(v => v.Find<DisbursementFileRow>(("file", id)))!;
    public ReleaseRow Release(long id) => Samples.Ask(v => v.Find<ReleaseRow>(("release", id)))!;
    public AccountEntryRow Balance => Samples.Ask(v => v.Queries.LastEntry(Account))!;

    public Decision<Outcome> Send(long file, ITransport transport) =>
        new FileSending(Composition, Journal, _ => Decision<ITransport>.Accept(transport)).Send(SampleLedger.Ledger, file);

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Money in by a statement of one entry, without the bank's message.</summary>
    private sealed class SampleCredit : ICommandHandler
    {
        public string Verb => "sample.credit";

        public Decision<Changes> Decide(DecisionContext context)
        {
            var book = AccountBook.Load(context, context.Command.Number("account"));
            var amount = new Money(context.Command.Number("fen"));
            // Of no bank account: what the bank's own statements say is compared with each other alone.
            var line = context.NextId("sample-credit");
            var statement = new BankStatementRow
            {
                Statement = 1_000_000 + line,
                BankAccount = 0,
                StatementId = $"sample {line}",
                Document = "sample",
                FromDate = context.Today,
                ToDate = context.Today,
                OpeningFen = 0,
                ClosingFen = amount.Fen,
            };
            if (amount >= Money.Zero) book.Credit(amount, statement.Document, line);
            else book.Debit(-amount, Money.Zero, null, statement.Document, line);
            return Decision<Changes>.Accept(new Changes().Insert(statement).Insert(new StatementEntryRow
            {
                Statement = statement.Statement,
                Line = line,
                BookedOn = context.Today,
                AmountFen = amount.Fen,
                Kind = "TRANSFER",
                BankReference = "",
                Reference = "",
                Account = context.Command.Number("account"),
            }).Insert(book.Entries));
        }
    }
}

/// <summary>A bank's side that does what the test says, and keeps what it got.</summary>
internal sealed class ScriptedTransport(Func<string, SealedMessage, SendResult> send) : ITransport
{
    public List<(string Name, byte[] Body)> Got { get; } = [];

    public SendResult Send(string name, SealedMessage message)
    {
        var result = send(name, message);
        Got.Add((name, message.Body.ToArray()));
        return result;
    }

    public IReadOnlyList<string> List() => [];
    public SealedMessage? Take(string name) => null;
    public void Acknowledge(string name)
    {
    }
}
