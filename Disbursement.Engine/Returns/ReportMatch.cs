using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// Matches a report's words with our file and rows: by file reference, row, account and amount, all four. What does not
/// match is an exception with its amount and changes nothing.
/// </summary>
internal static class ReportMatch
{
    public static void Apply(DecisionContext context, Changes changes, BankMessageRow message, MessageHead head,
        IReadOnlyList<ReportLine> lines, ReturnReason reason, bool wholeFileDebit, ExceptionLog log)
    {
        var file = AheadMessage.Named(context, message, head);
        // Its account is not known here yet, and two people settled its lines: it cannot be made, only remembered.
        var lost = file is null ? JournalledWords.Of(context, changes, message.Profile, head.FileReference) : null;
        if (lost is null && AheadMessage.KindOf(context, head.FileReference, file) is { } unfit)
        {
            log.Add(unfit, 0, lines.Sum(l => l.Amount.Fen), 0, head.FileReference ?? "", file?.File);
            return;
        }
        var sent = lost?.Sent ?? (file!.File, file.Lines, file.TotalFen);
        if (head.StatedLines is { } count && count != sent.Lines
            || head.StatedTotal is { } total && total.Fen != sent.TotalFen)
            log.Add(ExceptionKinds.StatedTotalsDiffer, 0, head.StatedTotal?.Fen ?? 0, sent.TotalFen,
                $"{head.StatedLines} of {sent.Lines} lines", sent.File);
        if (head.FileWord == FileWord.Refused && reason == ReturnReason.Duplicate)
        {
            // The bank refuses a second copy because it holds the first: no word about the first.
            log.Add(ExceptionKinds.DuplicateRefused, 0, sent.TotalFen, sent.TotalFen, head.ReasonCode, sent.File);
            if ((lost ?? JournalledWords.Of(context, changes, file!)) is { } first)
                first.DoubtAll(file is null ? FileLines.None : FileLines.Load(context, file.File), [],
                    Reason(reason, head.ReasonCode), message.Document, ExceptionKinds.DuplicateRefused, log: null);
            return;
        }
        Told(context, changes, message, head, lines, reason, wholeFileDebit, file, lost, log);
    }

    /// <summary>The words about a file that went out.</summary>
    /// <param name="lost">Its rows, where the file itself is not here; else null.</param>
    private static void Told(DecisionContext context, Changes changes, BankMessageRow message, MessageHead head,
        IReadOnlyList<ReportLine> lines, ReturnReason reason, bool wholeFileDebit, DisbursementFileRow? file,
        JournalledWords? lost, ExceptionLog log)
    {
        var rows = lines.Select(Row).ToList();
        var refused = head.FileWord == FileWord.Refused;
        // Only after a restore can a row of ours have no payment here; of such a one every word on its file is one.
        var journal = lost ?? JournalledWords.Of(context, changes, file!);
        // Rows told by account and amount, or not told at all, may be any of the file.
        var whole = refused || journal is not null || head.Unlisted is not null
            || lines.Any(l => l.RowReference.Length == 0);
        var (from, to) = whole ? (1, long.MaxValue) : rows.Count == 0 ? (1, 0) : (rows.Min(), rows.Max());
        var loaded = file is null ? FileLines.None : FileLines.Load(context, file.File, from, to);
        var id = file?.File ?? lost!.Sent.File;
        Name(context, lines, rows, loaded, journal);
        var words = Match(context, lines, rows, loaded, journal, message.Document, id, log);
        if (head.Unlisted is { } unlisted && !refused)
            words.AddRange(Unlisted(unlisted, lines.Count, words, loaded, journal, message.Document, id, log));
        if (refused)
            words.AddRange(Rows(loaded, journal).Select(r => new LineOutcome(r.Row, OutcomeKind.Rejected,
                OutcomeSource.Report, Reason(reason, head.ReasonCode), "", null, message.Document, 0)));
        var word = !refused && words.Count > 0 ? FileWord.Accepted : head.FileWord;
        if (journal is not null)
        {
            foreach (var kept in words.Where(w => loaded.At(w.Row) is null)) journal.Keep(kept, log);
            if (Had(word, lines) is { } had)
                journal.DoubtAll(loaded, rows.Concat(words.Select(w => w.Row)), $"{had}", message.Document,
                    ExceptionKinds.PaidAfterAbsence, log);
            words.RemoveAll(w => loaded.At(w.Row) is null);
        }
        if (file is null) return;
        var settled = Settlement.Apply(context, changes,
            FileWords.Take(file, word, head.ReasonCode, log), loaded, words,
            wholeFileDebit, log.Message);
        log.Written(settled.Exceptions);
        if (journal is not null && settled.File.DebitedFen > 0)
            JournalledDebits.Again(journal, settled.File, loaded, wholeFileDebit, message.Document, log);
    }

