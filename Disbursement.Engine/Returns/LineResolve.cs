using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// line.resolve: two people with a document say what became of a line the bank does not
/// answer, or answers both ways (L7).
/// </summary>
/// <remarks>Arguments file, row, outcome; input kind evidence.</remarks>
public sealed class LineResolve(IBankMessageReader reader) : ICommandHandler
{
    public const string Evidence = "evidence";

    public string Verb => "line.resolve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (id, row, said) = (context.Command.Number("file"), context.Command.Number("row"),
            context.Command.Text("outcome"));
        if (!Enum.TryParse<OutcomeKind>(said, out var kind) || !Enum.IsDefined(kind))
            return Decision<Changes>.Refuse(ReturnsRules.OutcomeUnknown, Place.Of("--outcome", said), said);
        if (context.Rows.Find<DisbursementFileRow>(("file", id)) is not { } file)
            return Decision<Changes>.Refuse([Guard.NotFound("file", context.Command.Text("file"))]);
        var lines = FileLines.Load(context, id, row, row);
        if (lines.At(row) is null)
            return Decision<Changes>.Refuse([Guard.NotFound("row", context.Command.Text("row"))]);
        var digest = context.InputDigest(Evidence);
        var word = new LineOutcome(row, kind, OutcomeSource.People, "evidence", "", null, digest, 0);
        var locked = RestoreLock.Denied(context, file, row);
        if (lines.Known(row).Any(k => k.Source == OutcomeSource.People && k.Kind == kind))
            return locked is null && StateOf(lines.Known(row)) != AttemptState.Contradicted
                ? Decision<Changes>.Accept(Changes.Repeated(file))
                // The bank's word came after theirs: said once more in the same words it would change nothing.
                : Decision<Changes>.Refuse(ReturnsRules.SaidBefore, Place.Of("row", $"{row}"), $"{id}", $"{row}",
                    $"{kind}", $"{StateOf(lines.Known(row))}");
        if (locked is null && Undecided(context, file, lines.Known(row)) is { } state)
            return Decision<Changes>.Refuse(ReturnsRules.LineDecided,
                Place.Of("row", $"{row}"), $"{id}", $"{row}", state);
        var profile = Adopted.Open(context, Adopt.Profile, file.Profile)
            ?? throw new DefectException($"file {id} is of a profile that is not adopted");
        return TwoPeople.Decide(context, $"file/{id}/row/{row}", $"{kind} {digest}", changes =>
        {
            changes.Result = Settlement.Apply(context, changes, file, lines, [word],
                reader.DebitsWholeFile(profile)).File;
            if (locked is not null) changes.Insert(locked);
            return Decision<Changes>.Accept(changes);
        });
    }

    /// <summary>Null where people may decide; else what stands.</summary>
    private static string? Undecided(
        DecisionContext context, DisbursementFileRow file, IReadOnlyList<KnownOutcome> known)
    {
        var state = StateOf(known);
        if (state == AttemptState.Contradicted) return null;
        if (state != AttemptState.Open) return $"{state}";
        var silent = file.State == FileState.Unknown
            || file.State is FileState.Accepted or FileState.Delivered && file.AnswerBy is { } by && by < context.At;
        return silent ? null : $"{ClaimState.Sent}";
    }

    private static AttemptState StateOf(IReadOnlyList<KnownOutcome> known) =>
        OutcomeSet.Of(known.Select(k => (k.Source, k.Kind))).State;
}
