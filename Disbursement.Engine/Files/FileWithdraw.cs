using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.withdraw: a file that never left is given up, and each of its claims is unpaid again. The proof is our own log,
/// which has no Sending of it.
/// </summary>
/// <remarks>
/// A file whose sendings were all proved void can go again, so it is not given up, unless it is held for good because
/// the bank says that a line was paid before, or the send journal that a wage of it went out in another file. Then the
/// proof is that evidence, and two people decide (L7).
/// </remarks>
public sealed class FileWithdraw(IBankTermsReader terms) : ICommandHandler
{
    private const string Held = "withdraw";

    public string Verb => "file.withdraw";

    public Decision<Changes> Decide(DecisionContext context)
    {
        // A treasurer asks for it; where two are needed the other may be anybody enrolled.
        var role = TwoPeople.Asked(context, $"file/{context.Command.Number("file")}", Held) ? "" : Roles.Treasurer;
        if (Guard.Actor(context, role) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        if (file.State == FileState.Withdrawn) return Decision<Changes>.Accept(Changes.Repeated(file));
        var next = FileOf.Step(file, FileTrigger.Withdraw);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        var withdrawn = file with { State = next.Value };
        if (file.FirstSentAt is null) return Withdrawn(context, new Changes(), withdrawn);
        if (context.Queries.RowsPaidBefore(file.File).Count == 0 && RestoreLock.Stays(context, file) is null)
            return Decision<Changes>.Refuse(FileRules.WasSent, FileOf.At(file), file.Reference);
        return TwoPeople.Decide(context, $"file/{file.File}", Held,
            changes => Withdrawn(context, changes, withdrawn));
    }

    private Decision<Changes> Withdrawn(DecisionContext context, Changes changes, DisbursementFileRow file)
    {
        var whole = PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile;
        changes.Result = Settlement.ApplyToAll(context, changes, file, OutcomeKind.NotSent,
            OutcomeSource.People, nameof(ReturnReason.None), context.InputDigest(Approval.Kind), whole).File;
        return Decision<Changes>.Accept(changes);
    }
}
