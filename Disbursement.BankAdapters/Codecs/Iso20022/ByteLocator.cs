namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Finds the byte at a line and column of a UTF-8 text: XML
/// readers count characters, a person with a hex editor bytes.</summary>
/// <remarks>Reads the stream a second time, forward only and only when there is an error to place; the stream's own
/// position is put back. A stream that cannot seek has no offsets: -1.</remarks>
internal sealed class ByteLocator(Stream input)
{
    private readonly long _start = input.CanSeek ? input.Position : 0;
    private readonly byte[] _buffer = new byte[4096];
    private int _line = 1, _column = 1;
    private long _offset;
    private bool _afterCarriageReturn;

    /// <summary>Offset from the start of the message of a line and
    /// column, both from 1, not before the one asked for last.</summary>
    public long OffsetOf(int line, int column)
    {
        if (!input.CanSeek) return -1;
        var back = input.Position;
        input.Position = _start + _offset;
        int read;
        while (!Reached(line, column) && (read = input.Read(_buffer)) > 0)
            for (var i = 0; i < read && !Reached(line, column); i++) Step(_buffer[i]);
        input.Position = back;
        return _offset;
    }

    private bool Reached(int line, int column) => _line > line || (_line == line && _column >= column);

    private void Step(byte b)
    {
        if (_offset < 3 && b == "\uFEFF"u8[(int)_offset])
        {
            _offset++; // The byte order mark stands in no column.
            return;
        }
        _offset++;
        var endsLine = b == '\r' || (b == '\n' && !_afterCarriageReturn);
        if (endsLine) (_line, _column) = (_line + 1, 1);
        else if (b >= 0xF0) _column += 2; // Two UTF-16 units, as the reader counts.
        else if (b != '\n' && (b & 0xC0) != 0x80) _column++;
        _afterCarriageReturn = b == '\r';
    }
}
