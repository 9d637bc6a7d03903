using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.match: every journalled file whose account is known becomes a file that is Unknown, and every line whose
/// claim is known and free becomes a payment of it. What cannot be matched yet stays listed and locked. Once nothing is
/// left to match, the words the bank said meanwhile are applied (<see cref="KeptWords"/>).
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
        foreach (var send in waiting.Where(l => l.Denied == 0).GroupBy(l => l.Send).OrderBy(g => g.Key))
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

        public void Take(long id, IReadOnlyList<WaitingLine> lines)
        {
            var send = context.Rows.Find<JournalledSendRow>(("send", id))!;
            var file = context.Rows.Find<DisbursementFileRow>(("file", send.File));
            // A line this database can pay by now is in nobody's waiting release: it has gone out.
            var placed = lines.Where(l => l.Placed == 1).ToList();
            var payable = lines.Where(l => l.Placed == 0 && l.Payable && _taken.Add(l.Claim!.Value)).ToList();
            if (file is null) file = Made(send);
            if (file is null || file.State is FileState.Withdrawn or FileState.Refused or FileState.Reconciled) return;
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

        /// <summary>
        /// The file as the journal tells it, with a release of its own; null while its account is not known here.
        /// </summary>
        private DisbursementFileRow? Made(JournalledSendRow send)
        {
            var line = context.Rows.Find<JournalledLineRow>(("send", send.Send), ("line", 1L))!;
            var account = context.Rows.Find<WageAccountRow>(("account", send.Account));
            var project = account?.Project is { } id ? context.Rows.Find<ProjectRow>(("project", id)) : null;
            if (account is null || project?.Code != line.ProjectCode) return null;
            var bank = PayerBank.Of(context, terms, account.Account);
            if (bank.Bank.Profile != send.Profile) return null;
            var release = Release(send);
            var file = FileBook.Adjust(File(send, release, bank), bank.Terms.DebitsWholeFile,
                Book(send.Account), earmark: null);
            _changes.Insert(release).Insert(file);
            return file;
        }

        private ReleaseRow Release(JournalledSendRow send) => new()
        {
            Release = context.NextId("release"),
            Version = 1,
            Kind = send.Kind,
            Account = send.Account,
            State = ReleaseState.Filed,
            DueDate = context.Today,
            SendBy = context.At,
            Lines = send.Lines,
            AmountFen = send.TotalFen,
            ReservedFen = 0,
            LinesOpen = send.Lines,
        };

        private DisbursementFileRow File(JournalledSendRow send, ReleaseRow release, PayerBank bank) => new()
        {
            File = send.File,
            Version = 1,
            Release = release.Release,
            Account = send.Account,
            Profile = send.Profile,
            ProfileVersion = bank.ProfileVersion,
            Reference = send.Reference,
            Name = bank.Terms.NamePattern.Replace("{reference}", send.Reference, StringComparison.Ordinal),
            State = FileState.Unknown,
            BuiltAt = context.At,
            Lines = send.Lines,
            TotalFen = send.TotalFen,
            FirstSentAt = context.At,
            LastSentAt = context.At,
            // The journal tells no moment: the bank's time to answer is counted from when we learned of it.
            AnswerBy = bank.AnswerBy(context.At),
            JournalDocument = DocumentOf(send),
            LinesOpen = send.Lines,
            LinesSettled = 0,
            LinesRejected = 0,
            LinesReturned = 0,
            OpenFen = send.TotalFen,
            SettledFen = 0,
            RejectedFen = 0,
            ReturnedFen = 0,
            DebitedFen = 0,
            RefundedFen = 0,
            ReservedFen = 0,
        };

        private string DocumentOf(JournalledSendRow send) =>
            context.Rows.Find<LedgerRestoreRow>(("restore", send.Restore))!.Journal;

        private AccountBook Book(long account)
        {
            if (!_books.TryGetValue(account, out var book)) _books[account] = book = AccountBook.Load(context, account);
            return book;
        }
    }
}
