using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.resolve: two people with a document of the bank say what became of a file that is Unknown: accepted, refused,
/// or absent (the same bytes may go again). Never a timer, never a count of tries.
/// </summary>
public sealed class FileResolve(IBankTermsReader terms) : ICommandHandler
{
    public const string Evidence = "file-evidence";
    private const string Absent = "absent";

    public string Verb => "file.resolve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        if (context.Input(Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, FileOf.At(file), file.Reference);
        var text = context.Command.Text("outcome");
        if (TriggerOf(text) is not { } trigger)
            return Decision<Changes>.Refuse(FileRules.ResultUnknown, Place.Of("outcome", text), text);
        var body = $"{text} {context.InputDigest(Evidence)}";
        if (file.State != FileState.Unknown && TwoPeople.Decided(context, $"file/{file.File}", body))
            return Decision<Changes>.Accept(Changes.Repeated(file));
        if (file.State != FileState.Unknown)
            return Decision<Changes>.Refuse([Guard.WrongState("file", file.File, file.State.ToString(), Verb)]);
        // Of a file found in the journal the bytes may be lost, and one that the journal contradicts goes no more: then
        // it is given up.
        if (trigger == FileTrigger.ProveAbsence
            && (file.SealedDocument is null || RestoreLock.Stays(context, file) is not null))
            trigger = FileTrigger.ProveLost;
        if (text != Absent && RestoreLock.Another(context, file) is { } another)
            return Decision<Changes>.Refuse([another]);
        var next = FileOf.Step(file, trigger);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (RestoreLock.Waiting(context, file) is > 0 and var lines)
            return Decision<Changes>.Refuse(RestoreRules.LinesWait, FileOf.At(file), file.Reference, $"{lines}");
        var bank = PayerBank.TermsOf(context, terms, file.Profile);
        if (text == Absent && QuietUntil(file, bank) is { } quiet && context.At < quiet)
            return Decision<Changes>.Refuse(FileRules.QuietPeriod, FileOf.At(file), file.Reference, $"{quiet}");
        // The same bytes carry every line: one that has a word already would be paid by them too.
        if (next.Value == FileState.Sealed && file.LinesOpen < file.Lines)
            return Decision<Changes>.Refuse([Answered(context, file)]);
        return TwoPeople.Decide(context, $"file/{file.File}", body,
            changes => Decision<Changes>.Accept(Resolved(context, changes, file with { State = next.Value }, bank)));
    }

    private static Changes Resolved(DecisionContext context, Changes changes, DisbursementFileRow file, BankTerms bank)
    {
        if (file.State == FileState.Refused)
            changes.Result = Settlement.ApplyToAll(context, changes, file, OutcomeKind.Rejected, OutcomeSource.People,
                nameof(ReturnReason.Other), context.InputDigest(Evidence), bank.DebitsWholeFile).File;
        else if (file.State == FileState.Withdrawn)
            changes.Result = Settlement.ApplyToAll(context, changes, file, OutcomeKind.NotSent, OutcomeSource.People,
                nameof(ReturnReason.None), context.InputDigest(Evidence), bank.DebitsWholeFile).File;
        else if (file.State == FileState.Accepted)
            // No word on any line yet; the release begins settling.
            changes.Result = Settlement.Apply(context, changes, file, FileLines.Load(context, file.File), [],
                bank.DebitsWholeFile).File;
        else
        {
            var again = file with { Version = file.Version + 1 };
            changes.Result = again;
            changes.Update(again);
        }
        return changes;
    }

    /// <summary>
    /// Before the bank's longest intake delay has passed since the newest sending, "not there" proves nothing about
    /// bytes on the way.
    /// </summary>
    private static Instant? QuietUntil(DisbursementFileRow file, BankTerms bank) =>
        bank.Absence == AbsenceEvidence.QuietPeriod ? file.LastSentAt + Duration.FromHours(bank.QuietHours) : null;

    private static Finding Answered(DecisionContext context, DisbursementFileRow file)
    {
        var lines = FileLines.Load(context, file.File);
        var row = lines.Payments.Select(p => p.RowReference).First(r => lines.Known(r).Count > 0);
        return new Finding(ReturnsRules.LineDecided, FileOf.At(file), $"{file.File}", $"{row}",
            $"{OutcomeSet.Of(lines.Known(row).Select(k => (k.Source, k.Kind))).State}");
    }

    private static FileTrigger? TriggerOf(string outcome) => outcome switch
    {
        "accepted" => FileTrigger.Accept,
        "refused" => FileTrigger.Refuse,
        Absent => FileTrigger.ProveAbsence,
        _ => null,
    };
}
