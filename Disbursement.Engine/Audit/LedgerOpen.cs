using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Audit;

/// <summary>
/// ledger.open: the first leaf; states the installation's epoch and whether the ledger is a rehearsal.
/// </summary>
public sealed class LedgerOpen : ICommandHandler
{
    public string Verb => "ledger.open";

    public Decision<Changes> Decide(DecisionContext context) => Decision<Changes>.Accept(
        context.Head.Leaves > 0 ? Changes.Repeated(context.Head) : new Changes { Result = context.Head });
}
