using System.Text;

namespace Disbursement.BankAdapters.Codecs;

/// <summary>A bank's character set, strict both ways: what does not map is said, never replaced by a question mark. A
/// name the bank cannot write must be refused before sending (domain facts 7.16 item 6).</summary>
public sealed class BankCharset
{
    private static readonly BankCharset Gb18030 = new("GB18030", 4);
    private static readonly BankCharset Gbk = new("GBK", 2);
    private static readonly BankCharset Utf8 = new("UTF-8", 4);

    private readonly Encoding _encoding;
    private readonly int _bytesPerChar;

    private BankCharset(string name, int bytesPerChar)
    {
        Name = name;
        _bytesPerChar = bytesPerChar;
        var provider = name == "UTF-8" ? null : CodePagesEncodingProvider.Instance;
        // What does not map becomes SUB or U+FFFD, both refused in text, so that no exception is needed to notice it.
        // Not NUL: as a fallback of the GBK encoder it does not reach the output (seen on .NET 10).
        var (encode, decode) = (new EncoderReplacementFallback("\u001A"), new DecoderReplacementFallback("\uFFFD"));
        _encoding = provider?.GetEncoding(name, encode, decode) ?? Encoding.GetEncoding(name, encode, decode);
    }

    public string Name { get; }

    /// <summary>Whether a byte of ASCII may be the second half of a
    /// character: 0x7C is '|' and also a trail byte of GBK.</summary>
    public bool HasAsciiTrailBytes => this != Utf8;

    /// <summary>The set of that name as profiles and XML declarations
    /// write it, or null if it is none we keep.</summary>
    public static BankCharset? Named(string name) => name.ToUpperInvariant() switch
    {
        "GB18030" => Gb18030,
        "GBK" or "GB2312" => Gbk,
        "UTF-8" => Utf8,
        _ => null,
    };

    /// <summary>Enough bytes for any text of that many UTF-16 units.</summary>
    public int RoomFor(int chars) => chars * _bytesPerChar;

    /// <summary>Writes the text's bytes and gives their number, or −1 if a character is not in the set.</summary>
    public int Encode(ReadOnlySpan<char> text, Span<byte> into)
    {
        if (Ascii.IsValid(text))
        {
            Ascii.FromUtf16(text, into, out var plain);
            return into[..plain].Contains((byte)0x1A) ? -1 : plain;
        }
        var count = _encoding.GetBytes(text, into);
        return into[..count].Contains((byte)0x1A) ? -1 : count;
    }

    /// <summary>Reads a text as it streams by; what is none of this set comes as U+FFFD.</summary>
    public TextReader Reader(Stream input) =>
        new StreamReader(input, _encoding, detectEncodingFromByteOrderMarks: false);

    /// <summary>Reads a text, or says that the bytes are none of this set.</summary>
    public bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : _encoding.GetString(bytes);
        return !text.Contains('\uFFFD');
    }

    /// <summary>As <see cref="TryDecode"/>, into a buffer of at least as
    /// many units as there are bytes; −1 if not of this set.</summary>
    public int Decode(ReadOnlySpan<byte> bytes, Span<char> into)
    {
        var count = _encoding.GetChars(bytes, into);
        return into[..count].Contains('\uFFFD') ? -1 : count;
    }

    /// <summary>Length in bytes of the character beginning at the first
    /// byte: separators are looked for between characters only.</summary>
    public int CharacterLength(ReadOnlySpan<byte> bytes)
    {
        if (!HasAsciiTrailBytes || bytes[0] < 0x81 || bytes.Length < 2) return 1;
        var four = bytes[1] is >= 0x30 and <= 0x39;
        return Math.Min(four ? 4 : 2, bytes.Length);
    }
}
