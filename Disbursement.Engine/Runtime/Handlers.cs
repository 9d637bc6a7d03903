using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>Takes one verb: loads what it needs, lets a pure decider decide, and says what changes.</summary>
public interface ICommandHandler
{
    string Verb { get; }

    /// <summary>
    /// Rises when results change; the leaf selects the version, so old decisions replay as they were taken.
    /// </summary>
    int Version => 1;

    /// <summary>Reads and checks what needs no ledger, before the lock is taken: parsing a sheet, for one.</summary>
    object? Prepare(Command command) => null;

    Decision<Changes> Decide(DecisionContext context);
}

/// <summary>
/// A handler whose slow part needs the ledger but not its lock: opening and decoding a message, looking up a sheet's
/// people. What it staged may be old by the time the lock is held, so the decision holds it to the ledger as it then
/// stands and does it again where that moved: staging never changes what is decided.
/// </summary>
public interface IStagedHandler : ICommandHandler
{
    /// <param name="prepared">What Prepare gave.</param>
    /// <returns>What the decision finds as prepared.</returns>
    object? Stage(ILedgerReading ledger, Command command, object? prepared);
}
