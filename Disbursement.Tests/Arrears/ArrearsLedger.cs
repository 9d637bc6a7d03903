using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>
/// A ledger of its own with one project (样例) and rows put in place by a handler of the tests, so that a case states
/// exactly the facts it is about. Everything else is decided by the product.
/// </summary>
internal sealed partial class ArrearsLedger : IDisposable
{
    public const long Number = 520100;
    public const long Project = 1, Employer = 1;

    /// <summary>Registered and with a card, from 1 on.</summary>
    public const int Workers = 12;

    private readonly long _number;
    private readonly Database _database;
    private readonly FixedMoment _clock = new(Noon("2026-01-05"));
    private readonly LedgerStore _store;
    private readonly CommandRunner _runner;
    private readonly PutHandler _seed = new();
    private readonly Dictionary<string, KeyPairPem> _keys = [];

    /// <param name="number">The ledger's: Guiyang's, unless the case is about another place.</param>
    public ArrearsLedger(string region = "520102", string engine = Engines.Sqlite, long number = Number)
    {
        _number = number;
        _database = Databases.Fresh(engine);
        _store = _database.Store;
        var composition = new Composition(_store, _clock);
        LedgerCommands.Open(composition, _number, rehearsal: true);
        _runner = new CommandRunner(_store, _clock, new HandlerCatalogue([.. Composition.Handlers(), _seed]), new SignatureCheck());
        Put(new ProjectRow
        {
            Project = Project,
            Code = "样例-1",
            Name = "样例项目",
            ContractorCode = "样例",
            ContractorName = "样例总包",
            OwnerName = "样例业主",
            Region = region,
        });
        Run(c => c
            .Insert([.. Enumerable.Range(1, Workers).Select(worker => Payee(worker, 1, (byte)worker))])
            .Insert([.. Enumerable.Range(1, Workers).Select(worker => new PayeeApprovalRow
            {
                Worker = worker,
                Version = 1,
                ApprovedBy = 2,
                EffectiveAt = Noon("2025-12-01"),
            })]));
        Put(new WageAccountRow { Account = 1, BankAccount = 1, Project = Project });
        Put([.. Enumerable.Range(1, Workers).Select(worker => Registered(Project, worker))]);
    }

