namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The bank's books as others compare them with their own: all amounts in fen.</summary>
public sealed record BooksReport(string Profile, IReadOnlyList<PayeeBalance> Payees, IReadOnlyList<PayerBalance> Payers,
    IReadOnlyList<FileBalance> Files)
{
    /// <summary>Sums the journal: credits and returns per payee
    /// account are not kept in memory but found here.</summary>
    internal static BooksReport Of(Partner partner, Journal journal, Books books)
    {
        var payees = new SortedDictionary<string, PayeeBalance>(StringComparer.Ordinal);
        foreach (var file in books.Files.Where(f => f.Head.Accepted))
            foreach (var row in ((FileTaken)journal.Read(file.Number)).Rows)
                if (file.IsPaid(row)) Credit(payees, row, file.ReturnedBy > 0 && row.Fate == Fate.ReturnsLate);
        return new(partner.Id, [.. payees.Values],
            [.. books.Accounts.Select(a => new PayerBalance(a.Number, a.BalanceFen))],
            [.. books.Files.Select(f => new FileBalance(f.Head.Reference, f.Head.Refusal.ToString(), f.Rows, f.TotalFen,
                f.CreditedFen, f.ReturnedFen, f.DebitedFen, f.RefundedFen,
                string.Join(' ', f.Misbehaves.Select(BehaviourWord.NameOf))))]);
    }

    private static void Credit(SortedDictionary<string, PayeeBalance> payees, TakenRow row, bool returned)
    {
        var before = payees.GetValueOrDefault(row.Account) ?? new(row.Account, row.Name, 0, 0, 0);
        var back = returned ? row.Fen : 0;
        payees[row.Account] = before with
        {
            CreditedFen = before.CreditedFen + row.Fen,
            ReturnedFen = before.ReturnedFen + back,
            NetFen = before.NetFen + row.Fen - back,
        };
    }
}

/// <summary>What a payee's account got, what went back, and what stayed.</summary>
public sealed record PayeeBalance(string Account, string Name, long CreditedFen, long ReturnedFen, long NetFen);

/// <summary>What a letter of the bank says of a file.</summary>
public sealed record FileLetter(FileRefusal Refusal, IReadOnlyList<LetterRow> Rows);

/// <summary>What it says of one row. Held: neither paid nor given up yet.</summary>
public sealed record LetterRow(string Reference, bool IsPaid, bool IsReturned, bool IsHeld);

/// <summary>A payer's booked balance.</summary>
public sealed record PayerBalance(string Account, long BalanceFen);

/// <summary>A file in sum. Refusal is "None" for an accepted one; debited
/// less refunded less net credits is what the bank still holds.</summary>
/// <param name="Misbehaves">What went wrong with it and its answers, by the names of scripts.</param>
public sealed record FileBalance(string Reference, string Refusal, int Rows, long TotalFen, long CreditedFen,
    long ReturnedFen,
    long DebitedFen, long RefundedFen, string Misbehaves = "");
