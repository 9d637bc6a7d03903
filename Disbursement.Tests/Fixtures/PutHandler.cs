using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Tests.Fixtures;

/// <summary>Writes whatever a test says: the only handler that is not the product's.</summary>
internal sealed class PutHandler : ICommandHandler
{
    public Action<DecisionContext, Changes> Put { get; set; } = (_, _) => { };
    public string Verb => "test.put";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var changes = new Changes();
        Put(context, changes);
        return Decision<Changes>.Accept(changes);
    }
}
