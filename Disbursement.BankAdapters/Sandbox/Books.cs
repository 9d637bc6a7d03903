using System.Globalization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>One booked movement of a payer's account: positive
/// for credit. Serial is the bank's own number (流水号).</summary>
public readonly record struct BookedEntry(string Serial, DateOnly Date, long Fen, string Party, string PartyAccount,
    string Reference, string Purpose, string Kind);

/// <summary>A payer's account with its movements, and how far statements have told of them.</summary>
public sealed class PayerAccount(string number)
{
    public string Number { get; } = number;
    public long BalanceFen { get; internal set; }
    public List<BookedEntry> Entries { get; } = [];
    public int StatedEntries { get; internal set; }
    public long StatedFen { get; internal set; }
    public DateOnly? StatedTo { get; internal set; }
    public int Statements { get; internal set; }

    /// <summary>The last four digits: what statement names and ids begin with.</summary>
    public string Last4 => Number.Length > 4 ? Number[^4..] : Number;
}

/// <summary>A file in the books. The rows kept are only those whose fate the first answer does not end.</summary>
public sealed class BookedFile(int number, int statusNumber, FileTaken head)
{
    /// <summary>Journal number of the entry that holds all rows.</summary>
    public int Number { get; } = number;
    /// <summary>Which word on its reference this is, from 1: a duplicate is answered with the next.</summary>
    public int StatusNumber { get; } = statusNumber;
    /// <summary>The entry without its settled and rejected rows.</summary>
    public FileTaken Head { get; } = head;
    public int Rows { get; internal init; }
    public int SilentRows { get; internal init; }
    public long TotalFen { get; internal init; }
    public long CreditedFen { get; internal set; }
    public long DebitedFen { get; internal set; }
    public long RefundedFen { get; internal set; }
    public long ReturnedFen { get; internal set; }
    /// <summary>Journal number of the day end that told of its late returns; 0 before.</summary>
    public int ReturnedBy { get; internal set; }
    /// <summary>Journal number of the day end that contradicted it; 0 before.</summary>
    public int ContradictedBy { get; internal set; }
    /// <summary>Journal number of the day end with which all that was kept back of it leaves; 0 before.</summary>
    public int ReleasedBy { get; internal set; }
    /// <summary>What went wrong as it arrived, and what the bank does wrong with its answers.</summary>
    public IReadOnlyList<Behaviour> Misbehaves { get; internal init; } = [];
    /// <summary>Journal number of the entry that paid its held rows; 0 before.</summary>
    public int HeldPaidBy { get; internal set; }
    /// <summary>References of rows that were called back.</summary>
    public HashSet<string> Cancelled { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the payee's account has been credited.</summary>
    public bool IsPaid(TakenRow row) => row.Fate.Credited()
        || row.Fate == Fate.Held && HeldPaidBy > 0 && !Cancelled.Contains(row.Reference);

    public bool Has(Fate fate) => Head.Rows.Any(r => r.Fate == fate);
    public bool Has(Behaviour behaviour) => Misbehaves.Contains(behaviour);
    public IEnumerable<TakenRow> Of(Fate fate) => Head.Rows.Where(r => r.Fate == fate);
}

/// <summary>The bank's books, in memory: what the journal's
/// entries come to, in order. Holds no credited rows.</summary>
public sealed class Books(Partner partner)
{
    private readonly SortedDictionary<string, PayerAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _words = [];
    private readonly List<BookedFile> _files = [];
    private readonly Dictionary<Behaviour, int> _strikes = [];
    private readonly List<StatementsCut> _statements = [];
    private int _serial;

    /// <summary>Number of the last entry taken in.</summary>
    public int Last { get; private set; }
    /// <summary>The latest day end in the books.</summary>
    public DateOnly LastDayEnded { get; private set; }
    /// <summary>What files without a payer are paid from: the account that money was first booked on.</summary>
    public string AgreementAccount { get; private set; } = "";
    public IReadOnlyList<BookedFile> Files => _files;
    public IReadOnlyCollection<PayerAccount> Accounts => _accounts.Values;
    public IReadOnlyList<StatementsCut> Statements => _statements;
    public Dictionary<string, Posting> Postings { get; } = [];
    /// <summary>The days on which files met with a misbehaviour as they arrived.</summary>
    public Dictionary<(Behaviour Behaviour, string Name), DateOnly> Struck { get; } = [];

    /// <summary>How many files the behaviour struck.</summary>
    public int Strikes(Behaviour behaviour) => _strikes.GetValueOrDefault(behaviour);
    public List<RecallTaken> Recalls { get; } = [];

    public PayerAccount Account(string number) =>
        _accounts.TryGetValue(number, out var account) ? account : _accounts[number] = new(number);

    /// <summary>The account's balance in fen; 0 for one the bank does not know.</summary>
    public long BalanceFen(string number) => _accounts.TryGetValue(number, out var account) ? account.BalanceFen : 0;

    /// <summary>Takes in the next entry of the journal.</summary>
    public void Take(int number, JournalEntry entry)
    {
        Last = number;
        if (entry is DayEnd or StatementsCut && entry.Date > LastDayEnded) LastDayEnded = entry.Date;
        switch (entry)
        {
            case FileTaken file: TakeFile(number, file); break;
            case Posting posting: TakePosting(posting); break;
            case DayEnd end: TakeDayEnd(number, end); break;
            case StatementsCut cut: TakeStatements(cut); break;
            case Struck struck: TakeStruck(struck); break;
            case RecallTaken recall: TakeRecall(recall); break;
            case HeldPaid paid: TakeHeldPaid(number, paid); break;
        }
    }

