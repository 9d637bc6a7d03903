using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Recalls;

/// <summary>
/// file.recall: a treasurer asks with a reason, and another person agrees, that the bank be asked not to pay a file, or
/// rows of it, that it has (撤销代发). What is recorded is the request. No wage becomes payable by it: only the bank's
/// answer that it was carried out is evidence of that.
/// </summary>
/// <remarks>Arguments file, reason (<see cref="RecallReason"/>) and rows ("*", or numbers with commas between). Asked
/// again while the bank has not answered it is a repeat. Two people, for it holds workers' wages back.</remarks>
public sealed class FileRecall(IBankTermsReader terms) : ICommandHandler
{
    /// <summary>The rows stand in the leaf and in the proposal, which are short.</summary>
    public const int MostRows = 500;

    public string Verb => "file.recall";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var subject = $"file/{context.Command.Number("file")}";
        var (said, text) = (context.Command.Text("reason"), context.Command.Text("rows"));
        var isRead = RecalledRows.TryParse(text, out var rows, out var wrong);
        var open = RecallBook.Of(context.Rows, context.Command.Number("file"))
            .FirstOrDefault(r => !r.IsAnswered && r.Rows.Overlaps(rows));
        var isRepeat = isRead && open is not null && $"{open.Row.Reason} {open.Row.Rows}" == $"{said} {rows}";
        // A treasurer asks; the other person, and whoever runs it once more, may be anybody enrolled.
        var role = isRepeat || TwoPeople.Asked(context, subject, $"{said} {rows}") ? "" : Roles.Treasurer;
        if (Guard.Actor(context, role) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        if (!Enum.TryParse<RecallReason>(said, out var reason) || reason.ToString() != said)
            return Decision<Changes>.Refuse(RecallRules.ReasonUnknown, Place.Of("--reason", said), said,
                string.Join(", ", Enum.GetNames<RecallReason>()));
        if (!isRead) return Decision<Changes>.Refuse([Guard.NotFound("row", wrong)]);
        if (isRepeat) return Decision<Changes>.Accept(Changes.Repeated(open!.Row));
        var file = found.Value;
        var bank = PayerBank.TermsOf(context, terms, file.Profile);
        if (Unfit(context, file, rows, bank) is [_, ..] unfit) return Decision<Changes>.Refuse(unfit);
        if (open is not null)
            return Decision<Changes>.Refuse(RecallRules.AskedBefore, FileOf.At(file), file.Reference,
                open.Row.Reference);
        var number = RecallBook.NextNumber(context.Rows, file);
        if (number > RecallRequest.MostOfAFile)
            return Decision<Changes>.Refuse(RecallRules.TooOften, FileOf.At(file), file.Reference, $"{number - 1}");
        return TwoPeople.Decide(context, subject, $"{said} {rows}", changes =>
        {
            var row = Row(context, file, number, reason, rows, bank);
            changes.Result = row;
            return Decision<Changes>.Accept(changes.Insert(row).Count("lines", row.Lines).Count("fen", row.TotalFen));
        });
    }

    /// <summary>What stands in the way, by the bank, the file and its rows; all rows are told of at once.</summary>
    private static IReadOnlyList<Finding> Unfit(DecisionContext context, DisbursementFileRow file, RecalledRows rows,
        BankTerms bank)
    {
        var at = FileOf.At(file);
        var (state, id) = (file.State.ToString(), file.File.ToString(CultureInfo.InvariantCulture));
        if (!bank.TakesRecalls) return [new Finding(RecallRules.NotOffered, at, file.Profile)];
        switch (file.State)
        {
            case FileState.Built or FileState.Sealed:
                return [new Finding(RecallRules.NotSent, at, file.Reference, state, id)];
            case FileState.Sending:
                return [new Finding(RecallRules.BeingSent, at, file.Reference, $"{file.LeaseUntil}")];
            case FileState.Refused or FileState.Withdrawn or FileState.Reconciled:
                return [new Finding(RecallRules.NothingOpen, at, file.Reference, state, id)];
        }
        // Its rows are not those the bank has under the reference.
        if (RestoreLock.Another(context, file) is { } another) return [another];
        if (RestoreLock.Waiting(context, file) is > 0 and var lines)
            return [new Finding(RestoreRules.LinesWait, at, file.Reference, $"{lines}")];
        if (file.LinesOpen == 0) return [new Finding(RecallRules.NothingOpen, at, file.Reference, state, id)];
        if (rows.Numbers is not { } numbers) return [];
        if (numbers.Count > MostRows)
            return [new Finding(RecallRules.TooManyRows, at, $"{numbers.Count}", $"{MostRows}")];
        var loaded = FileLines.Load(context, file.File, numbers[0], numbers[^1]);
        return [.. numbers.Select(n => Final(file, loaded, n)).OfType<Finding>()];
    }

    private static Finding? Final(DisbursementFileRow file, FileLines lines, long row)
    {
        if (lines.At(row) is null) return Guard.NotFound("row", row.ToString(CultureInfo.InvariantCulture));
        var state = OutcomeSet.Of(lines.Known(row).Select(k => (k.Source, k.Kind))).State;
        return state == AttemptState.Open ? null : new Finding(RecallRules.LineFinal, Place.Of("row", $"{row}"),
            file.Reference, $"{row}", $"{state}", $"{file.File}");
    }

    private static RecallRow Row(DecisionContext context, DisbursementFileRow file, int number, RecallReason reason,
        RecalledRows rows, BankTerms bank)
    {
        var (lines, fen) = (file.Lines, file.TotalFen);
        if (rows.Numbers is { } numbers)
        {
            var loaded = FileLines.Load(context, file.File, numbers[0], numbers[^1]);
            (lines, fen) = (numbers.Count, numbers.Sum(n => loaded.At(n)!.AmountFen));
        }
        return new RecallRow
        {
            File = file.File,
            Recall = number,
            Reference = RecallRequest.ReferenceOf(file.Reference, number),
            Name = bank.NamePattern.Replace("{reference}", $"{file.Reference}-recall-{number}",
                StringComparison.Ordinal),
            Reason = reason,
            Rows = rows.ToString(),
            Lines = lines,
            TotalFen = fen,
            AskedAt = context.At,
        };
    }
}
