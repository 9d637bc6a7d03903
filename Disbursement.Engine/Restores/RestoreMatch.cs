using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.match: every journalled file whose project's account is known becomes a file that is Unknown, and every line
/// whose claim is known and free becomes a payment of it. What cannot be matched yet stays listed and locked. Once
/// nothing is left to match, the words the bank said meanwhile are applied (<see cref="KeptWords"/>).
/// </summary>
/// <remarks>No argument; a run with nothing to match or apply changes nothing.</remarks>
public sealed class RestoreMatch(IBankTermsReader terms) : ICommandHandler
{
    public string Verb => "restore.match";

    public Decision<Changes> Decide(DecisionContext context)
    {
        // Of a database that was never restored nothing is asked but this.
        if (context.Rows.Count<JournalledSendRow>() == 0) return Decision<Changes>.Accept(Changes.Repeated(0L));
        var waiting = context.Queries.WaitingLines();
        var matching = new Matching(context, terms);
        foreach (var send in waiting.GroupBy(l => l.Send).OrderBy(g => g.Key))
            matching.Take(send.Key, [.. send]);
        var matched = matching.Changes();
        return Decision<Changes>.Accept(matched.Sets.Count > 0 ? matched : KeptWords.Decide(context, terms, waiting));
    }

    private sealed class Matching(DecisionContext context, IBankTermsReader terms)
    {
        private readonly Changes _changes = new();
        private readonly PayrollCounters _counters = new();
        private readonly SortedDictionary<long, AccountBook> _books = [];
        private readonly HashSet<long> _taken = [];
        private readonly ReleaseExits _exits = new(context);
        private long _matched;

        /// <param name="waiting">Of one item. A line that people called absent and the bank paid makes its file too,
        /// and is found once the file is there (<see cref="KeptWords"/>).</param>
        public void Take(long id, IReadOnlyList<WaitingLine> waiting)
        {
            var send = context.Rows.Find<JournalledSendRow>(("send", id))!;
            if ((context.Rows.Find<DisbursementFileRow>(("file", send.File)) ?? Made(send)) is not { } file) return;
            var lines = waiting.Where(l => l.Denied == 0).ToList();
            if (file.State is FileState.Withdrawn or FileState.Refused or FileState.Reconciled)
                lines = Told(send, lines);
            // A line this database can pay by now is in nobody's waiting release: it has gone out.
            var placed = lines.Where(l => l.Placed == 1).ToList();
            var payable = lines.Where(l => l.Placed == 0 && l.Payable && _taken.Add(l.Claim!.Value)).ToList();
            Pay(send, file, payable);
            _changes.Insert<JournalledLineLeftRow>([.. placed.Concat(payable).OrderBy(l => l.Line)
                .Select(l => new JournalledLineLeftRow
                {
                    Send = send.Send,
                    Line = l.Line,
                    Cause = JournalledCause.Matched,
                })]);
            _matched += placed.Count + payable.Count;
        }

        /// <summary>Of a file that has ended, what the bank said a word of while people held it: with its payment the
        /// word counts. Of any other line nothing would ever come.</summary>
        private List<WaitingLine> Told(JournalledSendRow send, List<WaitingLine> lines)
        {
            if (lines.Count == 0) return lines;
            var told = context.Rows.List<JournalledWordRow>(("send", send.Send)).Where(w => w.Trouble is null)
                .Select(w => w.Line).ToHashSet();
            return [.. lines.Where(l => told.Contains(l.Line))];
        }

        public Changes Changes()
        {
            _exits.Write(_changes, Book);
            foreach (var payroll in _counters.Payrolls)
                _changes.Update(_counters.Apply(context.Rows.Find<PayrollRow>(("payroll", payroll))!));
            foreach (var book in _books.Values) _changes.Insert(book.Entries);
            if (_changes.Sets.Count == 0) return Ports.Changes.Repeated(0L);
            _changes.Result = _matched;
            return _changes.Count("matched", _matched);
        }

        private void Pay(JournalledSendRow send, DisbursementFileRow file, List<WaitingLine> lines)
        {
            if (lines.Count == 0) return;
            _changes.Insert(ReleaseCarriage.Carry(file.Release,
                lines.Select(l => (l.Payroll!.Value, l.PayrollLine!.Value)).Order()));
            _changes.Insert<PaymentRow>([.. lines.Select(l => new PaymentRow
            {
                Claim = l.Claim!.Value,
                Attempt = l.Attempts + 1,
                PriorAttempt = l.Attempts == 0 ? null : l.Attempts,
                Channel = PaymentChannel.File,
                Release = file.Release,
                File = send.File,
                RowReference = l.Line,
                AmountFen = l.AmountFen,
                PayeeVersion = l.PayeeVersion,
                PayeeHash = l.PayeeHash,
            })]);
            foreach (var line in lines)
            {
                _counters.Move(line.Payroll!.Value, ClaimStanding.Unpaid, ClaimStanding.InFlight,
                    new Money(line.AmountFen));
                _exits.Take(line.Payroll.Value, line.PayrollLine!.Value, line.AmountFen);
            }
        }

        /// <summary>The file as the journal tells it; null while its account is not known here.</summary>
        private DisbursementFileRow? Made(JournalledSendRow send)
        {
            if (MissingFile.BankOf(context, terms, send) is not { } bank) return null;
            var (release, file) = MissingFile.Of(context, send, bank, Book(bank.Account.Account));
            _changes.Insert(release).Insert(file);
            return file;
        }

        private AccountBook Book(long account)
        {
            if (!_books.TryGetValue(account, out var book)) _books[account] = book = AccountBook.Load(context, account);
            return book;
        }
    }
}
