using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Restores;

namespace Disbursement.Engine.Recalls;

/// <summary>A recall with all that followed it.</summary>
/// <param name="Seal">Its bytes; null before they are made.</param>
/// <param name="Sendings">In order.</param>
public sealed record KnownRecall(RecallRow Row, RecalledRows Rows, RecallSealRow? Seal,
    IReadOnlyList<RecallSendingRow> Sendings, IReadOnlyList<RecallAnswerRow> Answers)
{
    /// <summary>The bank said of every row asked about that it was called back or was not. "Being looked at" is no
    /// answer.</summary>
    public bool IsAnswered
    {
        get
        {
            var rows = Answers.Where(a => a.Word is RecallWord.Cancelled or RecallWord.Refused)
                .Select(a => a.RowReference).ToHashSet();
            return rows.Contains(0)
                || (Rows.Numbers is { } numbers ? numbers.All(rows.Contains) : rows.Count >= Row.Lines);
        }
    }

    /// <summary>The bank's side has it, or refuses it: it does not go again.</summary>
    public bool IsHandedOver => Sendings.Any(s => s.Result is SendingResult.Delivered or SendingResult.Refused);
}

/// <summary>The recalls of a file as they stand in the tables.</summary>
public static class RecallBook
{
    public static IReadOnlyList<KnownRecall> Of(IRowReader rows, long file)
    {
        var asked = rows.List<RecallRow>(("file", file));
        if (asked.Count == 0) return [];
        var seals = rows.List<RecallSealRow>(("file", file)).ToDictionary(s => s.Recall);
        var sendings = rows.List<RecallSendingRow>(("file", file)).ToLookup(s => s.Recall);
        var answers = rows.List<RecallAnswerRow>(("file", file)).ToLookup(a => a.Recall);
        return [.. asked.Select(r => new KnownRecall(r, RecalledRows.Of(r.Rows), seals.GetValueOrDefault(r.Recall),
            [.. sendings[r.Recall]], [.. answers[r.Recall]]))];
    }

    /// <summary>A number that no recall of the file has had, here or in a history that was lost.</summary>
    internal static int NextNumber(IRowReader rows, DisbursementFileRow file)
    {
        var known = rows.List<RecallRow>(("file", file.File)).Select(r => r.Reference)
            .Concat(Journalled(rows, file.Profile, file.Reference).Select(r => r.Reference)).ToHashSet();
        var number = 1;
        while (number <= RecallRequest.MostOfAFile && known.Contains(RecallRequest.ReferenceOf(file.Reference, number)))
            number++;
        return number;
    }

    internal static IReadOnlyList<JournalledRecallRow> Journalled(IRowReader rows, string profile, string reference) =>
        rows.List<JournalledRecallRow>(("profile", profile), ("file_reference", reference));

    /// <summary>Whether a recall of the send journal stands here, asked for or listed after a restore. One of the same
    /// reference for other rows is another one.</summary>
    public static bool Knows(IRowReader rows, JournalledRecall recall) =>
        rows.List<RecallRow>(("reference", recall.Reference)).Any(r => r.Rows == recall.Rows)
        || rows.Count<JournalledRecallRow>(("reference", recall.Reference), ("digest", recall.Digest)) > 0;

    /// <summary>The rows that list recalls of the journal after a restore.</summary>
    internal static IReadOnlyList<JournalledRecallRow> Listed(IReadOnlyList<JournalledRecall> recalls, long restore) =>
        [.. recalls.Select(r => new JournalledRecallRow
        {
            Reference = r.Reference,
            Digest = r.Digest,
            Restore = restore,
            Profile = r.Profile,
            FileReference = r.File,
            Rows = r.Rows,
        })];
}