    private void TakePosting(Posting posting)
    {
        Postings[posting.Id] = posting;
        if (AgreementAccount.Length == 0) AgreementAccount = posting.Account;
        Book(posting.Account, posting.Date, posting.Fen, posting.Party, posting.PartyAccount, "", posting.Purpose,
            posting.Kind);
    }

    private void TakeFile(int number, FileTaken file)
    {
        var credited = file.Rows.Where(r => r.Fate.Credited()).Sum(r => r.Fen);
        var total = file.Rows.Sum(r => r.Fen);
        var rejected = file.Rows.Where(r => r.Fate.Rejected());
        var word = _words[file.Reference] = _words.GetValueOrDefault(file.Reference) + 1;
        var debit = partner.WholeFileDebit ? total : credited;
        _files.Add(new(number, word, file with { Rows = [.. file.Rows.Where(Lasting)] })
        {
            Rows = file.Rows.Count,
            SilentRows = file.Rows.Count(r => r.Fate.Unanswered()),
            TotalFen = total,
            CreditedFen = credited,
            DebitedFen = debit,
            RefundedFen = partner.WholeFileDebit ? rejected.Sum(r => r.Fen) : 0,
            Misbehaves = [.. Enum.GetValues<Behaviour>().Where(b => Struck.ContainsKey((b, file.Name))),
                .. file.Misbehaves ?? []],
        });
        foreach (var behaviour in file.Misbehaves ?? []) _strikes[behaviour] = Strikes(behaviour) + 1;
        if (debit > 0) Book(file.PayerAccount, file.Date, -debit, "", "", file.Reference, file.Purpose, "WAGE");
        if (!partner.WholeFileDebit) return;
        foreach (var row in rejected) Refund(file, file.Date, row);
    }

    private static bool Lasting(TakenRow row) => row.Fate != Fate.Settled && !row.Fate.Rejected();

    private void TakeStruck(Struck struck)
    {
        Struck[(struck.Behaviour, struck.Name)] = struck.Date;
        _strikes[struck.Behaviour] = Strikes(struck.Behaviour) + 1;
    }

    private void TakeDayEnd(int number, DayEnd end)
    {
        foreach (var file in _files.Where(f => end.Released?.Contains(f.Number) == true)) file.ReleasedBy = number;
        foreach (var file in _files.Where(f => f.Head.Accepted))
        {
            if (end.Contradicted.Contains(file.Head.Reference)) file.ContradictedBy = number;
            if (!end.Returned.Contains(file.Head.Reference)) continue;
            file.ReturnedBy = number;
            file.ReturnedFen = file.Of(Fate.ReturnsLate).Sum(r => r.Fen);
            file.RefundedFen += file.ReturnedFen;
            foreach (var row in file.Of(Fate.ReturnsLate)) Refund(file.Head, end.Date, row);
        }
    }

    private void TakeRecall(RecallTaken recall)
    {
        Recalls.Add(recall);
        if (_files.Find(f => f.Head.Accepted && f.Head.Reference == recall.File) is not { } file) return;
        foreach (var row in recall.Rows.Where(r => r.Refused.Length == 0))
        {
            file.Cancelled.Add(row.Reference);
            if (!partner.WholeFileDebit) continue;
            file.RefundedFen += row.Fen;
            Refund(file.Head, recall.Date, new(row.Reference, row.Account, "", row.Fen, Fate.Held));
        }
    }

    private void TakeHeldPaid(int number, HeldPaid paid)
    {
        foreach (var file in _files.Where(f => f.Head.Accepted && paid.Files.Contains(f.Head.Reference)))
        {
            file.HeldPaidBy = number;
            var fen = file.Of(Fate.Held).Where(file.IsPaid).Sum(r => r.Fen);
            file.CreditedFen += fen;
            if (partner.WholeFileDebit || fen == 0) continue;
            file.DebitedFen += fen;
            Book(file.Head.PayerAccount, paid.Date, -fen, "", "", file.Head.Reference, file.Head.Purpose, "WAGE");
        }
    }

    private void TakeStatements(StatementsCut statements)
    {
        _statements.Add(statements);
        foreach (var cut in statements.Cuts)
        {
            var account = Account(cut.Account);
            account.StatedEntries = cut.FirstEntry + cut.Entries;
            account.StatedFen = cut.ClosingFen;
            account.StatedTo = cut.To;
            account.Statements++;
        }
    }

    private void Refund(FileTaken file, DateOnly date, TakenRow row) =>
        Book(file.PayerAccount, date, row.Fen, row.Name, row.Account, file.Reference, "退回 " + row.Reference, "REFUND");

    private void Book(string number, DateOnly date, long fen, string party, string partyAccount, string reference,
        string purpose, string kind)
    {
        var account = Account(number);
        var serial = "SB" + (++_serial).ToString("00000000", CultureInfo.InvariantCulture);
        account.Entries.Add(new(serial, date, fen, party, partyAccount, reference, purpose, kind));
        account.BalanceFen += fen;
    }
}
