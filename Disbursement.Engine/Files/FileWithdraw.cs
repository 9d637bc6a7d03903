using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.withdraw: a file that never left is given up, and each of its claims is unpaid again. The proof is our own log,
/// which has no Sending of it that was not proved void.
/// </summary>
public sealed class FileWithdraw(IBankTermsReader terms) : ICommandHandler
{
    public string Verb => "file.withdraw";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        if (file.State == FileState.Withdrawn) return Decision<Changes>.Accept(Changes.Repeated(file));
        var next = FileOf.Step(file, FileTrigger.Withdraw);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (file.FirstSentAt is not null)
            return Decision<Changes>.Refuse(FileRules.WasSent, FileOf.At(file), file.Reference);
        var whole = PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile;
        var changes = new Changes();
        changes.Result = Settlement.ApplyToAll(context, changes, file with { State = next.Value }, OutcomeKind.NotSent,
            OutcomeSource.People, nameof(ReturnReason.None), context.InputDigest(Approval.Kind), whole).File;
        return Decision<Changes>.Accept(changes);
    }
}
