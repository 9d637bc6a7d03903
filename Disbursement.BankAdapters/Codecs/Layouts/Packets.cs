using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>An answer of fixed records without line ends: a packet head that says how many rows follow it and whether
/// another packet does.</summary>
internal sealed class Packets
{
    private readonly FileLayout _layout;
    private readonly AnswerHead _head;
    private readonly AnswerRows _rows;
    private readonly Cells _cells;
    private readonly LayoutRecord _packet;
    private readonly int[] _packetWidths, _rowWidths;
    private readonly RowColumns _columns;
    private readonly byte[] _buffer;
    private readonly int _status;
    private long _offset;
    private long _number;

    public Packets(FileLayout layout, BankCharset charset, AnswerHead head, AnswerRows rows)
    {
        (_layout, _head, _rows, _cells) = (layout, head, rows, new(charset));
        _packet = layout.Records.First(record => record.Kind is RecordKind.Packet);
        var row = layout.Records.First(record => record.Kind is RecordKind.Row);
        _columns = RowColumns.Of(row);
        _packetWidths = [.. _packet.Fields.Select(field => field.Width)];
        _rowWidths = [.. row.Fields.Where(field => field.Width > 0).Select(field => field.Width)];
        _buffer = new byte[Math.Max(_packetWidths.Sum(), _rowWidths.Sum())];
        // A bank that has no rows to tell may stop behind its word on the file.
        _status = _packet.Fields.TakeWhile(field => field.Value is not FieldValue.FileStatus).Sum(f => f.Width)
            + (_packet.Fields.FirstOrDefault(field => field.Value is FieldValue.FileStatus)?.Width ?? 0);
    }

    public void Read(Stream input)
    {
        var more = true;
        while (more)
        {
            var length = Take(input, _packetWidths.Sum(), out var record);
            if (!Packet(record, length, out var rows, out more)) return;
            for (var i = 0; i < rows; i++)
            {
                length = Take(input, _rowWidths.Sum(), out record);
                if (length < _rowWidths.Sum())
                {
                    _rows.Refuse(record, "本包笔数", $"{rows} rows announced, the message ends in row {i + 1}");
                    return;
                }
                _cells.Cut(_rowWidths);
                _rows.Read(record, _cells, _columns);
            }
        }
        var left = Take(input, _buffer.Length, out var rest);
        if (left > 0 && !rest.Bytes.Trim(" \t\r\n"u8).IsEmpty) _rows.Refuse(rest, "报文", "goes on behind its last row");
    }

    private bool Packet(in Record record, int length, out int rows, out bool more)
    {
        (rows, more) = (0, false);
        if (length < _packetWidths.Sum())
        {
            if (_status > 0 && length >= _status) return Status(record);
            _rows.Refuse(record, "报文头", $"the packet head has {_packetWidths.Sum()} bytes, the message {length}");
            return false;
        }
        _cells.Cut(_packetWidths);
        if (_number == 1 || !_head.IsKnown) _rows.Tell(record, _cells, _packet.Fields);
        if (!_head.SaysRows) return false;
        for (var i = 0; i < _packet.Fields.Count; i++)
        {
            var cell = _cells.Of(record.Bytes, i);
            if (_packet.Fields[i].Value is FieldValue.MorePackets) more = cell.SequenceEqual("1"u8);
            if (_packet.Fields[i].Value is not FieldValue.PacketRows || CellText.Count(cell, out rows)) continue;
            _rows.Refuse(record, _packet.Fields[i].Name, "is no number of rows");
            return false;
        }
        return true;
    }

    /// <summary>The head up to the bank's word on the file, which is all there is.</summary>
    private bool Status(in Record record)
    {
        var fields = _packet.Fields.TakeWhile(field => field.Value is not FieldValue.FileStatus).Append(
            _packet.Fields.First(field => field.Value is FieldValue.FileStatus)).ToList();
        _cells.Cut([.. fields.Select(field => field.Width)]);
        _rows.Tell(record, _cells, fields);
        return false;
    }

    private int Take(Stream input, int length, out Record record)
    {
        var read = input.ReadAtLeast(_buffer.AsSpan(0, length), length, throwOnEndOfStream: false);
        record = new(++_number, _offset, _buffer.AsSpan(0, read));
        _offset += read;
        return read;
    }
}
