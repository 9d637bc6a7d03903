using System.Globalization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What heads a message of the bank.</summary>
/// <param name="Id">The message's name without extension; a result
/// sent twice carries the first one's id both times.</param>
/// <param name="Batch">The bank's own number of the file.</param>
/// <param name="Whole">Rows and fen of the whole file.</param>
/// <param name="WrongByFen">By how much too high the message states its total.</param>
internal sealed record AnswerHead(string Id, string Batch, DateOnly Date, string At, FileTaken File,
    (int Rows, long Fen) Whole, long WrongByFen = 0);

/// <summary>One line of an answer: the row, the amount as answered,
/// and why it was not paid (empty where it was).</summary>
internal readonly record struct AnswerRow(TakenRow Row, long Fen, bool Settled, Reason Reason);

/// <summary>A message the bank owes, by name; its bytes follow from the journal alone.</summary>
/// <param name="IsForged">Signed by a stranger's key.</param>
internal readonly record struct Answer(string Name, Func<byte[]> Bytes, bool IsForged = false);

/// <summary>The words of one bank: journal entries in, bytes out. Pure: the same entries give the same bytes.</summary>
internal interface IAnswerWriter
{
    byte[] Status(AnswerHead head);
    byte[] Result(AnswerHead head, IReadOnlyList<AnswerRow> rows);
    byte[] Returns(AnswerHead head, IReadOnlyList<AnswerRow> rows);
    byte[] Statement(StatementCut cut, string at, IReadOnlyList<BookedEntry> entries);
}

/// <summary>Every answer the books give rise to, in the order they leave.</summary>
internal sealed class Answers(Partner partner, Journal journal, Books books)
{
    private readonly IAnswerWriter _writer = partner.Form switch
    {
        BankForm.IcbcText => new IcbcAnswers(),
        BankForm.CmbXml => new CmbAnswers(),
        BankForm.Text => new TextAnswers(partner),
        BankForm.OlderIso20022 => new IsoAnswers(IsoEdition.Older),
        _ => new IsoAnswers(IsoEdition.Newer, partner.StatementExtension == "sta"),
    };

    public IEnumerable<Answer> All() => books.Files.SelectMany(Of).Concat(books.Files.SelectMany(OfHeld))
        .Concat(books.Recalls.Select(r => RecallAnswers.Of(partner, r))).Concat(books.Statements.SelectMany(Of));

    /// <summary>What the bank knows of a file that it is asked about; null where its form has no words for that.
    /// </summary>
    public byte[]? ToQuestion(string reference) =>
        books.Files.FirstOrDefault(f => f.Head.Reference == reference && f.Head.Accepted) is { } file
            ? FirstResult(file, $"{reference}-query")
            : Questions.Absent(partner, reference);

    /// <summary>Status, results, what a later day end released, and what it added.</summary>
    public IEnumerable<Answer> Of(BookedFile file)
    {
        var name = file.Head.Reference;
        var status = new Message($"{name}-status-{file.StatusNumber}", id => _writer.Status(Head(file, id, file.Head)),
            IsNotice: true, IsLate: file.Has(Behaviour.LostReply));
        List<Message> results = file.Head.Accepted ? [.. Results(file)] : [];
        IEnumerable<Message> said = [status, .. results];
        var answers = Leaving(file, said.Where(m => !m.IsLate));
        if (file.ReleasedBy > 0) answers = answers.Concat(Leaving(file, said.Where(m => m.IsLate)));
        if (file.ContradictedBy > 0)
            answers = answers.Concat(Leaving(file, [new($"{name}-result-{results.Count + 1}",
                id => Contradiction(file, id))]));
        return file.ReturnedBy == 0 ? answers : answers.Concat(Leaving(file,
            [new($"{name}-returns-1", id => Returns(file, id), IsNotice: true)]));
    }

    /// <summary>The result of rows that were held and are paid.</summary>
    private IEnumerable<Answer> OfHeld(BookedFile file)
    {
        if (file.HeldPaidBy == 0 || !file.Of(Fate.Held).Any(file.IsPaid)) yield break;
        var id = $"{file.Head.Reference}-result-held";
        yield return new($"{id}.{partner.AnswerExtension}", () => _writer.Result(
            Head(file, id, journal.Read(file.HeldPaidBy)), [.. file.Of(Fate.Held).Where(file.IsPaid).Select(First)]));
    }

