using System.Globalization;
using System.Security.Cryptography;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What a pass over the waiting files did.</summary>
public readonly record struct PassCount(int Taken, int Repeated, int Answers);

/// <summary>How a told movement ended: booked, known already, or its id was used for another one.</summary>
public enum PostOutcome { Booked, Repeated, OtherContent }

/// <summary>
/// A whole partner bank. Each thing it does is decided once, written to its journal, and only then answered; what it
/// books and every answer follow from the journal, so it may be killed anywhere and run again.
/// </summary>
public sealed class SandboxBank
{
    private readonly Partner _partner;
    private readonly Journal _journal;
    private readonly Books _books;
    private readonly Answers _answers;
    private readonly Dictionary<string, (long, DateTime, DateTime)> _seen = [];
    private readonly Misbehaviour _script;
    private BankKeys? _stranger;
    private bool _answered;

    /// <param name="booksFolder">The bank's books; one folder per profile arises in it.</param>
    /// <param name="script">What goes wrong with files that come from now on; null for nothing.</param>
    public SandboxBank(Partner partner, string booksFolder, Misbehaviour? script = null)
    {
        _script = script ?? Misbehaviour.None;
        _partner = partner;
        _journal = new(Path.Combine(booksFolder, partner.Id));
        _books = new(partner);
        _answers = new(partner, _journal, _books);
    }

    /// <summary>Handles every file that waits or was sent again, and
    /// sends every answer that is owed and does not stand.</summary>
    public PassCount Pass(Exchange exchange, BankKeys keys, BankDay day)
    {
        var waiting = exchange.Waiting()
            .Where(n => !_seen.TryGetValue(n, out var stamp) || stamp != exchange.Stamp(n)).ToList();
        if (waiting.Count == 0 && _answered) return default;
        using var hold = _journal.Hold();
        CatchUp();
        int taken = 0, repeated = 0, answers = 0;
        foreach (var name in waiting)
        {
            var stamp = exchange.Stamp(name);
            if (Questions.Is(name) || RecallOrder.Is(name) || CardDesk.Is(name))
            {
                if (RecallOrder.Is(name)) Recall(exchange.Take(name), keys, day);
                else answers += CardDesk.Is(name) ? IssueCards(exchange.Take(name), exchange, keys)
                    : Answer(exchange.Take(name), exchange, keys);
                _seen[name] = stamp;
                continue;
            }
            var isNew = !_books.Files.Any(f => f.Head.Name == name);
            if (isNew && Lies(name, day)) continue;
            if (isNew) Strike(Behaviour.LostReply, name, day);
            var isTorn = isNew && Strike(Behaviour.TornUpload, name, day);
            var file = Take(exchange.Take(name), keys, day, isTorn);
            if (file is null) repeated++;
            else
            {
                taken++;
                answers += Send(_answers.Of(file), exchange, keys);
            }
            _seen[name] = stamp;
        }
        answers += Send(_answers.All(), exchange, keys);
        _answered = true;
        return new(taken, repeated, answers);
    }

    /// <summary>Whether a file of that name, as it arrives, meets with the behaviour. Once for each name, and in the
    /// journal before it happens. May be asked by several at once.</summary>
    public bool Strikes(Behaviour behaviour, string name, BankDay day)
    {
        if (!_script.Knows(behaviour)) return false;
        using var hold = _journal.Hold();
        CatchUp();
        return Strike(behaviour, name, day);
    }

    private bool Strike(Behaviour behaviour, string name, BankDay day)
    {
        if (_books.Struck.ContainsKey((behaviour, name))
            || !IsNext(behaviour)) return false;
        Write(new Struck(day.Date, day.At, behaviour, name));
        return true;
    }

    /// <summary>By the file's place, not its name: references differ from one installation to the next.</summary>
    private bool IsNext(Behaviour behaviour) => _script.Strikes(behaviour, _books.Strikes(behaviour),
        string.Create(CultureInfo.InvariantCulture, $"{_partner.Id} {_books.Files.Count}"));

    /// <summary>Whether a file lies unread until a later day.</summary>
    private bool Lies(string name, BankDay day)
    {
        Strike(Behaviour.LateAcceptance, name, day);
        return _books.Struck.TryGetValue((Behaviour.LateAcceptance, name), out var since) && day.Date <= since;
    }

