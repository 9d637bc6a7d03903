using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Runtime;

/// <summary>Takes one verb: loads what it needs, lets a pure decider decide, and says what changes.</summary>
public interface ICommandHandler
{
    string Verb { get; }

    /// <summary>Rises when results change; the leaf selects the version, so old decisions replay as they were taken.</summary>
    int Version => 1;

    Decision<Changes> Decide(DecisionContext context);
}