    /// <summary>What the message says of the rows that it does not name: the bank has the file. Null where it does not
    /// say so.</summary>
    private static FileWord? Had(FileWord word, IReadOnlyList<ReportLine> lines) =>
        word is FileWord.Accepted or FileWord.Pending ? word
        : word != FileWord.Refused && lines.Count > 0 ? FileWord.Pending : null;

    /// <summary>Every row of the file: those with a payment here, and those of the journal without.</summary>
    private static IEnumerable<(long Row, byte[] PayeeHash, long AmountFen)> Rows(
        FileLines loaded, JournalledWords? journal) =>
        loaded.Payments.Select(p => (p.RowReference, p.PayeeHash, p.AmountFen))
            .Concat((journal?.Missing(loaded) ?? []).Select(l => (l.Line, l.PayeeHash, l.AmountFen)));

    /// <param name="journal">The rows without a payment here; a word on one of them is taken for another decision to
    /// keep.</param>
    private static List<LineOutcome> Match(DecisionContext context, IReadOnlyList<ReportLine> lines, List<long> rows,
        FileLines loaded, JournalledWords? journal, string document, long file, ExceptionLog log)
    {
        var words = new List<LineOutcome>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var payment = loaded.At(rows[i]) ?? journal?.At(rows[i]);
            var trouble = payment is null ? ExceptionKinds.UnknownRow
                : payment.AmountFen != line.Amount.Fen ? ExceptionKinds.AmountDiffers
                : !context.Vault.AccountHash(line.Account).AsSpan().SequenceEqual(payment.PayeeHash)
                    ? ExceptionKinds.AccountDiffers
                // "Rejected as a duplicate" says that the bank has it, not what became of it.
                : line.Word == LineWord.Rejected && line.Reason == ReturnReason.Duplicate
                    ? ExceptionKinds.DuplicateRefused
                : line.Unknown.Length > 0 ? ExceptionKinds.UnknownWord
                : null;
            if (trouble == ExceptionKinds.AccountDiffers && line.Account.Length == 0)
                trouble = ExceptionKinds.AccountMissing;
            var kind = KindOf(line.Word);
            var word = new LineOutcome(rows[i], kind ?? OutcomeKind.Rejected, OutcomeSource.Report,
                Reason(line.Reason, line.ReasonCode), line.BankReference, line.ValueDate, document, line.Line);
            if (trouble is not null)
            {
                // Of a row without its payment the number alone tells later which it was.
                var at = payment?.Attempt == 0 ? $"row {rows[i]}" : $"row {line.RowReference}";
                log.Add(trouble, line.Line, line.Amount.Fen, payment?.AmountFen ?? 0,
                    trouble == ExceptionKinds.UnknownWord ? $"{at} {Unknown(line)}" : at, file,
                    payment?.Attempt > 0 ? payment.Claim : null);
                if (payment?.Attempt == 0 && (kind != OutcomeKind.Rejected
                    || trouble is ExceptionKinds.DuplicateRefused or ExceptionKinds.UnknownWord))
                    journal!.Doubt(word with { Reason = Said(line) }, trouble, log: null);
            }
            else if (kind is not null)
                words.Add(word);
            else if (payment!.Attempt == 0)
                journal!.Doubt(word with { Reason = Said(line) }, line.Reason == ReturnReason.Duplicate
                    ? ExceptionKinds.DuplicateRefused : ExceptionKinds.PaidAfterAbsence, log);
        }
        return words;
    }

    /// <summary>A list that repeats no row reference: the one row of the file with that account and that amount. Where
    /// there are two or none, the line matches no row and becomes an exception.</summary>
    private static void Name(DecisionContext context, IReadOnlyList<ReportLine> lines, List<long> rows,
        FileLines loaded, JournalledWords? journal)
    {
        if (!lines.Any(l => l.RowReference.Length == 0)) return;
        var byPayee = Rows(loaded, journal)
            .ToLookup(p => (Convert.ToHexString(p.PayeeHash), p.AmountFen), p => p.Row);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].RowReference.Length > 0) continue;
            var hash = Convert.ToHexString(context.Vault.AccountHash(lines[i].Account));
            var found = byPayee[(hash, lines[i].Amount.Fen)].Take(2).ToList();
            if (found is [var only]) rows[i] = only;
        }
    }

    /// <summary>What a list of failures says of the rows it does not name: paid, if every line of it matched and the
    /// rest of the file is, in rows and fen, exactly what the list says was paid. Else nothing is taken from it.
    /// </summary>
    private static List<LineOutcome> Unlisted(UnlistedRows stated, int lines, List<LineOutcome> words, FileLines loaded,
        JournalledWords? journal, string document, long file, ExceptionLog log)
    {
        var named = words.Select(w => w.Row).ToHashSet();
        var rest = Rows(loaded, journal).Where(p => !named.Contains(p.Row)).ToList();
        var sum = rest.Sum(p => p.AmountFen);
        if (words.Count == lines && named.Count == lines && rest.Count == stated.Lines && sum == stated.Total.Fen)
            return [.. rest.Select(p => new LineOutcome(p.Row, OutcomeKind.Settled, OutcomeSource.Report,
                $"{ReturnReason.None}", "", null, document, 0))];
        log.Add(ExceptionKinds.StatedTotalsDiffer, 0, stated.Total.Fen, sum,
            $"{stated.Lines} of {rest.Count} rows not listed", file);
        return [];
    }

    private static OutcomeKind? KindOf(LineWord word) => word switch
    {
        LineWord.Settled => OutcomeKind.Settled,
        LineWord.Rejected => OutcomeKind.Rejected,
        LineWord.Returned => OutcomeKind.Returned,
        LineWord.Pending or LineWord.Doubtful => null,
        _ => throw new DefectException($"no such word: {word}"),
    };

    /// <summary>The row a line names by our number of it; 0 where it names none.</summary>
    internal static long Row(ReportLine line) =>
        long.TryParse(line.RowReference, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;

    /// <summary>A line's word in short: "Pending" is not what "Doubtful" is.</summary>
    private static string Said(in ReportLine line) => $"{line.Word} {Reason(line.Reason, line.ReasonCode)}";

    // Free text of a bank may name people: only what looks like a code is kept outside the sealed message.
    private static string Reason(ReturnReason reason, string code) => IsCode(code) ? $"{reason} {code}" : $"{reason}";

    /// <summary>Element and word of a line whose word no code list knows; of a text that is no code the element alone:
    /// the line says where in the message it stands.</summary>
    internal static string Unknown(in ReportLine line) =>
        line.Unknown.Split(' ', 2) is [var element, var word] && !IsCode(word) ? element : line.Unknown;

    private static bool IsCode(string text) => text.Length is > 0 and <= 16
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_');
}

