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
        var (journal, books) = Opened(partner, order, scratch);
        Write(journal, books, new StatementsCut(s_day.Date, s_day.At, Statements.Cut(books, s_day.Date)));
        IReadOnlyList<string> Late(Fate fate) => books.Files[0].Has(fate) ? [order.Reference] : [];
        Write(journal, books,
            new DayEnd(s_later.Date, s_later.At, Late(Fate.ReturnsLate), Late(Fate.Contradicted)));
        Write(journal, books, new StatementsCut(s_later.Date, s_later.At, Statements.Cut(books, s_later.Date)));
        return [.. new Answers(partner, journal, books).All().Select(a => (a.Name, a.Bytes()))];
    }

    /// <summary>The answer to a recall of that order, or of rows of it, on the day it came.</summary>
    /// <param name="name">Of the request, without its ending.</param>
    /// <exception cref="ArgumentException">The bank does not read the request.</exception>
    public static (string Name, byte[] Bytes) Recall(Partner partner, Order order, string name, byte[] request,
        string scratch)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (journal, books) = Opened(partner, order, scratch);
        var recall = RecallOrder.Read(request) ?? throw new ArgumentException("no recall", nameof(request));
        var answer = RecallAnswers.Of(partner, new(s_day.Date, s_day.At, name + ".xml", recall.Reference, recall.File,
            recall.IsWhole, RecallVerdict.Of(recall, books.Files.FirstOrDefault(f => f.Head.Reference == recall.File),
                ((FileTaken)journal.Read(books.Files[0].Number)).Rows)));
        return (answer.Name, answer.Bytes());
    }

    /// <summary>The answer to a batch of card applications.</summary>
    /// <param name="name">Of the batch, without its ending.</param>
    /// <exception cref="ArgumentException">The bank takes none, or does not read this one.</exception>
    public static (string Name, byte[] Bytes) Cards(Partner partner, string name, byte[] batch)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return ($"{name}-1.{partner.AnswerExtension}", CardDesk.Answer(partner, batch)
            ?? throw new ArgumentException("no card applications", nameof(batch)));
    }

    /// <summary>Books with money on the payer's account and the order taken.</summary>
    private static (Journal, Books) Opened(Partner partner, Order order, string scratch)
    {
        var (journal, books) = (new Journal(scratch), new Books(partner));
        Write(journal, books, new Posting(s_day.Date, s_day.At, "D1", "TRANSFER", order.PayerAccount,
            order.TotalFen * 2, "样例建设单位", "6212260000000000025", "人工费用"));
        Write(journal, books, new FileTaken(s_day.Date, s_day.At, order.Reference, order.Reference, "", "",
            FileRefusal.None, order.PayerAccount, order.PayerName, order.Purpose, Intake.Fated(order.Rows)));
        return (journal, books);
    }

    private static void Write(Journal journal, Books books, JournalEntry entry)
    {
        var number = books.Last + 1;
        journal.Write(number, entry);
        books.Take(number, entry);
    }
}