    /// <summary>Books a movement told from outside, once per id.</summary>
    public PostOutcome Post(Posting posting)
    {
        using var hold = _journal.Hold();
        CatchUp();
        if (_books.Postings.TryGetValue(posting.Id, out var known))
            return known with { At = posting.At } == posting ? PostOutcome.Repeated : PostOutcome.OtherContent;
        Write(posting);
        return PostOutcome.Booked;
    }

    /// <summary>Ends a business day: late returns and second answers of files of
    /// earlier days, then a statement for each account with entries that no statement
    /// has told of. With nothing of that to do nothing is written.</summary>
    /// <returns>How many messages were sent.</returns>
    public int EndDay(Exchange exchange, BankKeys keys, BankDay day)
    {
        using var hold = _journal.Hold();
        CatchUp();
        // Days do not run back: a day before one that ended already is only answered again.
        if (day.Date < _books.LastDayEnded) return Send(_answers.All(), exchange, keys);
        var earlier = _books.Files.Where(f => f.Head.Accepted && f.Head.Date < day.Date).ToList();
        var returned = References(earlier.Where(f => f.ReturnedBy == 0 && f.Has(Fate.ReturnsLate)));
        var contradicted = References(earlier.Where(f => f.ContradictedBy == 0 && f.Has(Fate.Contradicted)));
        var released = _books.Files.Where(f => f.Head.Date < day.Date && f.ReleasedBy == 0
            && f.Misbehaves.Any(BehaviourWord.HoldsBack)).Select(f => f.Number).ToList();
        if (returned.Count + contradicted.Count + released.Count > 0)
            Write(new DayEnd(day.Date, day.At, returned, contradicted, released.Count > 0 ? released : null));
        var held = References(earlier.Where(f => f.HeldPaidBy == 0 && f.Has(Fate.Held)));
        if (held.Count > 0) Write(new HeldPaid(day.Date, day.At, held));
        var cuts = Statements.Cut(_books, day.Date);
        if (cuts.Count > 0) Write(new StatementsCut(day.Date, day.At, cuts));
        return Send(_answers.All(), exchange, keys);
    }

    /// <summary>The books as they stand, with the credits per payee that the journal holds.</summary>
    public BooksReport Report()
    {
        using var hold = _journal.Hold();
        CatchUp();
        return BooksReport.Of(_partner, _journal, _books);
    }

    /// <summary>A letter on a file by its reference: what became of it and of each of its rows, as the books stand.
    /// Null where the bank has no such file.</summary>
    public FileLetter? Letter(string reference)
    {
        using var hold = _journal.Hold();
        CatchUp();
        var file = _books.Files.LastOrDefault(f => f.Head.Accepted && f.Head.Reference == reference)
            ?? _books.Files.LastOrDefault(f => f.Head.Reference == reference);
        return file is null ? null : new FileLetter(file.Head.Refusal,
            [.. ((FileTaken)_journal.Read(file.Number)).Rows.Select(row => new LetterRow(row.Reference,
                file.IsPaid(row), file.ReturnedBy > 0 && row.Fate == Fate.ReturnsLate,
                row.Fate == Fate.Held && !file.IsPaid(row) && !file.Cancelled.Contains(row.Reference)))]);
    }

    /// <summary>A question books nothing: its answer follows from the books as they stand, under the question's name.
    /// One that is not signed, or not understood, is not answered.</summary>
    private int Answer(IncomingFile question, Exchange exchange, BankKeys keys)
    {
        if (BankSeal.Check(_partner.Seal, question.Body, question.Seal, keys.OursCertificatePem) != FileRefusal.None
            || Questions.Reference(_partner, question.Body) is not { } reference
            || _answers.ToQuestion(reference) is not { } body) return 0;
        var name = $"{Path.GetFileNameWithoutExtension(question.Name)}.{_partner.AnswerExtension}";
        if (exchange.Stands(name)) return 0;
        exchange.Send(name, body, keys);
        return 1;
    }

    /// <summary>A recall is decided once. One that is not signed, not understood, or other than what came under its
    /// reference before, is not answered.</summary>
    private void Recall(IncomingFile request, BankKeys keys, BankDay day)
    {
        var (seal, body) = Intake.Open(_partner, request, keys);
        if (seal != FileRefusal.None || RecallOrder.Read(body) is not { } order
            || _books.Recalls.Exists(r => r.Reference == order.Reference)) return;
        var file = _books.Files.FirstOrDefault(f => f.Head.Accepted && f.Head.Reference == order.File);
        var rows = file is null ? [] : ((FileTaken)_journal.Read(file.Number)).Rows;
        Write(new RecallTaken(day.Date, day.At, request.Name, order.Reference, order.File, order.IsWhole,
            RecallVerdict.Of(order, file, rows)));
    }

