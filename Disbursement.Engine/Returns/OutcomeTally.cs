using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Returns;

/// <summary>Takes the words about a file row by row and adds up what they change.</summary>
internal sealed class OutcomeTally(DecisionContext context, ReleaseKind release, long? message, long file)
{
    private readonly long[] _lines = new long[6];
    private readonly long[] _fen = new long[6];
    private readonly List<PaymentOutcomeRow> _fresh = [];
    private readonly Dictionary<long, long> _workers = [];

    public List<PaymentOutcomeRow> Outcomes { get; } = [];
    public List<PaymentDeathRow> Deaths { get; } = [];
    public List<BankExceptionRow> Exceptions { get; } = [];
    public PayrollCounters Counters { get; } = new();
    public int Repeats { get; private set; }

    /// <summary>Whose claim a double credit is about.</summary>
    public long WorkerOf(BankExceptionRow twice) => _workers[twice.Claim!.Value];

    /// <summary>Claims that are paid now and were not before, with the day the bank credited them.</summary>
    public SortedDictionary<long, LocalDate?> Paid { get; } = [];

    /// <summary>Lines that came to be open in the release less those that ceased to be.</summary>
    public long ReleaseOpen { get; private set; }

    /// <summary>Lines (fen) that came into a state less those that left it.</summary>
    public long Lines(AttemptState state) => _lines[(int)state];
    public long Fen(AttemptState state) => _fen[(int)state];

    /// <summary>All words of this decision about one row.</summary>
    public void Take(FileLines lines, long row, IEnumerable<LineOutcome> words)
    {
        var payment = lines.At(row) ?? throw new DefectException($"file {file} has no row {row}");
        var known = lines.Known(row);
        var before = Of(known);
        var after = Add(payment, known, before, words);
        if (_fresh.Count == 0) return;
        Outcomes.AddRange(_fresh);
        var (was, @is) = (before.State, after.State);
        if (payment.Dead == 0 && Kills(@is)) Deaths.Add(Death(payment, known));
        if (IsDenied(known, @is)) Exceptions.Add(Exception(ExceptionKinds.PaidAfterDecision, payment));
        if (was == @is) return;
        Move(payment, was, -1);
        Move(payment, @is, +1);
        Except(payment, was, @is);
        if (payment.Attempt != payment.Latest) return; // A claim stands where its newest attempt stands.
        var (from, to) = (Standing(before), Standing(after));
        Counters.Move(payment.Payroll, from, to, new Money(payment.AmountFen));
        if (from != to && to == ClaimStanding.Paid)
            Paid[payment.Claim] = _fresh.Find(o => o.Kind == OutcomeKind.Settled)?.ValueDate;
    }

    /// <summary>The file's header with its counters.</summary>
    public DisbursementFileRow Count(DisbursementFileRow header) => header with
    {
        LinesOpen = header.LinesOpen + Lines(AttemptState.Open),
        LinesSettled = header.LinesSettled + Lines(AttemptState.Settled) + Lines(AttemptState.Contradicted),
        LinesRejected = header.LinesRejected + Lines(AttemptState.Rejected) + Lines(AttemptState.NotSent),
        LinesReturned = header.LinesReturned + Lines(AttemptState.Returned),
        OpenFen = header.OpenFen + Fen(AttemptState.Open),
        SettledFen = header.SettledFen + Fen(AttemptState.Settled) + Fen(AttemptState.Contradicted),
        RejectedFen = header.RejectedFen + Fen(AttemptState.Rejected) + Fen(AttemptState.NotSent),
        ReturnedFen = header.ReturnedFen + Fen(AttemptState.Returned),
    };

    /// <summary>The set with the fresh words, which are left in <see cref="_fresh"/>.</summary>
    private OutcomeSet Add(FilePayment payment, IReadOnlyList<KnownOutcome> known, OutcomeSet set,
        IEnumerable<LineOutcome> words)
    {
        _fresh.Clear();
        foreach (var word in words)
        {
            if (Repeated(word, known))
            {
                Repeats++;
                continue;
            }
            set = set.With(word.Source, word.Kind);
            _fresh.Add(new PaymentOutcomeRow
            {
                Claim = payment.Claim,
                Attempt = payment.Attempt,
                Seq = known.Count + _fresh.Count + 1,
                Kind = word.Kind,
                Source = word.Source,
                Reason = word.Reason,
                AmountFen = payment.AmountFen,
                BankReference = word.BankReference,
                ValueDate = word.ValueDate,
                Document = word.Document,
                DocumentLine = word.DocumentLine,
            });
        }
        return set;
    }

