using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// A report that tells of more than this database knows: of a file of our own numbering that was never built here, or
/// never sent. Nothing goes out before that is cleared (<see cref="RestoreLock.BankAhead"/>), and until then the
/// message is not done with: once the journal lists the file, its words are taken as any other. Of a statement see
/// <see cref="AheadStatement"/>.
/// </summary>
internal static class AheadMessage
{
    /// <summary>The file a report means, or null.</summary>
    public static DisbursementFileRow? Named(DecisionContext context, BankMessageRow message, MessageHead head) =>
        head.FileReference is { } reference ? JournalledFile.Named(context.Rows, message.Profile, reference) : null;

    /// <summary>Why nothing can be taken from a report about that file: the exception's kind, or null.</summary>
    public static string? KindOf(DecisionContext context, string? reference, DisbursementFileRow? file) =>
        file is null
            ? RestoreLock.BuiltElsewhere(context, reference) ? ExceptionKinds.FileAhead
                : ExceptionKinds.UnknownFile
        // A file that went out once can be answered whatever we made of it since; one that never did cannot.
        : file.FirstSentAt is null || file.State is FileState.Built ? ExceptionKinds.NeverSent : null;

    /// <summary>Where a part of a message stands with that.</summary>
    /// <param name="known">Exceptions met in the message so far.</param>
    public static AheadState Of(DecisionContext context, BankMessageRow message, MessageSegment segment, long known)
    {
        if (segment is not { Statement: null, Head: { } head }
            || head.Kind != MessageKind.Recall && CardAnswers.Concern(context, message, head)) return AheadState.No;
        var met = known == 0 ? null : context.Rows.List<BankExceptionRow>(("message", message.Message))
            .FirstOrDefault(x => x.Kind is ExceptionKinds.FileAhead or ExceptionKinds.NeverSent
                && x.Detail == head.FileReference);
        if (met is null)
            return KindOf(context, head.FileReference, Named(context, message, head))
                is ExceptionKinds.FileAhead or ExceptionKinds.NeverSent ? AheadState.New : AheadState.No;
        if (RestoreLock.Holds(context.Rows, met)) return AheadState.Told;
        return context.Rows.Count<JournalledSendRow>(("reference", met.Detail)) > 0
            ? AheadState.No : AheadState.Dismissed;
    }
}

/// <summary>Whether a report tells of a file that is not known here.</summary>
internal enum AheadState
{
    /// <summary>Not, or not any more: its words are taken.</summary>
    No,
    /// <summary>It does, for the first time.</summary>
    New,
    /// <summary>It did before, and the exception stands: it waits.</summary>
    Told,
    /// <summary>Two people said that it is about none of our files: whatever goes out under that name since is
    /// another, and nothing is taken from it.</summary>
    Dismissed,
}
