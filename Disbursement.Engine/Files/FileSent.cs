using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>What a call to the bank came to. What is not proved is Unknown.</summary>
public enum SendingResult { Delivered, NotSent, Refused, Unknown }

/// <summary>
/// file.sent: the outcome of a call, told with the version of the Sending it belongs to; the transport's words are an
/// input document. An outcome that comes after its lease is kept as evidence and changes nothing.
/// </summary>
public sealed class FileSent(IBankTermsReader terms) : ICommandHandler
{
    public const string Detail = "send-result";

    public string Verb => "file.sent";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        var text = context.Command.Text("result");
        if (!Enum.TryParse<SendingResult>(text, out var result))
            return Decision<Changes>.Refuse(FileRules.ResultUnknown, FileOf.At(file), text);
        if (file.State != FileState.Sending || file.Version != context.Command.Number("version"))
            return Late(file, result);
        var next = FileOf.Step(file, TriggerOf(result));
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        var changes = new Changes();
        var after = file with { State = next.Value, LeaseUntil = null };
        if (result == SendingResult.Refused)
        {
            var whole = PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile;
            changes.Result = Settlement.ApplyToAll(context, changes, after, OutcomeKind.Rejected, OutcomeSource.Report,
                nameof(ReturnReason.Other), context.InputDigest(Detail), whole).File;
            return Decision<Changes>.Accept(changes);
        }
        // The transport proves that no byte left: a first sending then never was, and the file may still be withdrawn.
        if (result == SendingResult.NotSent && file.FirstSentAt == file.LastSentAt)
            after = after with { FirstSentAt = null, LastSentAt = null, AnswerBy = null };
        after = after with { Version = file.Version + 1 };
        if (context.Command.Find("taken") is not null)
            changes.Insert(NameTaken(context, file.Reference) with { File = file.File, AmountFen = file.TotalFen });
        changes.Result = after;
        return Decision<Changes>.Accept(changes.Update(after));
    }

    /// <summary>Something else stood under the name of a file, or of a batch of cards, that was never sent before: it
    /// holds up every sending.</summary>
    internal static BankExceptionRow NameTaken(DecisionContext context, string reference) => new()
    {
        Exception = context.NextId("exception"),
        Kind = ExceptionKinds.NameTaken,
        Document = context.InputDigest(Detail),
        DocumentLine = 0,
        AmountFen = 0,
        ExpectedFen = 0,
        Detail = reference,
    };

    /// <summary>
    /// The bank spoke first, or the lease ran out: the leaf keeps the word, the file stays where it is.
    /// </summary>
    private static Decision<Changes> Late(DisbursementFileRow file, SendingResult result) =>
        Decision<Changes>.Accept(new Changes { Result = file }.Count("late-result", (long)result));

    /// <summary>What a call came to, of a file or of a batch of cards.</summary>
    internal static FileTrigger TriggerOf(SendingResult result) => result switch
    {
        SendingResult.Delivered => FileTrigger.Deliver,
        SendingResult.NotSent => FileTrigger.ProveUnsent,
        SendingResult.Refused => FileTrigger.Refuse,
        SendingResult.Unknown => FileTrigger.LoseAnswer,
        _ => throw new DefectException($"no such result of a sending: {result}"),
    };
}
