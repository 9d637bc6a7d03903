using System.Globalization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What heads a message of the bank.</summary>
/// <param name="Id">The message's name without extension; a result
/// sent twice carries the first one's id both times.</param>
/// <param name="Batch">The bank's own number of the file.</param>
internal sealed record AnswerHead(string Id, string Batch, DateOnly Date, string At, FileTaken File);

/// <summary>One line of an answer: the row, the amount as answered,
/// and why it was not paid (empty where it was).</summary>
internal readonly record struct AnswerRow(TakenRow Row, long Fen, bool Settled, Reason Reason);

/// <summary>A message the bank owes, by name; its bytes follow from the journal alone.</summary>
internal readonly record struct Answer(string Name, Func<byte[]> Bytes);

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

    public IEnumerable<Answer> All() => books.Files.SelectMany(Of).Concat(books.Statements.SelectMany(Of));

    /// <summary>What the bank knows of a file that it is asked about; null where its form has no words for that.
    /// </summary>
    public byte[]? ToQuestion(string reference) =>
        books.Files.FirstOrDefault(f => f.Head.Reference == reference && f.Head.Accepted) is { } file
            ? FirstResult(file, $"{reference}-query")
            : Questions.Absent(partner, reference);

    /// <summary>Status, result, and what a later day end added.</summary>
    public IEnumerable<Answer> Of(BookedFile file)
    {
        var name = file.Head.Reference;
        yield return Notice($"{name}-status-{file.StatusNumber}", id => _writer.Status(Head(file, id, file.Head)));
        if (!file.Head.Accepted) yield break;
        var results = 0;
        if (file.Rows > file.SilentRows)
        {
            var first = $"{name}-result-{++results}";
            yield return Named(first, id => FirstResult(file, id));
            if (file.Has(Fate.AnsweredTwice)) yield return Named($"{name}-result-{++results}",
                _ => FirstResult(file, first));
        }
        if (file.ContradictedBy > 0) yield return Named($"{name}-result-{results + 1}", id => Contradiction(file, id));
        if (file.ReturnedBy > 0) yield return Notice($"{name}-returns-1", id => Returns(file, id));
    }

    private IEnumerable<Answer> Of(StatementsCut statements) => statements.Cuts.Select(cut => new Answer(
        $"{cut.Name}.{partner.StatementExtension}",
        () => _writer.Statement(cut, statements.At, books.Account(cut.Account).Entries.GetRange(cut.FirstEntry,
            cut.Entries))));

    private Answer Notice(string id, Func<string, byte[]> bytes) => partner.NoticeExtension.Length == 0
        ? Named(id, bytes) : new($"{id}.{partner.NoticeExtension}", () => bytes(id));

    private Answer Named(string id, Func<string, byte[]> bytes) =>
        new($"{id}.{partner.AnswerExtension}", () => bytes(id));

    private byte[] FirstResult(BookedFile file, string id)
    {
        var whole = (FileTaken)journal.Read(file.Number);
        return _writer.Result(Head(file, id, whole), [.. whole.Rows.Where(r => r.Fate != Fate.Silent).Select(First)]);
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
        file.Number.ToString("0000000000", CultureInfo.InvariantCulture), cause.Date, cause.At, file.Head);
}
