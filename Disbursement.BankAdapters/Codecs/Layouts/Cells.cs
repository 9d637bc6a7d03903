namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>The fields of one record, as ranges of its bytes: cut at separators between characters, or at fixed widths.
/// One of these serves all records of a message.</summary>
internal sealed class Cells(BankCharset charset)
{
    /// <summary>More fields than any bank's record has.</summary>
    public const int Most = 96;

    private readonly Range[] _ranges = new Range[Most + 1];
    private readonly int[] _starts = new int[Most + 1];
    private byte[] _unquoted = [];
    private bool _isUnquoted;

    public int Count { get; private set; }

    /// <summary>The cell's bytes without spaces around it.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> record, int cell) =>
        (_isUnquoted ? _unquoted.AsSpan(_ranges[cell]) : record[_ranges[cell]]).Trim(" \t\r"u8);

    /// <summary>Where the cell begins in the record.</summary>
    public int StartOf(int cell) => _starts[cell];

    /// <summary>Cuts at the separator: 0x7C, '|', may also be the second byte of a character.</summary>
    /// <returns>False with too many fields or a quote that does not end.</returns>
    public bool Split(ReadOnlySpan<byte> record, ReadOnlySpan<byte> separator, bool hasQuotes)
    {
        _isUnquoted = hasQuotes && record.Contains((byte)'"');
        return _isUnquoted ? SplitQuoted(record, separator) : SplitPlain(record, separator);
    }

    /// <summary>Cuts at widths in bytes; the record must be as long as they come to.</summary>
    public void Cut(IReadOnlyList<int> widths)
    {
        (_isUnquoted, Count) = (false, 0);
        var at = 0;
        foreach (var width in widths)
        {
            _starts[Count] = at;
            _ranges[Count++] = at..(at + width);
            at += width;
        }
    }

    /// <summary>The whole record as one cell from that byte on.</summary>
    public void Whole(int from, int length)
    {
        (_isUnquoted, Count) = (false, 1);
        (_starts[0], _ranges[0]) = (from, from..length);
    }

    /// <summary>That many cells with nothing in them, to be put one by one.</summary>
    public void Begin(int count)
    {
        (_isUnquoted, Count) = (false, count);
        _ranges.AsSpan(0, count).Clear();
        _starts.AsSpan(0, count).Clear();
    }

    /// <summary>Puts a cell: its bytes within the record, and where it stood, counted from the record's offset.
    /// </summary>
    public void Put(int cell, Range bytes, int start) => (_ranges[cell], _starts[cell]) = (bytes, start);

    private bool SplitPlain(ReadOnlySpan<byte> record, ReadOnlySpan<byte> separator)
    {
        Count = 0;
        var start = 0;
        for (var at = 0; at < record.Length;)
        {
            if (record[at] != separator[0] || !record[at..].StartsWith(separator))
            {
                at += charset.CharacterLength(record[at..]);
                continue;
            }
            if (Count >= Most) return false;
            Add(start, at);
            start = at += separator.Length;
        }
        Add(start, record.Length);
        return true;
    }

    private void Add(int from, int to)
    {
        _starts[Count] = from;
        _ranges[Count++] = from..to;
    }

    private bool SplitQuoted(ReadOnlySpan<byte> record, ReadOnlySpan<byte> separator)
    {
        if (_unquoted.Length < record.Length) _unquoted = new byte[record.Length];
        Count = 0;
        var (at, to) = (0, 0);
        while (at <= record.Length)
        {
            if (Count >= Most) return false;
            var (from, start, quoted) = (to, at, at < record.Length && record[at] == '"');
            if (quoted) at++;
            while (true)
            {
                if (at >= record.Length)
                {
                    if (quoted) return false;
                    break;
                }
                if (quoted && record[at] == '"')
                {
                    if (at + 1 < record.Length && record[at + 1] == '"') at++;
                    else
                    {
                        (quoted, at) = (false, at + 1);
                        continue;
                    }
                }
                else if (!quoted && record[at..].StartsWith(separator)) break;
                var length = charset.CharacterLength(record[at..]);
                record.Slice(at, length).CopyTo(_unquoted.AsSpan(to));
                (at, to) = (at + length, to + length);
            }
            _starts[Count] = start;
            _ranges[Count++] = from..to;
            at += at >= record.Length ? 1 : separator.Length;
        }
        return true;
    }
}
