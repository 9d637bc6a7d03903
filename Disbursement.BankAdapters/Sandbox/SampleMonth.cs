namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Every message a partner bank has words for, of one order: word on the file, results, late returns and
/// statements, unsealed. What decoders are tried on (样例).</summary>
public static class SampleMonth
{
    private static readonly BankDay s_day = new(new(2026, 3, 13), "2026-03-13T17:00:00");
    private static readonly BankDay s_later = new(new(2026, 3, 16), "2026-03-16T17:00:00");

    /// <summary>The messages by name, in the order they leave. The same order gives the same bytes.</summary>
    /// <param name="scratch">An empty folder for the bank's books.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(Partner partner, Order order, string scratch)
    {
        var (journal, books) = (new Journal(scratch), new Books(partner));
        Write(new Posting(s_day.Date, s_day.At, "D1", "TRANSFER", order.PayerAccount, order.TotalFen * 2,
            "样例建设单位", "6212260000000000025", "人工费用"));
        Write(new FileTaken(s_day.Date, s_day.At, order.Reference, order.Reference, "", "", FileRefusal.None,
            order.PayerAccount, order.PayerName, order.Purpose, Intake.Fated(order.Rows)));
        Write(new StatementsCut(s_day.Date, s_day.At, Statements.Cut(books, s_day.Date)));
        IReadOnlyList<string> Late(Fate fate) => books.Files[0].Has(fate) ? [order.Reference] : [];
        Write(new DayEnd(s_later.Date, s_later.At, Late(Fate.ReturnsLate), Late(Fate.Contradicted)));
        Write(new StatementsCut(s_later.Date, s_later.At, Statements.Cut(books, s_later.Date)));
        return [.. new Answers(partner, journal, books).All().Select(a => (a.Name, a.Bytes()))];

        void Write(JournalEntry entry)
        {
            var number = books.Last + 1;
            journal.Write(number, entry);
            books.Take(number, entry);
        }
    }
}
