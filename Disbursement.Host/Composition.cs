using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Intake;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host;

/// <summary>The one place where parts are put together.</summary>
public sealed class Composition(LedgerStore store, IMoment clock)
{
    public LedgerStore Store => store;
    public IMoment Clock => clock;
    public CommandRunner Runner { get; } = new(store, clock, new HandlerCatalogue(Handlers()), new SignatureCheck());

    private static readonly ISheetReader Sheets = new EngineSheets();

    /// <summary>Every verb the engine decides. A new handler is one line here.</summary>
    public static IEnumerable<ICommandHandler> Handlers() =>
    [
        new LedgerOpen(),
        new Adopt(),
        new PersonEnrol(),
        new ProjectRegister(Sheets),
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
        new ClaimVoid(),
        new ArrearsSweep(),
        new Discharge(),
        RecoveryAct.Recovered(),
        RecoveryAct.WriteOff(),
        .. WarningAct.All,
    ];
}

/// <summary>The machine's clock.</summary>
public sealed class MachineClock : IMoment
{
    public Instant Read() => SystemClock.Instance.GetCurrentInstant();
}

/// <summary>A moment given by hand: rehearsals, demo, tests.</summary>
public sealed class FixedMoment(Instant at) : IMoment
{
    public Instant At { get; set; } = at;
    public Instant Read() => At;
}