    /// <summary>Cards book nothing: which account a worker is given follows from the identity number, so a batch sent
    /// twice gets the same answer under the same name. One that is not signed, or not understood, is not answered.
    /// </summary>
    private int IssueCards(IncomingFile batch, Exchange exchange, BankKeys keys)
    {
        var (refusal, body) = _partner.IsWhole ? Seals.WholeSeal.Open(_partner.Seal, batch.Body, keys)
            : (BankSeal.Check(_partner.Seal, batch.Body, batch.Seal, keys.OursCertificatePem), batch.Body);
        if (refusal != FileRefusal.None || CardDesk.Answer(_partner, body) is not { } answer) return 0;
        var name = $"{Path.GetFileNameWithoutExtension(batch.Name)}-1.{_partner.AnswerExtension}";
        if (exchange.Stands(name)) return 0;
        exchange.Send(name, answer, keys);
        return 1;
    }

    /// <summary>Null where the file is a repeat: nothing is booked for it again.</summary>
    /// <param name="isTorn">Only the first half of it is read, and judged.</param>
    private BookedFile? Take(IncomingFile file, BankKeys keys, BankDay day, bool isTorn)
    {
        var (body, seal) = (Digest(file.Body), file.Seal is null ? "" : Digest(file.Seal));
        var heads = _books.Files.Select(f => f.Head);
        if (heads.Any(h => h.Name == file.Name && h.BodyDigest == body && h.SealDigest == seal)) return null;
        var (reference, refusal, order) = Intake.Judge(_partner,
            isTorn ? file with { Body = file.Body[..(file.Body.Length / 2)] } : file, keys);
        if (_partner.Orders is { NamesPayer: false }) order = order with { PayerAccount = _books.AgreementAccount };
        if (!Intake.OfSignature(refusal))
        {
            // Only signed files use up a reference: a stranger's bytes must not keep ours out.
            var signed = heads.Where(h => h.Reference == reference && !Intake.OfSignature(h.Refusal)).ToList();
            if (signed.Any(h => h.BodyDigest == body)) return null;
            if (signed.Count > 0 && refusal != FileRefusal.Structure) refusal = FileRefusal.Duplicate;
        }
        if (refusal == FileRefusal.None && _books.BalanceFen(order.PayerAccount) < order.TotalFen)
            refusal = FileRefusal.InsufficientFunds;
        if (refusal != FileRefusal.None) order = order with { Rows = [] };
        List<Behaviour> misbehaves = refusal != FileRefusal.None ? [] : [.. BehaviourWord.OfBooking
            .Where(IsNext)];
        Write(new FileTaken(day.Date, day.At, file.Name, reference, body, seal, refusal, order.PayerAccount,
            order.PayerName, order.Purpose, [.. Fated(order, misbehaves)], misbehaves.Count > 0 ? misbehaves : null));
        return _books.Files[^1];
    }

    /// <summary>The rows with their fates; the first good ones take those that the script asks for.</summary>
    private static IEnumerable<TakenRow> Fated(Order order, List<Behaviour> misbehaves)
    {
        Queue<Fate> asked = new(new[] { (Behaviour.LateReturn, Fate.ReturnsLate),
            (Behaviour.Contradiction, Fate.Contradicted) }.Where(f => misbehaves.Contains(f.Item1))
            .Select(f => f.Item2));
        foreach (var row in Intake.Fated(order.Rows))
            yield return row.Fate == Fate.Settled && asked.TryDequeue(out var fate) ? row with { Fate = fate } : row;
    }

    private void Write(JournalEntry entry)
    {
        var number = _books.Last + 1;
        _journal.Write(number, entry);
        _books.Take(number, entry);
    }

    private void CatchUp()
    {
        foreach (var (number, entry) in _journal.After(_books.Last)) _books.Take(number, entry);
    }

    private int Send(IEnumerable<Answer> answers, Exchange exchange, BankKeys keys)
    {
        var sent = 0;
        foreach (var answer in answers.Where(a => !exchange.Stands(a.Name)))
        {
            exchange.Send(answer.Name, answer.Bytes(),
                answer.IsForged ? _stranger ??= Stranger.InPlaceOf(keys, _partner.Seal) : keys);
            sent++;
        }
        return sent;
    }

    private static List<string> References(IEnumerable<BookedFile> files) => [.. files.Select(f => f.Head.Reference)];

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
