using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>What an answer says of a whole file, from its head lines, and the rows counted against it.</summary>
internal sealed class AnswerHead(FileForm form, RowsListed lists, MessageName name, IMessageSink sink)
{
    private readonly Dictionary<FieldValue, Told> _told = [];
    private string? _given;
    private int _heads;
    private (int Lines, Int128 Fen) _rows, _settled, _dead;

    /// <summary>The bank's own number of the file, or empty.</summary>
    public string Batch => _told.TryGetValue(FieldValue.BankBatch, out var told) ? told.Text : "";

    /// <summary>Whether the message told anything of this form.</summary>
    public bool IsKnown { get; set; }

    public bool IsReturns => name.What == "returns";

    /// <summary>Whether the rows are of card applications: they have no amount, and no account where none was
    /// opened.</summary>
    public bool IsCards => name.IsCards;

    /// <summary>Whether rows prove that the bank took the file, whatever word it is at: each says what became of its
    /// money.</summary>
    public bool RowsSpeak { get; init; }

    /// <summary>Takes a figure or text of the whole file; the place is for the error where it does not agree.</summary>
    public void Tell(FieldValue value, string text, long number, LocatedError place)
    {
        IsKnown = true;
        _told[value] = new(text, number, place);
    }

    /// <summary>Whether the bank's word on the file leaves rows to be read.</summary>
    public bool SaysRows => Word() is FileWord.Accepted or FileWord.None;

    /// <summary>Gives the head to the sink before the first row of a file, or the first of another file.</summary>
    public void Begin(string? reference, bool ofRow = true)
    {
        var file = reference ?? Reference();
        if (_heads > 0 && file == _given) return;
        (_given, _heads) = (file, _heads + 1);
        var word = ofRow && RowsSpeak ? FileWord.Accepted : Word();
        var text = _told.TryGetValue(FieldValue.FileStatus, out var status) ? status.Text : "";
        var kind = IsReturns ? MessageKind.LateReturns : IsCards ? MessageKind.Cards
            : word is FileWord.None or FileWord.Accepted ? MessageKind.Report : MessageKind.FileStatus;
        // A list of rows proves that the bank took the file; each row says what became of its money.
        sink.Head(new(kind, file, Batch, word is FileWord.None ? FileWord.Accepted : word, text,
            _told.TryGetValue(FieldValue.Reason, out var why) ? why.Text : "", Lines(), Total(), Unlisted()));
    }

    /// <summary>Counts a row that was given.</summary>
    public void Count(in ReportLine line)
    {
        _rows = (_rows.Lines + 1, _rows.Fen + line.Amount.Fen);
        if (line.Word is LineWord.Settled) _settled = (_settled.Lines + 1, _settled.Fen + line.Amount.Fen);
        if (line.Word is LineWord.Rejected or LineWord.Returned)
            _dead = (_dead.Lines + 1, _dead.Fen + line.Amount.Fen);
    }

    /// <summary>A message without rows still speaks of a file; then the figures stated are compared with the rows.
    /// Rows that could not be read were told by themselves: they are not missed again.</summary>
    public void End(bool isComplete)
    {
        if (_heads == 0 && IsKnown) Begin(null, ofRow: false);
        if (_heads != 1 || !isComplete || !(SaysRows || RowsSpeak)) return;
        if (lists is RowsListed.All)
        {
            Compare(FieldValue.Lines, _rows.Lines);
            Compare(FieldValue.Total, _rows.Fen);
            Compare(FieldValue.SettledLines, _settled.Lines);
            Compare(FieldValue.SettledTotal, _settled.Fen);
        }
        Compare(FieldValue.RejectedLines, _dead.Lines);
        Compare(FieldValue.RejectedTotal, _dead.Fen);
    }

    private void Compare(FieldValue value, Int128 read)
    {
        if (_told.TryGetValue(value, out var told) && told.Number != read)
            sink.Error(told.Place with { Reason = $"the rows listed come to {read}" });
    }

    private string? Reference() => _told.TryGetValue(FieldValue.FileReference, out var told) ? told.Text
        : form.Option("referenceFrom", "") == "name" ? name.Reference : null;

    /// <summary>Rows of the whole file: as stated, or those paid and those not.</summary>
    private int? Lines() => Number(FieldValue.Lines) is { } lines ? (int)lines
        : Number(FieldValue.SettledLines) is { } paid && Number(FieldValue.RejectedLines) is { } not
            && paid + not <= int.MaxValue ? (int)(paid + not) : null;

    private Money? Total() => Number(FieldValue.Total) is { } total ? new Money(total)
        : Number(FieldValue.SettledTotal) is { } paid && Number(FieldValue.RejectedTotal) is { } not
            && paid <= long.MaxValue - not ? new Money(paid + not) : null;

    /// <summary>What a list of failures says of the rows it does not list.</summary>
    private UnlistedRows? Unlisted() =>
        lists is RowsListed.Failures && SaysRows
            && Number(FieldValue.SettledLines) is { } lines && Number(FieldValue.SettledTotal) is { } total
            ? new((int)lines, new Money(total)) : null;

    private long? Number(FieldValue value) => _told.TryGetValue(value, out var told) ? told.Number : null;

    private FileWord Word()
    {
        if (!_told.TryGetValue(FieldValue.FileStatus, out var told)) return FileWord.None;
        foreach (var (option, word) in new[]
        {
            ("fileAccepted", FileWord.Accepted), ("fileRefused", FileWord.Refused),
            ("filePending", FileWord.Pending), ("fileNotFound", FileWord.NotFound),
        })
            if (form.Option(option, "").Split(',').Contains(told.Text)) return word;
        return FileWord.Doubtful;
    }

    private readonly record struct Told(string Text, long Number, LocatedError Place);
}
