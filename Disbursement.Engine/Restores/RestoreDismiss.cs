using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.dismiss: two people with a document say that the bank's word about a file never sent from here is no sign of
/// an older backup. Their decision is the proposal itself; the exception stands as it is and holds no sending any more.
/// </summary>
/// <remarks>Argument exception; input the evidence. Refusals: person.* by who signs, not found, no evidence,
/// recovery.nothing-to-dismiss.</remarks>
public sealed class RestoreDismiss : ICommandHandler
{
    public const string Name = "restore.dismiss";

    public string Verb => Name;

    public static string Subject(long exception) => $"exception/{exception.ToString(CultureInfo.InvariantCulture)}";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (id, text) = (context.Command.Number("exception"), context.Command.Text("exception"));
        if (context.Rows.Find<BankExceptionRow>(("exception", id)) is not { } exception)
            return Decision<Changes>.Refuse([Guard.NotFound("exception", text)]);
        if (context.Input(RestoreResolve.Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, Place.Of("exception", text), exception.Detail);
        var evidence = context.InputDigest(RestoreResolve.Evidence);
        if (TwoPeople.Decided(context, Subject(id), evidence))
            return Decision<Changes>.Accept(Changes.Repeated(exception));
        if (!RestoreLock.Holds(context.Rows, exception))
            return Decision<Changes>.Refuse(RestoreRules.NothingToDismiss, Place.Of("exception", text), text);
        return TwoPeople.Decide(context, Subject(id), evidence, changes =>
        {
            changes.Result = exception;
            return Decision<Changes>.Accept(changes);
        });
    }
}
