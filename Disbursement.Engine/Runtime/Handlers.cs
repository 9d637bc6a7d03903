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