    public static Instant Noon(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value.At(new LocalTime(12, 0))
        .WithOffset(Offset.FromHours(8)).ToInstant();

    public static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    public void Put<T>(params T[] rows) where T : class, IRow => Run(c => c.Insert(rows));
    public void Change<T>(T header) where T : class, IHeaderRow => Run(c => c.Update(header));

    /// <summary>Puts rows in place as one decision.</summary>
    public void Run(Action<Changes> put) => Run((_, changes) => put(changes));

    public void Run(Action<DecisionContext, Changes> put, params InputDocument[] inputs)
    {
        _seed.Put = put;
        Assert.True(_runner.Run(_number, new Command("test.put").With(inputs)).Accepted);
    }

    /// <summary>The sweep at noon of a day in China; whether it changed anything.</summary>
    public bool Sweep(string day)
    {
        _clock.At = Noon(day);
        var decision = _runner.Run(_number, new Command("arrears.sweep"));
        Assert.True(decision.Accepted, decision.Accepted ? "" : decision.Findings[0].Text(false));
        return !decision.Value.Repeat;
    }

    public Decision<Outcome> Ask(string person, Command command)
    {
        var signature = ApprovalSignature.Sign(Key(person).PrivatePem, Encoding.UTF8.GetBytes(Approval.Text(_number, command, person)));
        return _runner.Run(_number, command.With(Approval.Document(_number, command, person, signature.Base64)));
    }

    /// <summary>Two people adopt a rule pack under its own name.</summary>
    public void Adopt(string pack)
    {
        var bytes = Encoding.UTF8.GetBytes(pack);
        var name = RulePack.Parse(bytes).Value.Id;
        foreach (var person in (string[])["yi", "er"])
            Assert.True(Ask(person, new Command("ledger.adopt", ("kind", Engine.Audit.Adopt.Rules), ("name", name))
                .With(new InputDocument(Engine.Audit.Adopt.Rules, bytes))).Accepted);
    }

    /// <summary>The rule pack in force on a day.</summary>
    public RulePack InForce(string day)
    {
        using var view = _store.Read(_number);
        return RulePack.InForce(view, view.Vault, _number, Day(day)).Value;
    }

    public IReadOnlyList<T> All<T>() where T : class, IRow
    {
        using var view = _store.Read(_number);
        return view.List<T>();
    }

    public T Ask<T>(Func<LedgerView, T> ask)
    {
        using var view = _store.Read(_number);
        return ask(view);
    }

    public T One<T>() where T : class, IRow => Assert.Single(All<T>());

    public IReadOnlyList<WarningRow> Live() => [.. All<WarningRow>().Where(w => WarningBook.Live(w.State))];

    /// <summary>A payment attempt of a claim by a file: whatever files and releases it needs stand beside it.</summary>
    public void Send(WageClaimRow claim, long attempt, Instant? answerBy, FileState state = FileState.Accepted)
    {
        var file = claim.Claim * 10 + attempt;
        Run(c => c.Insert(new ReleaseRow
        {
            Release = file,
            Version = 1,
            Kind = attempt == 1 ? ReleaseKind.Ordinary : ReleaseKind.RePayment,
            Account = claim.Project,
            State = ReleaseState.Settling,
            DueDate = Day("2026-01-01"),
            SendBy = Noon("2026-01-01"),
            Lines = 1,
            AmountFen = claim.NetFen,
            ReservedFen = 0,
            LinesOpen = 1,
        }).Insert(new ReleaseRangeRow { Release = file, Payroll = claim.Payroll, FromLine = claim.PayrollLine, ToLine = claim.PayrollLine })
        .Insert(File(file, claim, state, answerBy)).Insert(new PaymentRow
        {
            Claim = claim.Claim,
            Attempt = attempt,
            PriorAttempt = attempt == 1 ? null : attempt - 1,
            Channel = PaymentChannel.File,
            Release = file,
            File = file,
            RowReference = 1,
            AmountFen = claim.NetFen,
            PayeeVersion = 1,
            PayeeHash = [(byte)claim.Worker],
        }));
        Move(claim, ClaimStanding.Unpaid, ClaimStanding.InFlight);
    }

    /// <summary>The bank's word on an attempt, with the move of standing it makes and the lines that leave by it.</summary>
    public void Word(WageClaimRow claim, long attempt, OutcomeKind kind, string valueDate)
    {
        var seq = All<PaymentOutcomeRow>().Count(o => o.Claim == claim.Claim && o.Attempt == attempt) + 1;
        var file = claim.Claim * 10 + attempt;
        var message = All<BankMessageRow>().Count + 1;
        Run((context, changes) =>
        {
            var stored = context.InputDigest(BankReceive.Body);
            changes.Insert(Message(message, stored)).Insert(Progress(message)).Insert(new PaymentOutcomeRow
            {
                Claim = claim.Claim,
                Attempt = attempt,
                Seq = seq,
                Kind = kind,
                Source = OutcomeSource.Report,
                Reason = "",
                AmountFen = claim.NetFen,
                BankReference = "",
                ValueDate = Day(valueDate),
                Document = stored,
                DocumentLine = 1,
            });
            if (kind != OutcomeKind.Settled)
                changes.Insert(new PaymentDeathRow { Claim = claim.Claim, Attempt = attempt, Seq = seq });
            else
                ObligationBook.Settled(context, changes, context.Rows.Find<ReleaseRow>(("release", file))!,
                    new Dictionary<long, LocalDate?> { [claim.Claim] = Day(valueDate) }, context.Queries.OpenObligationLinesOfFile(file));
        }, new InputDocument(BankReceive.Body, Encoding.UTF8.GetBytes($"message {message}")));
        Move(claim, seq == 1 ? ClaimStanding.InFlight : ClaimStanding.Paid,
            kind == OutcomeKind.Settled ? ClaimStanding.Paid : ClaimStanding.Unpaid);
    }

    /// <summary>Whatever a test came to: what it told the feed is of the feed's schema.</summary>
    public void Dispose()
    {
        Assert.All(All<OutboxRow>(), record => Feeds.FeedPageTests.HoldsRecord(record.Body));
        _database.Dispose();
    }

    private void Move(WageClaimRow claim, ClaimStanding from, ClaimStanding to) => Run((context, changes) =>
    {
        var counters = new PayrollCounters();
        counters.Move(claim.Payroll, from, to, new Money(claim.NetFen));
        if (from != to) changes.Update(counters.Apply(context.Rows.Find<PayrollRow>(("payroll", claim.Payroll))!));
    });

    private KeyPairPem Key(string person)
    {
        if (_keys.TryGetValue(person, out var known)) return known;
        var key = _keys[person] = Ed25519Keys.Generate();
        var identity = SampleIdentifiers.Identity($"5201021980010100{_keys.Count}");
        Assert.True(_runner.Run(_number, new Command("person.enrol", ("person", person), ("roles", Roles.Supervisor))
            .With(new Enrolment("样例", identity, "ed25519", key.PublicPem).Document())).Accepted);
        return key;
    }
}