    /// <summary>The results of a file's rows, in up to six pieces, and the right ones behind those that are wrong.
    /// </summary>
    private IEnumerable<Message> Results(BookedFile file)
    {
        var (isHeld, isForged) = (file.Has(Behaviour.DayEndBetween), file.Has(Behaviour.WrongKey));
        var isWrong = isForged || file.Has(Behaviour.WrongTotals);
        var (number, pieces) = (0, Pieces(file));
        foreach (var piece in pieces)
        {
            var first = Next();
            var told = new Message(first, id => Result(file, id, piece, isWrong), false, isHeld || piece.IsLate,
                isForged);
            yield return told;
            // The same bytes under another name.
            if (number == 1 && file.Has(Fate.AnsweredTwice))
                yield return told with { Id = Next(), Bytes = _ => told.Bytes(first) };
        }
        if (!isWrong) yield break;
        foreach (var piece in pieces) yield return new(Next(), id => Result(file, id, piece, false), IsLate: true);

        string Next() => $"{file.Head.Reference}-result-{++number}";
    }

    private List<Piece> Pieces(BookedFile file)
    {
        var rows = file.Rows - file.SilentRows;
        // A list of failures speaks of every row of its file, named or not: it has no parts.
        var (isSplit, isPartial) = partner.Id is "sbs-n050" or "ccb-6w2102" ? (false, false)
            : (file.Has(Behaviour.SplitResults), file.Has(Behaviour.PartialResults));
        var count = (isSplit ? 3 : 1) * (isPartial ? 2 : 1);
        return [.. Enumerable.Range(0, count)
            .Select(i => new Piece(Cut(i), Cut(i + 1), isPartial && 2 * i >= count))
            .Where(piece => piece.To > piece.From)];

        int Cut(int i) => (int)((long)rows * i / count);
    }

    private IEnumerable<Answer> Leaving(BookedFile file, IEnumerable<Message> messages)
    {
        if (file.Has(Behaviour.DuplicateAnswers))
            messages = messages.SelectMany(m => new[] { m, m with { Id = m.Id + "-again" } });
        if (file.Has(Behaviour.OutOfOrder)) messages = messages.Reverse();
        return messages.Select(m => new Answer($"{m.Id}.{(m.IsNotice && partner.NoticeExtension.Length > 0
            ? partner.NoticeExtension : partner.AnswerExtension)}", () => m.Bytes(m.Id), m.IsForged));
    }

    private IEnumerable<Answer> Of(StatementsCut statements)
    {
        foreach (var cut in statements.Cuts)
        {
            if (cut.WrongUntil == 0)
            {
                yield return Statement(cut.Name, cut);
                continue;
            }
            yield return Statement(cut.Name, cut with { ClosingFen = cut.ClosingFen + 1 });
            if (books.Files.Any(f => f.Number == cut.WrongUntil && f.ReleasedBy > 0))
                yield return Statement(cut.Name + "-again", cut);
        }

        Answer Statement(string name, StatementCut cut) => new($"{name}.{partner.StatementExtension}",
            () => _writer.Statement(cut, statements.At, books.Account(cut.Account).Entries.GetRange(cut.FirstEntry,
                cut.Entries)));
    }

    private byte[] FirstResult(BookedFile file, string id) =>
        Result(file, id, new Piece(0, file.Rows, false), isWrong: false);

    private byte[] Result(BookedFile file, string id, Piece piece, bool isWrong)
    {
        var whole = (FileTaken)journal.Read(file.Number);
        var head = Head(file, id, whole);
        if (isWrong && file.Has(Behaviour.WrongTotals)) head = head with { WrongByFen = 1 };
        return _writer.Result(head, [.. whole.Rows.Where(r => !r.Fate.Unanswered()).Skip(piece.From)
            .Take(piece.To - piece.From).Select(First)]);
    }

    private static AnswerRow First(TakenRow row) => row.Fate.Rejected()
        ? new(row, row.Fen, false, Reason.Of(row.Fate))
        : new(row, row.Fate == Fate.WrongAmount ? row.Fen + 1 : row.Fen, true, default);

    private byte[] Contradiction(BookedFile file, string id) => _writer.Result(
        Head(file, id, journal.Read(file.ContradictedBy)),
        [.. file.Of(Fate.Contradicted).Select(r => new AnswerRow(r, r.Fen, false, Reason.SaidBefore))]);

    private byte[] Returns(BookedFile file, string id) => _writer.Returns(
        Head(file, id, journal.Read(file.ReturnedBy)),
        [.. file.Of(Fate.ReturnsLate).Select(r => new AnswerRow(r, r.Fen, false, Reason.Returned))]);

    private static AnswerHead Head(BookedFile file, string id, JournalEntry cause) => new(id,
        file.Number.ToString("0000000000", CultureInfo.InvariantCulture), cause.Date, cause.At, file.Head,
        new(file.Rows, file.TotalFen));

    /// <summary>A message before it has its name: some leave twice.</summary>
    private readonly record struct Message(string Id, Func<string, byte[]> Bytes, bool IsNotice = false,
        bool IsLate = false, bool IsForged = false);

    /// <summary>Which of the rows that are answered.</summary>
    private readonly record struct Piece(int From, int To, bool IsLate);
}
