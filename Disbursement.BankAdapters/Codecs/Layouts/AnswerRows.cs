using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Reads rows and head fields of an answer. What cannot be read is told with field and byte offset, and the
/// rest is read on.</summary>
internal sealed class AnswerRows(BankProfile profile, BankCharset charset, CellText text, AnswerHead head,
    IMessageSink sink)
{
    /// <summary>Stands for no cell: the record itself is wrong.</summary>
    private const int WholeRecord = -1;

    private readonly CodeTable _codes = new(profile, charset);
    private readonly CellText _text = text;
    private readonly int _rowWidth = profile.Limits.RowReferenceWidth;

    /// <summary>False once a row could not be read: its figures are then missing from the sums.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Takes the fields of a head, packet or tail record.</summary>
    public void Tell(in Record record, Cells cells, IReadOnlyList<LayoutField> fields)
    {
        for (var i = 0; i < fields.Count && i < cells.Count; i++)
        {
            var field = fields[i];
            var cell = cells.Of(record.Bytes, i);
            if (field.Value is FieldValue.Text || (cell.IsEmpty && field.Optional)) continue;
            if (!_text.Words(cell, out var words)) Refuse(record, cells, i, field.Name, $"is not {charset.Name}");
            else if (Figure(field.Value, cell) is not { } number)
                Refuse(record, cells, i, field.Name, "is no figure of this form");
            else
                head.Tell(field.Value, field.Value is FieldValue.FileReference ? Stem(words) : words, number,
                    new(record.Number, field.Name, record.Offset + cells.StartOf(i), words, ""));
        }
    }

    /// <summary>Takes one field of the head; the place is where it stands.</summary>
    public void Tell(LayoutField field, ReadOnlySpan<byte> cell, LocatedError place)
    {
        if (field.Value is FieldValue.Text) return;
        if (Figure(field.Value, cell.Trim(" \t\r\n"u8)) is { } number)
            head.Tell(field.Value, field.Value is FieldValue.FileReference ? Stem(place.Value) : place.Value, number,
                place);
        else
        {
            IsComplete = false;
            sink.Error(place with { Reason = "is no figure of this form" });
        }
    }

    /// <summary>Reads one row, by columns its cells fit.</summary>
    public void Read(in Record record, Cells cells, RowColumns columns)
    {
        var account = Cell(record, cells, columns, FieldValue.Account);
        var amount = Money.Zero;
        if (!CellText.IsNumber(account) && !(head.IsCards && account.IsEmpty))
            Refuse(record, cells, columns, FieldValue.Account, "is not a number");
        else if (!head.IsCards && !_text.Amount(Cell(record, cells, columns, FieldValue.Amount), out amount))
            Refuse(record, cells, columns, FieldValue.Amount, "is no amount of this form");
        else if (!_text.Words(Cell(record, cells, columns, FieldValue.Name), out var name))
            Refuse(record, cells, columns, FieldValue.Name, $"is not {charset.Name}");
        else if (!Day(record, cells, columns, out var day))
            Refuse(record, cells, columns, FieldValue.ValueDate, "is not a day of this form");
        else if (!Reference(record, cells, columns, out var file, out var row))
            Refuse(record, cells, columns, FieldValue.Position, "is not a position in the file");
        else
        {
            head.Begin(file);
            Tell(record, cells, columns, row, name, amount, day);
        }
    }

    public void Refuse(in Record record, string field, string reason) =>
        Refuse(record, null, WholeRecord, field, reason);

    private void Tell(in Record record, Cells cells, RowColumns columns, string row, string name, Money amount,
        LocalDate? day)
    {
        var status = Cell(record, cells, columns, FieldValue.Status);
        var detail = Cell(record, cells, columns, FieldValue.Reason);
        var constant = columns[FieldValue.Status] < 0 ? columns.Field(FieldValue.Status)?.Text ?? "" : "";
        var said = constant.Length > 0 ? _codes.Find(constant) : _codes.Find(status);
        var why = _codes.Find(detail);
        var (word, reason) = CodeTable.Join(said, why);
        // A row of a list of late returns came back, whatever its status says.
        var unknown = head.IsReturns ? "" : CodeTable.Unknown(said,
            columns.Field(FieldValue.Status)?.Name ?? nameof(FieldValue.Status),
            constant.Length > 0 ? constant : _text.Words(status));
        if (head.IsReturns) (word, reason) = (LineWord.Returned, why?.Reason ?? ReturnReason.ReturnedAfterSuccess);
        var reference = Cell(record, cells, columns, FieldValue.BankReference);
        var line = new ReportLine(record.Number, row,
            _text.Words(Cell(record, cells, columns, FieldValue.Account)), name, amount, word, reason,
            said?.Match ?? _text.Words(status), why?.Match ?? _text.Words(detail),
            _text.Words(reference), day, Unknown: unknown);
        head.Count(line);
        sink.Line(line);
    }

    private static ReadOnlySpan<byte> Cell(in Record record, Cells cells, RowColumns columns, FieldValue value) =>
        columns[value] is >= 0 and var cell && cell < cells.Count ? cells.Of(record.Bytes, cell) : default;

    private static bool Day(in Record record, Cells cells, RowColumns columns, out LocalDate? day)
    {
        day = null;
        var cell = Cell(record, cells, columns, FieldValue.ValueDate);
        return cell.IsEmpty || CellText.Day(cell, columns.Field(FieldValue.ValueDate)!.Format, out day);
    }

    /// <summary>Which row of which file: by position, by our row reference, or by both in one.</summary>
    private bool Reference(in Record record, Cells cells, RowColumns columns, out string? file, out string row)
    {
        var named = _text.Words(Cell(record, cells, columns, FieldValue.FileReference));
        (file, row) = (named.Length > 0 ? Stem(named) : null, "");
        var whole = _text.Words(Cell(record, cells, columns, FieldValue.EndToEnd)).TrimEnd(',');
        if (whole.Length > 8 && !whole.AsSpan(whole.Length - 8).ContainsAnyExceptInRange('0', '9'))
            (file, row) = (whole[..^8], whole[^8..]);
        else row = whole; // none of ours: given as it is, it matches no row
        if (columns[FieldValue.RowReference] >= 0)
            row = Padded(_text.Words(Cell(record, cells, columns, FieldValue.RowReference)));
        if (columns[FieldValue.Position] < 0) return true;
        var position = Cell(record, cells, columns, FieldValue.Position);
        if (!CellText.Count(position, out var number) || number < 1) return false;
        row = Padded(number.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private string Padded(string row) =>
        row.Length > 0 && row.All(char.IsAsciiDigit) ? row.TrimStart('0').PadLeft(_rowWidth, '0') : row;

    /// <summary>A file's name without what stands behind its dot: banks repeat names, references have no dot.</summary>
    private static string Stem(string name) => name.Split('.', 2)[0].Trim();

    private long? Figure(FieldValue value, ReadOnlySpan<byte> cell) => value switch
    {
        FieldValue.Lines or FieldValue.SettledLines or FieldValue.RejectedLines or FieldValue.PacketRows =>
            CellText.Count(cell, out var count) ? count : null,
        FieldValue.Total or FieldValue.SettledTotal or FieldValue.RejectedTotal =>
            _text.Amount(cell, out var amount) ? amount.Fen : null,
        _ => 0,
    };

    private void Refuse(in Record record, Cells cells, RowColumns columns, FieldValue value, string reason) =>
        Refuse(record, cells, columns[value], columns.Field(value)?.Name ?? $"{value}", reason);

    private void Refuse(in Record record, Cells? cells, int cell, string field, string reason)
    {
        IsComplete = false;
        var isCell = cells is not null && cell >= 0 && cell < cells.Count;
        var value = isCell ? cells!.Of(record.Bytes, cell) : record.Bytes[..Math.Min(record.Bytes.Length, 80)];
        charset.TryDecode(value[..Math.Min(value.Length, 80)], out var text);
        sink.Error(new(record.Number, field, record.Offset + (isCell ? cells!.StartOf(cell) : 0), text, reason));
    }
}

/// <summary>A record's bytes with its number, from 1, and its offset in the message.</summary>
internal readonly ref struct Record(long number, long offset, ReadOnlySpan<byte> bytes)
{
    public long Number { get; } = number;
    public long Offset { get; } = offset;
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}
