using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Recalls;

/// <summary>
/// The bank's answer to a recall, held against what was asked. A word about rows that nobody called back is an
/// exception and changes nothing: a bank that cancels unasked has mixed something up. The rest is a word about payments
/// like any other: called back is rejected, not called back leaves the line in flight.
/// </summary>
internal static class RecallAnswers
{
    public static void Apply(DecisionContext context, Changes changes, BankMessageRow message, MessageHead head,
        IReadOnlyList<ReportLine> lines, ReturnReason reason, bool wholeFileDebit, ExceptionLog log)
    {
        var file = AheadMessage.Named(context, message, head);
        // Of a file that is not ours, or never went out, every report is an exception already.
        if (file is null ? Lost(context.Rows, message, head) : file.FirstSentAt is not null)
        {
            var asked = Asked(context.Rows, message.Profile, head.FileReference!, file?.File, head.BankBatch);
            if (asked.Count == 0 || head.FileWord == FileWord.Refused && !asked.Exists(a => a.Rows.IsWhole))
            {
                log.Add(ExceptionKinds.RecallUnasked, 0,
                    lines.Count > 0 ? lines.Sum(l => l.Amount.Fen) : file?.TotalFen ?? 0, 0, Code(head.BankBatch),
                    file?.File);
                return;
            }
            lines = Heard(lines, asked, file?.File, log);
            if (file is not null)
                changes.Insert(Answers(context.Rows, file, asked, head, lines, message.Message));
        }
        ReportMatch.Apply(context, changes, message, head, [.. lines.Select(l => l with { Reason = Own(l.Reason) })],
            Own(reason), wholeFileDebit, log);
    }

    /// <summary>Whether it is about a file that the journal shows and that cannot be made here yet: what is said of it
    /// is remembered.</summary>
    private static bool Lost(IRowReader rows, BankMessageRow message, MessageHead head) =>
        head.FileReference is { } named
        && rows.List<JournalledSendRow>(("reference", named)).Any(s => s.Profile == message.Profile);

    /// <summary>The recalls an answer can be about: the one whose reference it repeats; those of the file where it
    /// names the case in the bank's own way; none where it repeats a reference that was never given.</summary>
    private static List<(long? Recall, RecalledRows Rows)> Asked(IRowReader rows, string profile, string reference,
        long? file, string named)
    {
        // What was not sealed cannot have gone; what was may have, whatever is known of the call.
        List<(long? Recall, string Reference, RecalledRows Rows)> all =
        [
            .. (file is { } here ? RecallBook.Of(rows, here) : []).Where(r => r.Seal is not null)
                .Select(r => ((long?)r.Row.Recall, r.Row.Reference, r.Rows)),
            .. RecallBook.Journalled(rows, profile, reference)
                .Select(r => ((long?)null, r.Reference, RecalledRows.Of(r.Rows))),
        ];
        if (named.StartsWith(reference, StringComparison.Ordinal)) all.RemoveAll(r => r.Reference != named);
        return [.. all.Select(r => (r.Recall, r.Rows))];
    }

    /// <summary>The lines that were called back; each other one is an exception.</summary>
    private static List<ReportLine> Heard(IReadOnlyList<ReportLine> lines,
        List<(long? Recall, RecalledRows Rows)> asked, long? file, ExceptionLog log)
    {
        var heard = new List<ReportLine>(lines.Count);
        foreach (var line in lines)
            if (asked.Exists(a => a.Rows.Has(ReportMatch.Row(line)))) heard.Add(line);
            else log.Add(ExceptionKinds.RecallUnasked, line.Line, line.Amount.Fen, 0, $"row {line.RowReference}", file);
        return heard;
    }

    private static List<RecallAnswerRow> Answers(IRowReader rows, DisbursementFileRow file,
        List<(long? Recall, RecalledRows Rows)> asked, MessageHead head,
        IReadOnlyList<ReportLine> lines, long message)
    {
        var known = rows.List<RecallAnswerRow>(("file", file.File))
            .Select(a => (a.Recall, a.RowReference, a.Word)).ToHashSet();
        var answers = new List<RecallAnswerRow>();
        if (head.Recall is { } whole) asked.ForEach(a => Answer(a.Recall, 0, whole, 0));
        foreach (var line in lines)
            if (line.Recall is { } word)
                foreach (var (recall, _) in asked.Where(a => a.Rows.Has(ReportMatch.Row(line))))
                    Answer(recall, ReportMatch.Row(line), word, line.Line);
        return answers;

        void Answer(long? recall, long row, RecallWord word, long place)
        {
            if (recall is { } number && known.Add((number, row, word))) answers.Add(new RecallAnswerRow
            {
                File = file.File,
                Recall = number,
                RowReference = row,
                Word = word,
                Message = message,
                DocumentLine = place,
            });
        }
    }

    /// <summary>A bank repeats why it was asked: of a line called back as a duplicate nothing is in doubt.</summary>
    private static ReturnReason Own(ReturnReason reason) =>
        reason == ReturnReason.Duplicate ? ReturnReason.Other : reason;

    /// <summary>A case number; a bank's free text may name people.</summary>
    private static string Code(string named) => named.Length <= 35
        && named.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/') ? named : "";
}
