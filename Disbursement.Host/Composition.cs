using System.Diagnostics;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Adapters;
using Disbursement.Host.Files;
using Disbursement.Host.Intake;
using Disbursement.Host.Returns;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host;

/// <summary>The one place where parts are put together.</summary>
public sealed class Composition(LedgerStore store, IMoment clock, OutsideAdapters? adapters = null)
{
    /// <summary>What reads, writes, seals and carries, with what the configuration adds.</summary>
    public OutsideAdapters Adapters { get; } = adapters ?? OutsideAdapters.None;

    /// <summary>Draws the name of a sending, hex, which no history has twice (<see cref="FileSend.Sending"/>).
    /// </summary>
    public Func<string> SendingName { get; init; } =
        static () => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public LedgerStore Store => store;
    public IMoment Clock => clock;
    public CommandRunner Runner { get; } = new(store, clock,
        new HandlerCatalogue(Handlers((adapters ?? OutsideAdapters.None).Catalogue)), new SignatureCheck());

    /// <summary>Sweeps without a subject of their own, which every tick runs.</summary>
    public IEnumerable<string> Sweeps => s_sweeps.Intersect(Handlers().Select(h => h.Verb));
    private static readonly string[] s_sweeps = ["arrears.sweep", "returns.silence"];

    private static readonly ISheetReader Sheets = new EngineSheets();

    /// <summary>Every verb the engine decides. A new handler is one line here.</summary>
    public static IEnumerable<ICommandHandler> Handlers(BankCatalogue? catalogue = null) => Handlers(
        new ProfileTerms(catalogue), new MessageOpener(catalogue),
        new BankMessageReader(catalogue ?? BankCatalogue.Shipped));

    private static IEnumerable<ICommandHandler> Handlers(ProfileTerms terms, MessageOpener opener,
        BankMessageReader messages) =>
    [
        new LedgerOpen(),
        new Adopt(terms),
        new PersonEnrol(),
        new PersonEnrol(version: 1),
        new PersonRekey(),
        new PersonRevoke(),
        new ReleasePlan(terms),
        new ReleaseFund(),
        new ReleaseAllot(),
        new ReleaseCancel(),
        new ReleaseYield(),
        new EarmarkFree(),
        new FileBuild(terms),
        new FileSeal(),
        new FileSend(terms),
        new FileSent(terms),
        new FileExpireLease(),
        new FileQuery(),
        new FileRecall(terms),
        new RecallSeal(),
        new RecallSent(),
        new FileWithdraw(terms),
        new FileResolve(terms),
        new RestoreBegin(terms),
        new RestoreMatch(terms),
        new RestoreResolve(terms),
        new RestoreDismiss(),
        new RestoreLost(),
        new ProjectRegister(Sheets),
        new ProjectComplete(),
        new WorkerErase(),
        new WorkerComplain(),
        new ComplaintAnswer(),
        new WorkerConfirm(),
        new RosterImport(Sheets),
        new TermsImport(Sheets),
        new AttendanceImport(Sheets),
        new PayeeApprove(),
        new PayeeChange(),
        new PayrollReceive(Sheets),
        new PayrollCheck(Sheets),
        new PayrollSubmit(),
        new PayrollApprove(),
        new PayrollSendBack(),
        new PayrollWithdraw(),
        new BankReceive(),
        new BankApply(opener, messages),
        new StatementImport(messages),
        new LineResolve(messages),
        new ExceptionExplain(),
        new Silence(),
        new Allocate(),
        new DebitAttribution(terms),
        new ClaimVoid(),
        new ArrearsSweep(),
        new Discharge(),
        new OrderImport(Sheets),
        new FundingImport(Sheets),
        RecoveryAct.Recovered(),
        RecoveryAct.WriteOff(),
        .. WarningAct.All,
        new FeedSubscribe(),
        new FeedStop(),
        new FeedCut(new SignatureCheck()),
        .. FeedDelivery.All,
        new CardApply(terms),
        .. CardSending.All,
        new CardResolve(terms),
    ];
}

/// <summary>
/// The database's clock, by which decisions are dated and leases run, so that two hosts agree on when one is over. The
/// machine's own is held against it: one that is more than five minutes off is a fault of the world.
/// </summary>
public sealed class MachineClock(Dialect dialect, Func<Instant>? machine = null) : IMoment
{
    public static readonly Duration Tolerance = Duration.FromMinutes(5);

    private static readonly Duration s_between = Duration.FromMinutes(1), s_jitter = Duration.FromSeconds(1);
    private readonly Func<Instant> _machine = machine ?? SystemClock.Instance.GetCurrentInstant;
    private Comparison? _compared;

    /// <summary>The moment. Throws <see cref="ClockFaultException"/> where the two clocks disagree.</summary>
    public Instant Read()
    {
        if (_compared is not { } last) return ReadAnew();
        var passed = Duration.FromTimeSpan(Stopwatch.GetElapsedTime(last.Stamp));
        // Time that the two of this machine count differently: its clock was set, or it slept.
        var set = _machine() - last.Machine - passed;
        return passed < s_between && set < s_jitter && set > -s_jitter ? last.Database + passed : ReadAnew();
    }

    public Instant ReadAnew()
    {
        using var connection = dialect.Open();
        var now = _machine();
        var database = dialect.Clock(connection);
        var off = now > database ? now - database : database - now;
        if (off > Tolerance) throw new ClockFaultException(now, database);
        _compared = new Comparison(now, database, Stopwatch.GetTimestamp());
        return database;
    }

    private sealed record Comparison(Instant Machine, Instant Database, long Stamp);
}

/// <summary>
/// This machine's clock and the database's are too far apart: nothing is decided before one is set right.
/// </summary>
public sealed class ClockFaultException(Instant machine, Instant database) : Exception(
    $"this machine's clock, {machine}, and the database's, {database}, are more than five minutes apart: "
    + "set them right")
{
    public string Text(bool chinese) => chinese
        ? $"本机时钟 {machine} 与数据库时钟 {database} 相差超过五分钟, 请校准时钟" : Message;
}

/// <summary>A moment given by hand: rehearsals, demo, tests.</summary>
public sealed class FixedMoment(Instant at) : IMoment
{
    public Instant At { get; set; } = at;
    public Instant Read() => At;
}
