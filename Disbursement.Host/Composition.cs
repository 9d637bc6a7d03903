using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
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

    private static readonly BankMessageReader s_messages = new(BankCatalogue.Shipped);

    /// <summary>Every verb the engine decides. A new handler is one line here.</summary>
    public static IEnumerable<ICommandHandler> Handlers() =>
    [
        new LedgerOpen(),
        new Adopt(),
        new PersonEnrol(),
        new BankReceive(),
        new BankApply(new MessageOpener(), s_messages),
        new StatementImport(s_messages),
        new LineResolve(s_messages),
        new Silence(),
        new Allocate(),
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
