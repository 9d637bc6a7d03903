using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Reads the answer that a layout of the profile describes, "delimited" or "fixed-width": head lines, a line
/// of column names or none, rows. Layout: specs/layouts.md.</summary>
/// <remarks>Total and streaming: one record is held at a time, a line has at most
/// <see cref="ByteLines.MostBytesPerLine"/> bytes. A fixed-width layout without line ends comes in packets.</remarks>
public sealed class LayoutDecoder(bool fixedWidth) : IMessageDecoder
{
    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        var form = profile.FormOf(name);
        var layout = form.Layout ?? throw new DefectException($"profile {profile.Id} has no layout");
        var charset = BankCharset.Named(form.Charset)
            ?? throw new DefectException($"profile {profile.Id} names an unknown character set");
        var head = new AnswerHead(form, layout.Lists, MessageName.Of(name), sink);
        var rows = new AnswerRows(profile, charset, new(charset, layout.Amounts, layout.AmountSuffix), head, sink);
        if (fixedWidth && layout.LineEnd is LineEnd.None) new Packets(layout, charset, head, rows).Read(input);
        else new AnswerLines(layout, charset, head, rows, fixedWidth).Read(input, sink);
        head.End(rows.IsComplete);
    }
}

/// <summary>An answer in lines.</summary>
internal sealed class AnswerLines
{
    private readonly BankCharset _charset;
    private readonly AnswerHead _head;
    private readonly AnswerRows _rows;
    private readonly bool _fixedWidth;
    private readonly bool _hasQuotes;
    private readonly byte[] _comment;
    private readonly Cells _cells;
    private readonly List<Line> _told = [];
    private readonly List<Line> _named = [];
    private readonly List<(Line Line, RowColumns Columns)> _forms = [];
    private RowColumns? _columns;
    private byte[] _separator;

    public AnswerLines(FileLayout layout, BankCharset charset, AnswerHead head, AnswerRows rows, bool fixedWidth)
    {
        (_charset, _head, _rows, _fixedWidth) = (charset, head, rows, fixedWidth);
        _cells = new(charset);
        _hasQuotes = layout.Quoting is not Quoting.None;
        (_comment, _separator) = (Bytes(layout.Comment), Bytes(layout.Separator));
        foreach (var record in layout.Records)
        {
            var separator = record.Separator.Length > 0 ? Bytes(record.Separator) : _separator;
            var line = new Line(record, Bytes(record.Starts), separator,
                Bytes(record.Fields.Count > 0 ? record.Fields[0].Name : ""),
                [.. record.Fields.Select(field => field.Width)]);
            if (record.Kind is RecordKind.Head or RecordKind.Tail) _told.Add(line);
            else if (record.Kind is RecordKind.Columns) _named.Add(line);
            else if (record.Kind is RecordKind.Row) _forms.Add((line, RowColumns.Of(record)));
        }
    }

    public void Read(Stream input, IMessageSink sink)
    {
        var lines = new ByteLines(input);
        var missing = _told.Concat(_named).Where(line => line.Record.Required).ToList();
        while (lines.Read())
        {
            var bytes = lines.Text;
            var mark = lines.Number == 1 && bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
            var record = new Record(lines.Number, lines.Offset + mark, bytes[mark..]);
            if (lines.TooLong) _rows.Refuse(record, "行", "the line is too long");
            else if (bytes.Trim(" \t"u8).IsEmpty) continue;
            else if (Told(record, missing) || Columns(record, missing)) continue;
            else if (_comment.Length > 0 && record.Bytes.StartsWith(_comment)) continue;
            else if (missing.Count > 0) break;
            else Row(record);
        }
        if (missing.Count == 0 && _head.IsKnown) return;
        if (missing.Count == 0 && lines.Number > 0 && !_rows.IsComplete) return;
        var first = missing.Count > 0 ? missing[0].Record : null;
        var reason = first is null ? "holds nothing of this form"
            : $"the line {(first.Fields.Count > 0 ? first.Fields[0].Name : first.Starts)} is missing before this";
        sink.Error(new(Math.Max(lines.Number, 1), first is null ? "文件" : "文件头", lines.Offset, "", reason));
    }

