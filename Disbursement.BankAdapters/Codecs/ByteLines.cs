namespace Disbursement.BankAdapters.Codecs;

/// <summary>Reads a stream line by line as bytes, with each line's number and byte offset.
/// Holds one buffer, whatever the input: a line longer than <see cref="MostBytesPerLine"/>
/// is skipped to its end and said to be too long.</summary>
/// <remarks>Line feeds are safe to look for in bytes: 0x0A is no trail byte in any of our character sets.</remarks>
internal sealed class ByteLines(Stream input) : ByteWindow(input)
{
    public const int MostBytesPerLine = 8 * 1024;

    private int _lineStart;
    private int _lineLength;

    /// <summary>Number of the line just read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Offset of its first byte in the input.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether it was too long; its text is then only the beginning.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The line without its end (LF or CR LF). Good until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Moves to the next line; false at the end of the input.</summary>
    public bool Read()
    {
        if (_filled - _at <= MostBytesPerLine && !_ended) Fill();
        if (_at == _filled) return false;
        Number++;
        Offset = _offsetOfBuffer + _at;
        var rest = _buffer.AsSpan(_at, Math.Min(_filled - _at, MostBytesPerLine + 1));
        var end = rest.IndexOf((byte)'\n');
        TooLong = end < 0 && rest.Length > MostBytesPerLine;
        _lineStart = _at;
        _lineLength = end >= 0 ? end : Math.Min(rest.Length, MostBytesPerLine);
        _at += end >= 0 ? end + 1 : rest.Length;
        if (_lineLength > 0 && !TooLong && _buffer[_lineStart + _lineLength - 1] == '\r') _lineLength--;
        if (TooLong) SkipToEndOfLine();
        return true;
    }

    private void SkipToEndOfLine()
    {
        _lineLength = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_at, _filled - _at).IndexOf((byte)'\n');
            _at = end >= 0 ? _at + end + 1 : _filled;
            if (end >= 0 || _ended) return;
            Fill();
            if (_at == _filled) return;
        }
    }
}
