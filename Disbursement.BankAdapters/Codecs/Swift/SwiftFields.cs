using System.Text;

namespace Disbursement.BankAdapters.Codecs.Swift;

/// <summary>Reads a SWIFT text block field by field: <c>:61:</c> and what follows up to the next tag, with the line and
/// byte offset it began at. Blocks, headers and trailers around it are passed over.</summary>
/// <remarks>Holds one field: of a longer one the beginning. SWIFT's own character set is a part of ASCII; what a bank
/// writes beyond it is read in the profile's set and, where it is none of that, as Latin-1.</remarks>
internal sealed class SwiftFields(Stream input, BankCharset? charset)
{
    /// <summary>Six lines of 65 characters is what SWIFT allows; banks' own files have more.</summary>
    private const int MostChars = 4096;

    /// <summary>The tag of a line longer than is read: what it was is not known, so it belongs to no field.</summary>
    public const string TooLong = "!";

    private readonly ByteLines _lines = new(input);
    private readonly StringBuilder _value = new();
    private bool _ahead;
    private bool _ended;

    /// <summary>The tag without colons, e.g. 60F; "-" at the end of a message, "{" at its header.</summary>
    public string Tag { get; private set; } = "";

    /// <summary>The value, its lines with LF between.</summary>
    public string Value => _value.ToString();

    public long Line { get; private set; }
    public long Offset { get; private set; }

    /// <summary>Moves to the next field; false at the end.</summary>
    public bool Read()
    {
        if (_ended) return false;
        if (!_ahead && !NextLine()) return false;
        _ahead = false;
        var text = _lines.Text;
        (Line, Offset) = (_lines.Number, _lines.Offset);
        _value.Clear();
        var length = TagLength(text);
        Tag = _lines.TooLong ? TooLong
            : length > 0 ? Encoding.Latin1.GetString(text[1..(length - 1)]) : text.StartsWith("{"u8) ? "{" : "-";
        Add(length > 0 ? text[length..] : text);
        if (length == 0) return true;
        while (NextLine())
        {
            if (_lines.TooLong || Begins(_lines.Text))
            {
                _ahead = true;
                return true;
            }
            _value.Append('\n');
            Add(_lines.Text);
        }
        return true;
    }

    private bool NextLine()
    {
        _ended = !_lines.Read();
        return !_ended;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd("\r "u8);
        var room = Math.Max(0, MostChars - _value.Length);
        if (text.Length > room) text = text[..room];
        if (charset is null || !charset.TryDecode(text, out var words)) words = Encoding.Latin1.GetString(text);
        _value.Append(words);
    }

    /// <summary>A line that begins a field or ends a message. A dash with text behind it is text.</summary>
    private static bool Begins(ReadOnlySpan<byte> line) =>
        TagLength(line) > 0 || line.StartsWith("{1:"u8) || line.StartsWith("-}"u8)
        || line.TrimEnd(" \r"u8).SequenceEqual("-"u8);

    /// <summary>Length of ":60F:" at the beginning of a line, or 0: two digits and at most one letter.</summary>
    private static int TagLength(ReadOnlySpan<byte> line)
    {
        if (line.Length < 4 || line[0] != ':' || !IsDigit(line[1]) || !IsDigit(line[2])) return 0;
        if (line[3] == ':') return 4;
        return line.Length > 4 && line[4] == ':' && line[3] is >= (byte)'A' and <= (byte)'Z' ? 5 : 0;
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
