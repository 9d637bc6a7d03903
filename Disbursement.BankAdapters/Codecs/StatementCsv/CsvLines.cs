using System.Text;

namespace Disbursement.BankAdapters.Codecs.StatementCsv;

/// <summary>Reads lines from bytes, one in memory, each with its number and the byte it begins at.</summary>
/// <remarks>Line ends, quotes and commas are single bytes that never
/// stand inside a character, in UTF-8 as in GB18030.</remarks>
internal sealed class CsvLines(Stream input)
{
    /// <summary>Far above any row of nine fields; a longer line is no statement.</summary>
    private const int LongestLineBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[LongestLineBytes];
    private int _from, _to;
    private bool _ended;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Offset of the first byte of the line read last.</summary>
    public long Offset { get; private set; }

    /// <summary>The line read last, without its end.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_lineFrom, _lineLength);

    /// <summary>Whether reading stopped at a line longer than any statement's.</summary>
    public bool TooLong { get; private set; }

    private int _lineFrom, _lineLength;
    private long _consumed;

    /// <summary>Steps to the next line; false at the end or at a line too long.</summary>
    public bool Next()
    {
        var end = Fill();
        if (end < 0) return false;
        (_lineFrom, _lineLength) = (_from, end - _from);
        (Number, Offset) = (Number + 1, _consumed);
        var next = Math.Min(end + 1, _to);
        _consumed += next - _from;
        _from = next;
        if (_lineLength > 0 && _buffer[_lineFrom + _lineLength - 1] == '\r') _lineLength--;
        return true;
    }

    /// <summary>Passes over bytes at the beginning of the line read last: a byte order mark.</summary>
    public void Skip(int bytes)
    {
        _lineFrom += bytes;
        _lineLength -= bytes;
        Offset += bytes;
    }

    /// <summary>Index of the end of the line that begins at _from,
    /// reading more as needed; -1 if there is no further line.</summary>
    private int Fill()
    {
        var looked = _from;
        while (true)
        {
            var at = _buffer.AsSpan(looked, _to - looked).IndexOf((byte)'\n');
            if (at >= 0) return looked + at;
            if (_ended) return _from == _to ? -1 : _to;
            looked = _to;
            if (_from > 0)
            {
                _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
                (looked, _to, _from) = (looked - _from, _to - _from, 0);
            }
            if (_to == _buffer.Length)
            {
                (TooLong, Number, Offset) = (true, Number + 1, _consumed);
                return -1;
            }
            var read = input.Read(_buffer, _to, _buffer.Length - _to);
            _ended = read == 0;
            _to += read;
        }
    }
}

/// <summary>Encodings of a statement, each refusing bytes that are not its own.</summary>
internal static class CsvEncodings
{
    public static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance
        .GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The profile's charset; with "auto", what the fixed first heading 账号 is written in.</summary>
    public static Encoding Of(string charset, ReadOnlySpan<byte> firstLine) => charset.ToUpperInvariant() switch
    {
        "UTF-8" => Utf8,
        "GB18030" => Gb18030,
        _ => firstLine.StartsWith("账号"u8) ? Utf8 : Gb18030,
    };
}
