using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// The rows of one journalled file that have no payment here, and what the bank says of them: kept, so that it counts
/// once the row has its payment. Of a row that two people called absent a word of payment or return, or one that the
/// bank has it, locks the wage again (view journalled_line_gone) and is an exception.
/// </summary>
internal sealed class JournalledWords
{
    private readonly DecisionContext _context;
    private readonly Changes _changes;
    private readonly JournalledSendRow _send;
    private readonly Dictionary<long, JournalledLineRow> _lines;
    private readonly ILookup<long, JournalledCause> _left;
    private readonly Dictionary<long, List<JournalledWordRow>> _words;

    private JournalledWords(DecisionContext context, Changes changes, JournalledSendRow send)
    {
        (_context, _changes, _send) = (context, changes, send);
        _lines = context.Rows.List<JournalledLineRow>(("send", send.Send)).ToDictionary(l => l.Line);
        _left = context.Rows.List<JournalledLineLeftRow>(("send", send.Send)).ToLookup(l => l.Line, l => l.Cause);
        _words = context.Rows.List<JournalledWordRow>(("send", send.Send)).GroupBy(w => w.Line)
            .ToDictionary(g => g.Key, g => g.OrderBy(w => w.Seq).ToList());
    }

    /// <summary>Of a file; null where the journal does not show it.</summary>
    public static JournalledWords? Of(DecisionContext context, Changes changes, DisbursementFileRow file) =>
        context.Rows.List<JournalledSendRow>(("file", file.File)) is [var send, ..]
            ? new JournalledWords(context, changes, send) : null;

    /// <summary>Of a reference that the journal shows and whose file cannot be made here yet; else null.</summary>
    public static JournalledWords? Of(DecisionContext context, Changes changes, string profile, string? reference) =>
        reference is null ? null : context.Rows.List<JournalledSendRow>(("reference", reference))
            .Where(s => s.Profile == profile).MinBy(s => s.Send) is { } send
            ? new JournalledWords(context, changes, send) : null;

    /// <summary>Rows without their payment, of those that were loaded.</summary>
    public IEnumerable<JournalledLineRow> Missing(FileLines? loaded) =>
        _lines.Values.Where(l => loaded?.At(l.Line) is null && !_left[l.Line].Contains(JournalledCause.Matched))
            .OrderBy(l => l.Line);

    /// <summary>The journalled file: its number, rows and fen.</summary>
    public (long File, long Lines, long TotalFen) Sent => (_send.File, _send.Lines, _send.TotalFen);

    /// <summary>The row as it went out, an attempt nought of no claim; null where it has no such row, or the row has
    /// its payment.</summary>
    public FilePayment? At(long row) =>
        _lines.TryGetValue(row, out var line) && !_left[row].Contains(JournalledCause.Matched)
            ? new FilePayment
            {
                RowReference = row,
                Claim = 0,
                Attempt = 0,
                AmountFen = line.AmountFen,
                PayeeHash = line.PayeeHash,
                Worker = 0,
                Payroll = 0,
                Latest = 0,
                Dead = 0,
            }
            : null;

    /// <summary>Keeps a word, once by its content.</summary>
    public void Keep(in LineOutcome word, ExceptionLog log)
    {
        var told = Told(word.Row);
        if (Written(word, trouble: null) && Denies(word.Kind) && !told)
            Tell(word, ExceptionKinds.PaidAfterAbsence, log);
    }

    /// <summary>
    /// Keeps that the bank has paid or returned something in the place of the row, or has it and does not say what
    /// became of it: no outcome ever, but nothing goes out again as if it had never been there.
    /// </summary>
    /// <param name="trouble">The kind of the exception it is.</param>
    /// <param name="log">Where it is told, once until people answer, of a row that two people called absent; null where
    /// the caller tells it.</param>
    public void Doubt(in LineOutcome word, string trouble, ExceptionLog? log)
    {
        var told = Told(word.Row);
        if (Written(word, trouble) && log is not null && !told) Tell(word, trouble, log);
    }

