using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Adapters;
using Disbursement.Host.Cli;
using Disbursement.Host.Demo;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Disbursement.Host.Returns;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Simulation;

/// <summary>One process of the Host over a world's database, journal, anchor and keys: made anew after each
/// death.</summary>
internal sealed class SimulatedHost
{
    private readonly MessageTaking _messages;
    private readonly Pump _pump;

    /// <param name="sendingName">Of the world, not of the process: no history of it has a name twice.</param>
    public SimulatedHost(Dialect dialect, FixedMoment clock, Settings settings, string anchor,
        Func<string> sendingName)
    {
        Settings = settings;
        Store = new LedgerStore(dialect) { KeptKeys = new SimulatedKeys() };
        Composition = new Composition(Store, clock, settings.Adapters) { SendingName = sendingName };
        LogFiles = new LogFiles(dialect, Path.Combine(settings.Keys, "log.key.pem"), anchor, settings.Keys);
        _pump = new Pump(Composition, settings);
        _messages = new MessageTaking(Store, settings, Composition.Runner, Composition.Runner.Stage);
    }

    public LedgerStore Store { get; }
    public Composition Composition { get; }
    public Settings Settings { get; }
    public LogFiles LogFiles { get; }

    /// <summary>What refuses to start: a database behind its anchor, or of another history.</summary>
    public IReadOnlyList<Finding> Start() =>
        [.. LogFiles.CheckAnchors().Where(f => f.Rule.Severity == Severity.Refusal)];

    public Decision<Outcome> Decide(DemoPerson? person, Command command) => Composition.Runner.Run(
        SimulationBase.Ledger, person is null ? command : person.Sign(SimulationBase.Ledger, command));

    public IReadOnlyList<PumpStep> Tick(bool untilIdle) =>
        untilIdle ? _pump.UntilIdle(SimulationBase.Ledger) : _pump.Tick(SimulationBase.Ledger);

    public MessagesTaken Receive() => _messages.FromBanks(SimulationBase.Ledger, only: null);

    /// <summary>The end of a run: head signed, anchor moved.</summary>
    public void EndRun() => LogFiles.Advance(SimulationBase.Ledger);

    public T Ask<T>(Func<LedgerView, T> question)
    {
        using var view = Store.Read(SimulationBase.Ledger);
        return question(view);
    }
}
