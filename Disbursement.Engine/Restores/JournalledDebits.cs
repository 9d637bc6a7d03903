using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>What a statement or a report of entries debits under the references of journalled files: of rows without
/// their payment here it may say that the bank has them. A word for each file, however many entries it has.</summary>
/// <param name="fileOf">The file of a reference, as the entries leave it; null where it is none here, or not made
/// yet.</param>
internal sealed class JournalledDebits(DecisionContext context, Changes changes, string profile,
    Func<string, DisbursementFileRow?> fileOf)
{
    private readonly SortedDictionary<string, List<StatementEntry>> _debits = new(StringComparer.Ordinal);

    /// <summary>Takes note of an entry; a credit and the bank's own fee say nothing of rows.</summary>
    public void Take(StatementEntry entry)
    {
        if (entry.Amount >= Money.Zero || entry.Kind == StatementPosting.Fee) return;
        foreach (var reference in Named(entry))
        {
            if (!_debits.TryGetValue(reference, out var entries)) _debits[reference] = entries = [];
            entries.Add(entry);
        }
    }

    /// <param name="of">The statement they stand in; empty for entries that are no statement's yet.</param>
    /// <param name="areBooked">The files' counters have them already.</param>
    public void Write(string of, bool areBooked, bool wholeFileDebit, string document, ExceptionLog log)
    {
        foreach (var (reference, entries) in _debits)
        {
            var file = fileOf(reference);
            if (Journal(reference, file) is not { } journal) continue;
            var loaded = file is null ? FileLines.None : FileLines.Load(context, file.File);
            var (fen, last) = (entries.Sum(e => Share(e, reference)), entries[^1]);
            var debited = areBooked ? Math.Max(file?.DebitedFen ?? 0, fen) : (file?.DebitedFen ?? 0) + fen;
            journal.Debited(loaded, debited, Refused(file, wholeFileDebit),
                Word(debited, file is null ? of : "", document, last.Line), log);
        }
    }

    /// <summary>The same of what was debited before, after the bank refused rows of the file.</summary>
    public static void Again(JournalledWords journal, DisbursementFileRow file, FileLines loaded, bool wholeFileDebit,
        string document, ExceptionLog log) => journal.Debited(loaded, file.DebitedFen,
            Refused(file, wholeFileDebit), Word(file.DebitedFen, "", document, 0), log);

    /// <summary>Fen of the file that the bank refused and, where it debits row by row, did not debit; less what it gave
    /// back.</summary>
    private static long Refused(DisbursementFileRow? file, bool wholeFileDebit) =>
        file is null || wholeFileDebit ? 0 : file.RejectedFen - file.RefundedFen;

    /// <summary>A debit of a file as a word on any row of it: the same sum in all is the same word, whether a
    /// notification says so or the statement.</summary>
    /// <param name="of">The statement, where the file is not here and keeps no sum.</param>
    private static LineOutcome Word(long debited, string of, string document, long line) => new(0,
        OutcomeKind.Rejected, OutcomeSource.Report, string.Create(CultureInfo.InvariantCulture, $"Debited {debited}"),
        of, null, document, line);

    /// <summary>What a debit takes of one file at least: in one debit with others, beside all that they are.</summary>
    private long Share(StatementEntry entry, string reference) => Math.Max(0, -entry.Amount.Fen - Named(entry)
        .Where(r => r != reference)
        .Sum(r => fileOf(r) is { } file ? file.TotalFen : Journal(r, null)?.Sent.TotalFen ?? 0));

    /// <summary>Null where no journal shows it, and of a file here that another account pays.</summary>
    private JournalledWords? Journal(string reference, DisbursementFileRow? file) =>
        file is not null ? JournalledWords.Of(context, changes, file)
        : JournalledFile.Named(context.Rows, profile, reference) is null
            ? JournalledWords.Of(context, changes, profile, reference) : null;

    private static IEnumerable<string> Named(StatementEntry entry) => entry.Reference
        .Split(StatementPosting.Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);
}