    // By content, not by bytes: a bank exports the same answer twice under two names.
    private bool Repeated(in LineOutcome word, IReadOnlyList<KnownOutcome> known)
    {
        foreach (var k in known)
            if (k.Kind == word.Kind && k.Source == word.Source && k.BankReference == word.BankReference
                && k.ValueDate == word.ValueDate) return true;
        foreach (var f in _fresh)
            if (f.Kind == word.Kind && f.Source == word.Source && f.BankReference == word.BankReference
                && f.ValueDate == word.ValueDate) return true;
        return false;
    }

    /// <summary>The outcome that kills: a return, else a statement's or people's word, else a report's; that it never
    /// went only where nothing else does.</summary>
    private PaymentDeathRow Death(FilePayment payment, IReadOnlyList<KnownOutcome> known)
    {
        var killing = known.Select(k => (k.Kind, k.Source, k.Seq)).Concat(_fresh.Select(f => (f.Kind, f.Source, f.Seq)))
            .Where(o => o.Kind != OutcomeKind.Settled)
            .OrderByDescending(o => o.Kind == OutcomeKind.Returned)
            .ThenByDescending(o => o.Source != OutcomeSource.Report)
            .ThenBy(o => o.Kind == OutcomeKind.NotSent).ThenBy(o => o.Seq).First();
        return new PaymentDeathRow { Claim = payment.Claim, Attempt = payment.Attempt, Seq = killing.Seq };
    }

    private void Move(FilePayment payment, AttemptState state, int sign)
    {
        _lines[(int)state] += sign;
        _fen[(int)state] += sign * payment.AmountFen;
        if (state is AttemptState.Open or AttemptState.Contradicted) ReleaseOpen += sign;
    }

    private void Except(FilePayment payment, AttemptState was, AttemptState now)
    {
        if (now == AttemptState.Contradicted) Exceptions.Add(Exception(ExceptionKinds.Contradicted, payment));
        var credited = now is AttemptState.Settled or AttemptState.Contradicted;
        var knownBefore = was is AttemptState.Settled or AttemptState.Contradicted;
        if (!credited || knownBefore || payment.Attempt == payment.Latest) return;
        _workers[payment.Claim] = payment.Worker;
        Exceptions.Add(Exception(ExceptionKinds.DoubleCredit, payment));
    }

    /// <summary>The first report of payment of what people have decided was not paid: their word stands, but they did
    /// not have this one before them.</summary>
    private bool IsDenied(IReadOnlyList<KnownOutcome> known, AttemptState state) => state == AttemptState.Rejected
        && _fresh.Exists(f => f is { Source: OutcomeSource.Report, Kind: OutcomeKind.Settled })
        && known.All(k => k.Kind != OutcomeKind.Settled) && known.Any(k => k.Source == OutcomeSource.People);

    private BankExceptionRow Exception(string kind, FilePayment payment) => new()
    {
        Exception = context.NextId("exception"),
        Kind = kind,
        Message = message,
        DocumentLine = _fresh[^1].DocumentLine,
        File = file,
        Claim = payment.Claim,
        AmountFen = payment.AmountFen,
        ExpectedFen = payment.AmountFen,
        Detail = $"row {payment.RowReference} attempt {payment.Attempt}",
    };

    private ClaimStanding Standing(OutcomeSet outcomes) => outcomes == OutcomeSet.Empty ? ClaimStanding.InFlight
        : ClaimStates.Standing(ClaimStates.Of(new LatestAttempt(PaymentChannel.File, release, null, outcomes), false));

    private static OutcomeSet Of(IReadOnlyList<KnownOutcome> known)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in known) set = set.With(outcome.Source, outcome.Kind);
        return set;
    }

    private static bool Kills(AttemptState state) =>
        state is AttemptState.NotSent or AttemptState.Rejected or AttemptState.Returned;
}