    /// <summary>The same of every row without its payment that a message on the file does not name: a bank has a file
    /// whole, or not at all.</summary>
    /// <param name="named">Rows that the message says something of.</param>
    /// <param name="reason">What it says of the file: another word is another doubt.</param>
    public void DoubtAll(FileLines loaded, IEnumerable<long> named, string reason, string document, string trouble,
        ExceptionLog? log)
    {
        var told = named.ToHashSet();
        foreach (var line in Missing(loaded).Where(l => !told.Contains(l.Line)))
            Doubt(new LineOutcome(line.Line, OutcomeKind.Rejected, OutcomeSource.Report, reason, "", null, document, 0),
                trouble, log);
    }

    /// <summary>
    /// The bank debited the file: where that is more than its other rows can be, it has these too. Lines that people
    /// hold may be among what was debited, those they called absent are only where nothing else explains it.
    /// </summary>
    /// <param name="debited">Fen, of the whole file so far.</param>
    /// <param name="refused">Fen of it that the file's counters have as refused and not given back, what people called
    /// absent among it: none of that was debited.</param>
    /// <param name="word">The debit, of any row: its sum tells it from another.</param>
    public void Debited(FileLines loaded, long debited, long refused, in LineOutcome word, ExceptionLog log)
    {
        var missing = Missing(loaded).ToLookup(l => _left[l.Line].Contains(JournalledCause.Absent));
        var (held, absent) = (missing[false].Sum(l => l.AmountFen), missing[true].Sum(l => l.AmountFen));
        var explained = _send.TotalFen - Math.Max(absent, refused);
        foreach (var line in missing.SelectMany(l => l).OrderBy(l => l.Line))
            if (debited > explained - (_left[line.Line].Contains(JournalledCause.Absent) ? 0 : held))
                Doubt(word with { Row = line.Line }, ExceptionKinds.PaidAfterAbsence, log);
    }

    /// <summary>Whether a word against the row's absence waits for people's answer already. What they spoke against is
    /// answered: a word after theirs is a new one.</summary>
    private bool Told(long row)
    {
        var known = Of(row);
        var spoken = known.FindLastIndex(k => k.Source == OutcomeSource.People);
        return known.Skip(spoken + 1).Any(k => k.Trouble is null or ExceptionKinds.PaidAfterAbsence
            && Stands(k, known));
    }

    private void Tell(in LineOutcome word, string kind, ExceptionLog log)
    {
        if (!_left[word.Row].Contains(JournalledCause.Absent)) return;
        var fen = _lines[word.Row].AmountFen;
        log.Add(kind, word.DocumentLine, fen, fen, $"row {word.Row}", _send.File);
    }

    private bool Written(in LineOutcome word, string? trouble)
    {
        var known = Of(word.Row);
        var (kind, reference, day, reason) = (word.Kind, word.BankReference, word.ValueDate, word.Reason);
        // Words of payment are the same whatever was said beside them; "pending" and "accepted" are not.
        if (known.Exists(k => k.Source == OutcomeSource.Report && k.Kind == kind && k.BankReference == reference
            && k.ValueDate == day && k.Trouble == trouble && (trouble is null || k.Reason == reason))) return false;
        var row = new JournalledWordRow
        {
            Send = _send.Send,
            Line = word.Row,
            Seq = known.Count + 1,
            Kind = kind,
            Source = word.Source,
            Reason = word.Reason,
            BankReference = reference,
            ValueDate = day,
            Document = word.Document,
            DocumentLine = word.DocumentLine,
            Trouble = trouble,
        };
        known.Add(row);
        _changes.Insert(row);
        return true;
    }

    private List<JournalledWordRow> Of(long row) =>
        _words.TryGetValue(row, out var known) ? known : _words[row] = [];

    /// <summary>Whether a word stands against the row's absence, as the view has it: that the bank has the file is
    /// answered by its own refusal of the row.</summary>
    public static bool Stands(JournalledWordRow word, IEnumerable<JournalledWordRow> words) => Denies(word.Kind)
        || word.Trouble is not null and not ExceptionKinds.PaidAfterAbsence
        || word.Trouble == ExceptionKinds.PaidAfterAbsence && !words.Any(w =>
            w is { Source: OutcomeSource.Report, Kind: OutcomeKind.Rejected, Trouble: null });

    /// <summary>Whether a word says that the bank had it, against whoever said that it never went.</summary>
    public static bool Denies(OutcomeKind kind) => kind is OutcomeKind.Settled or OutcomeKind.Returned;
}