/// <summary>The bank's word on a whole file, taken by the file's machine.</summary>
internal static class FileWords
{
    /// <summary>
    /// The header after the word; where the word does not fit, the header as it was and an exception.
    /// </summary>
    public static DisbursementFileRow Take(DisbursementFileRow file, FileWord word, string code, ExceptionLog log) =>
        word switch
        {
            FileWord.Accepted => Accepted(file, log),
            FileWord.Refused => Refused(file, log),
            FileWord.NotFound or FileWord.Doubtful => Kept(file, word, code, log),
            FileWord.None or FileWord.Pending => file,
            _ => throw new DefectException($"no such file word: {word}"),
        };

    /// <summary>By report, query or statement; perhaps before our own call returned.</summary>
    public static DisbursementFileRow Accepted(DisbursementFileRow file, ExceptionLog log)
    {
        if (file.State is FileState.Accepted or FileState.Reconciled) return file;
        // Taken back to Sealed, as never arrived, and there after all: it was sent.
        var sent = file.State == FileState.Sealed ? FileMachine.Table.Next(file.State, FileTrigger.Send) : file.State;
        if (sent is FileState.Sending or FileState.Unknown or FileState.Delivered)
            return file with { State = FileMachine.Table.Next(sent, FileTrigger.Accept), LeaseUntil = null };
        return Kept(file, FileWord.Accepted, "", log);
    }

    private static DisbursementFileRow Refused(DisbursementFileRow file, ExceptionLog log)
    {
        if (file.State == FileState.Refused) return file;
        var sent = file.State == FileState.Sealed ? FileMachine.Table.Next(file.State, FileTrigger.Send) : file.State;
        if (sent is FileState.Sending or FileState.Unknown or FileState.Delivered)
            return file with { State = FileMachine.Table.Next(sent, FileTrigger.Refuse), LeaseUntil = null };
        // Accepted, then refused with nothing paid of it: the whole file comes back.
        if (file.State == FileState.Accepted && file.LinesSettled == 0)
            return file with { State = FileMachine.Table.Next(file.State, FileTrigger.ReturnWhole) };
        return Kept(file, FileWord.Refused, "", log);
    }

    private static DisbursementFileRow Kept(DisbursementFileRow file, FileWord word, string code, ExceptionLog log)
    {
        log.Add(ExceptionKinds.FileContradicted, 0, file.TotalFen, file.TotalFen,
            $"{word} {code} of a file {file.State}", file.File);
        return file;
    }
}