    private bool Told(in Record record, List<Line> missing)
    {
        foreach (var line in _told)
        {
            if (line.Starts.Length == 0 || !record.Bytes.StartsWith(line.Starts)) continue;
            missing.Remove(line);
            _head.IsKnown = true;
            var fields = line.Record.Fields;
            if (fields.Count == 0) return true;
            if (fields.Count == 1) _cells.Whole(line.Starts.Length, record.Bytes.Length);
            else if (!Split(record, line)) _rows.Refuse(record, "列数", "is not as long as this head line is");
            if (fields.Count == 1 || _cells.Count >= fields.Count) _rows.Tell(record, _cells, fields);
            return true;
        }
        return false;
    }

    /// <summary>A line that holds every name asked for is the line of columns: rows below it are read by it.</summary>
    private bool Columns(in Record record, List<Line> missing)
    {
        foreach (var line in _named)
        {
            if (!record.Bytes.StartsWith(line.Starts)) continue;
            var bytes = record.Bytes[line.Starts.Length..];
            if (bytes.IndexOf(line.FirstName) < 0 || !_cells.Split(bytes, line.Separator, _hasQuotes)) continue;
            var names = new List<string>();
            for (var i = 0; i < _cells.Count; i++)
                names.Add(_charset.TryDecode(_cells.Of(bytes, i), out var text) ? text : "");
            if (names.Count > 1 && names[^1].Length == 0) names.RemoveAt(names.Count - 1);
            if (RowColumns.Named(line.Record, names) is not { } columns) continue;
            (_columns, _separator, _head.IsKnown) = (columns, line.Separator, true);
            missing.RemoveAll(other => _named.Contains(other));
            return true;
        }
        return false;
    }

    private void Row(in Record record)
    {
        if (_columns is { } columns)
        {
            if (!_cells.Split(record.Bytes, _separator, _hasQuotes)) Refuse(record, columns.Count);
            else if (!Fits(record, columns.Count)) Refuse(record, columns.Count);
            else _rows.Read(record, _cells, columns);
            return;
        }
        foreach (var (line, form) in _forms)
        {
            if (!Split(record, line)) continue;
            if (line.Record.Ragged)
            {
                if (RaggedRow.Place(record, _cells, form)) { Take(record, form); return; }
            }
            else if (_fixedWidth || Fits(record, form.Count)) { Take(record, form); return; }
        }
        _rows.Refuse(record, "列数", _fixedWidth
            ? $"the record is {record.Bytes.Length} bytes long"
            : $"no row of this form has {_cells.Count} fields");
    }

    private void Take(in Record record, RowColumns columns)
    {
        _head.IsKnown = true;
        _rows.Read(record, _cells, columns);
    }

    private void Refuse(in Record record, int count) =>
        _rows.Refuse(record, "列数", $"{_cells.Count} fields under {count} columns");

    /// <summary>As many cells as columns; a separator at the end may make an empty one more.</summary>
    private bool Fits(in Record record, int count) => _cells.Count == count
        || (_cells.Count == count + 1 && _cells.Of(record.Bytes, count).IsEmpty);

    private bool Split(in Record record, Line line)
    {
        if (!_fixedWidth) return _cells.Split(record.Bytes, line.Separator, _hasQuotes);
        if (record.Bytes.Length != line.Length) return false;
        _cells.Cut(line.Widths);
        return true;
    }

    private byte[] Bytes(string text)
    {
        var bytes = new byte[_charset.RoomFor(text.Length)];
        return bytes[..Math.Max(_charset.Encode(text, bytes), 0)];
    }

    /// <summary>One kind of line with its bytes at hand.</summary>
    private sealed record Line(LayoutRecord Record, byte[] Starts, byte[] Separator, byte[] FirstName, int[] Widths)
    {
        public int Length { get; } = Widths.Sum();
    }
}
