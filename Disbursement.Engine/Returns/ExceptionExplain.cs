using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// exception.explain: two people with a document say what became of an exception that no later word of the bank can end
/// (L7). Their decided proposal is the record: the exception's row stays as it was met.
/// </summary>
/// <remarks>Argument exception; input kind exception-evidence. Refuses an exception that is not there, and one of a
/// kind that stands until its cause has ended (<see cref="ExceptionKinds.UntilItsCauseEnds"/>).</remarks>
public sealed class ExceptionExplain : ICommandHandler
{
    public const string Evidence = "exception-evidence";

    public string Verb => "exception.explain";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var id = context.Command.Number("exception");
        if (context.Rows.Find<BankExceptionRow>(("exception", id)) is not { } met)
            return Decision<Changes>.Refuse([Guard.NotFound("exception", context.Command.Text("exception"))]);
        if (ExceptionKinds.UntilItsCauseEnds.Contains(met.Kind))
            return Decision<Changes>.Refuse(ReturnsRules.CauseStands, Place.Of("exception", $"{id}"),
                $"{id}", met.Kind);
        var digest = context.InputDigest(Evidence);
        if (TwoPeople.Decided(context, $"exception/{id}", digest))
            return Decision<Changes>.Accept(Changes.Repeated(met));
        return TwoPeople.Decide(context, $"exception/{id}", digest, changes =>
        {
            changes.Result = met;
            return Decision<Changes>.Accept(changes);
        });
    }
}
