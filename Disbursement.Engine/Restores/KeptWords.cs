using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// The second half of restore.match, once nothing is left to match: what the bank said of a row before it had its
/// payment here becomes an outcome of that payment. One thing a decision, and the caller asks again until nothing
/// changes: rows that people called absent get their payment; locks of it end that are decided; the words on one file;
/// wages credited twice.
/// </summary>
internal static class KeptWords
{
    public static Changes Decide(DecisionContext context, IBankTermsReader terms, IReadOnlyList<WaitingLine> waiting)
    {
        var found = waiting.Where(l => l is { Denied: 1, Placed: 0, Payable: true })
            .GroupBy(l => l.Claim!.Value, (_, lines) => lines.First()).ToList();
        var changes = new Changes();
        if (found.Count > 0) Found(context, changes, found);
        if (changes.Sets.Count > 0) return changes.Count("found", found.Count);
        if (Decided(context, changes, waiting) || Applied(context, changes, terms)) return changes;
        var twice = context.Queries.TwiceCredited();
        if (twice.Count == 0) return Changes.Repeated(0L);
        Twice(context, changes, twice);
        changes.Result = (long)twice.Count;
        return changes;
    }

    /// <summary>
    /// A row that two people called absent and the bank called paid gets its payment as if they had said not-sent of
    /// it: dead by their word. It stays locked until the bank's words stand beside theirs.
    /// </summary>
    private static void Found(DecisionContext context, Changes changes, List<WaitingLine> found)
    {
        var exits = new ReleaseExits(context);
        var books = new SortedDictionary<long, AccountBook>();
        foreach (var group in found.GroupBy(l => l.Send).OrderBy(g => g.Key))
        {
            var send = context.Rows.Find<JournalledSendRow>(("send", group.Key))!;
            // Not made yet: its account is not known here, or is another's.
            if (context.Rows.Find<DisbursementFileRow>(("file", send.File)) is not { } file) continue;
            var lines = group.OrderBy(l => l.Line).ToList();
            changes.Insert(ReleaseCarriage.Carry(file.Release,
                lines.Select(l => (l.Payroll!.Value, l.PayrollLine!.Value)).Order()));
            changes.Insert<PaymentRow>([.. lines.Select(l => Payment(l, file))]);
            changes.Insert<PaymentOutcomeRow>([.. lines.Select(l => Absence(context, l))]);
            changes.Insert<PaymentDeathRow>([.. lines.Select(l => new PaymentDeathRow
            {
                Claim = l.Claim!.Value,
                Attempt = l.Attempts + 1,
                Seq = 1,
            })]);
            foreach (var line in lines) exits.Take(line.Payroll!.Value, line.PayrollLine!.Value, line.AmountFen);
        }
        if (changes.Sets.Count == 0) return;
        exits.Write(changes, account => books.TryGetValue(account, out var book) ? book
            : books[account] = AccountBook.Load(context, account));
        foreach (var book in books.Values) changes.Insert(book.Entries);
        changes.Result = (long)found.Count;
    }

    private static PaymentRow Payment(WaitingLine line, DisbursementFileRow file) => new()
    {
        Claim = line.Claim!.Value,
        Attempt = line.Attempts + 1,
        PriorAttempt = line.Attempts == 0 ? null : line.Attempts,
        Channel = PaymentChannel.File,
        Release = file.Release,
        File = file.File,
        RowReference = line.Line,
        AmountFen = line.AmountFen,
        PayeeVersion = line.PayeeVersion,
        PayeeHash = line.PayeeHash,
    };

    private static PaymentOutcomeRow Absence(DecisionContext context, WaitingLine line) => new()
    {
        Claim = line.Claim!.Value,
        Attempt = line.Attempts + 1,
        Seq = 1,
        Kind = OutcomeKind.NotSent,
        Source = OutcomeSource.People,
        Reason = nameof(ReturnReason.None),
        AmountFen = line.AmountFen,
        BankReference = "",
        Document = context.Rows.Find<JournalledLineLeftRow>(("send", line.Send), ("line", line.Line),
            ("cause", JournalledCause.Absent))!.Document!,
        DocumentLine = 0,
    };

    /// <summary>
    /// A row that people called absent and of which the bank said something that does not fit stays locked beside its
    /// payment until there is another word of bank or people. False where nothing is decided.
    /// </summary>
    private static bool Decided(DecisionContext context, Changes changes, IReadOnlyList<WaitingLine> waiting)
    {
        var decided = waiting.Where(l => l is { Denied: 1, Placed: 1 }).GroupBy(l => l.Send).SelectMany(group =>
        {
            var lines = FileLines.Load(context, context.Rows.Find<JournalledSendRow>(("send", group.Key))!.File,
                group.Min(l => l.Line), group.Max(l => l.Line));
            return group.Where(l => lines.Known(l.Line).Any(k => k.Kind != OutcomeKind.NotSent));
        }).Select(l => (l.Send, l.Line)).Distinct().Order().ToList();
        if (decided.Count == 0) return false;
        changes.Insert<JournalledLineLeftRow>([.. decided.Select(l =>
            new JournalledLineLeftRow { Send = l.Send, Line = l.Line, Cause = JournalledCause.Matched })]);
        changes.Result = (long)decided.Count;
        changes.Count("decided", decided.Count);
        return true;
    }

    /// <summary>The words on the first file that has any to come. False where none has.</summary>
    private static bool Applied(DecisionContext context, Changes changes, IBankTermsReader terms)
    {
        if (context.Queries.KeptWords().GroupBy(w => w.File).FirstOrDefault() is not { } words) return false;
        var file = context.Rows.Find<DisbursementFileRow>(("file", words.Key))!;
        var settled = Settlement.Apply(context, changes, file,
            FileLines.Load(context, file.File, words.Min(w => w.Line), words.Max(w => w.Line)),
            [.. words.Select(w => new LineOutcome(w.Line, w.Kind, OutcomeSource.Report, w.Reason, w.BankReference,
                w.ValueDate, w.Document, w.DocumentLine))],
            PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile);
        changes.Insert<JournalledLineLeftRow>([.. words.Where(w => w.Denied == 1).DistinctBy(w => w.Line)
            .Select(w => new JournalledLineLeftRow { Send = w.Send, Line = w.Line, Cause = JournalledCause.Matched })]);
        changes.Result = (long)settled.Applied;
        changes.Count("words", settled.Applied);
        return true;
    }

    private static void Twice(DecisionContext context, Changes changes, IReadOnlyList<TwiceCredited> twice)
    {
        foreach (var row in twice)
        {
            changes.Insert(new BankExceptionRow
            {
                Exception = context.NextId("exception"),
                Kind = ExceptionKinds.DoubleCredit,
                Document = row.Document,
                DocumentLine = row.DocumentLine,
                File = row.File,
                Claim = row.Claim,
                AmountFen = row.AmountFen,
                ExpectedFen = row.AmountFen,
                Detail = $"row {row.Line}",
            });
            RecoveryBook.DoubleCredit(context, changes, row.Worker, row.Claim, row.AmountFen);
        }
        changes.Count("twice", twice.Count);
    }
}
