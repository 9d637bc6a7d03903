namespace Disbursement.BankAdapters.Codecs;

/// <summary>The bytes of an XML document: tags, the texts between them, and where each stands. No DTD, no CDATA, no
/// comments, no instruction but the declaration.</summary>
/// <remarks>Why not XmlReader: it gives no byte offsets. Markup is safe to look for in bytes: '&lt;', '&gt;' and
/// '&amp;' are no trail bytes of GBK or GB18030. Holds one buffer; a tag or text has at most
/// <see cref="MostBytes"/> bytes.</remarks>
internal abstract class XmlBytes(Stream input) : ByteWindow(input)
{
    public const int MostBytes = 4 * 1024;
    private const int MostPerToken = 3 * MostBytes; // opening tag, value, closing tag

    private bool _begun;
    private (int From, int Length) _name;
    private (int From, int Length) _value;

    /// <summary>Line of the current token, from 1.</summary>
    public long Line { get; private set; } = 1;
    public long Offset { get; private set; }
    public string Fault { get; private set; } = "";
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_name.From, _name.Length);
    /// <summary>The text's bytes as written, references not resolved. Good until the next tag is read.</summary>
    public ReadOnlySpan<byte> Value => _buffer.AsSpan(_value.From, _value.Length);
    public long ValueOffset => _offsetOfBuffer + _value.From;
    /// <summary>Character set the XML declaration names, or empty. Known once the first token is read.</summary>
    public string Declared { get; private set; } = "";

    /// <summary>Whether tags may carry attributes; they are passed over.</summary>
    protected virtual bool HasAttributes => false;

    protected bool AtEnd => _at == _filled;

    protected bool AtTag => _at < _filled && _buffer[_at] == '<';

    /// <summary>Reads the declaration before the first token; else what is wrong with it.</summary>
    protected string? Begin()
    {
        if (_begun) return null;
        _begun = true;
        Fill();
        if (_buffer.AsSpan(0, _filled).StartsWith("\uFEFF"u8)) _at = 3;
        if (!_buffer.AsSpan(_at, _filled - _at).StartsWith("<?xml "u8)) return null;
        var rest = _buffer.AsSpan(_at, Math.Min(_filled - _at, 256));
        var end = rest.IndexOf("?>"u8);
        if (end < 0) return "the XML declaration is not closed";
        var key = rest[..end].IndexOf("encoding"u8);
        if (key > 0)
        {
            var value = rest[(key + 8)..end].TrimStart(" \t="u8);
            var close = value.Length > 1 && value[0] is (byte)'"' or (byte)'\'' ? value[1..].IndexOf(value[0]) : -1;
            if (close < 0) return "the XML declaration is malformed";
            Declared = System.Text.Encoding.Latin1.GetString(value.Slice(1, close));
        }
        _at += end + 2;
        return null;
    }

    /// <summary>Stands on the next byte that is no space, with a whole field's bytes behind it in the buffer.</summary>
    protected void SkipSpace()
    {
        while (true)
        {
            if (_filled - _at < MostPerToken && !_ended) Fill();
            while (_at < _filled && _buffer[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                if (_buffer[_at++] == '\n') Line++;
            if (_filled - _at >= MostPerToken || _ended) break;
        }
        Offset = _offsetOfBuffer + _at;
    }

    /// <summary>Reads a tag at '&lt;' and moves behind it. SkipSpace has left its bytes in the buffer.</summary>
    protected bool Tag(out bool closing, out bool empty, out string fault)
    {
        (closing, empty, fault) = (false, false, "");
        var rest = _buffer.AsSpan(_at, Math.Min(_filled - _at, MostBytes));
        var end = rest.IndexOf((byte)'>');
        if (end < 0) { fault = "a tag is too long or not closed"; return false; }
        closing = end > 1 && rest[1] == '/';
        empty = !closing && end > 1 && rest[end - 1] == '/';
        var from = closing ? 2 : 1;
        var inner = rest[from..(empty ? end - 1 : end)];
        var name = inner.TrimEnd(" \t\r\n"u8);
        if (HasAttributes && !closing && name.IndexOfAny(" \t\r\n"u8) is > 0 and var space && !name.Contains((byte)'<'))
            name = name[..space];
        if (name.IsEmpty || !char.IsAsciiLetter((char)name[0]) || name.ContainsAnyExcept(NameBytes))
        {
            var isOther = rest.Length > 1 && rest[1] is (byte)'!' or (byte)'?';
            fault = isOther ? "DTD, comment, CDATA or instruction is not allowed" : "is not a plain tag";
            return false;
        }
        Line += inner.Count((byte)'\n');
        _name = (_at + from, name.Length);
        _at += end + 1;
        return true;
    }

    /// <summary>The bytes up to the next tag, which stay where they are; −1 where that is too far.</summary>
    protected int TextLength()
    {
        var length = _buffer.AsSpan(_at, Math.Min(_filled - _at, MostBytes)).IndexOf((byte)'<');
        _value = (_at, Math.Max(length, 0));
        return length;
    }

    /// <summary>An element without text.</summary>
    protected void NoText() => _value = (_at, 0);

    /// <summary>Whether the tag behind that text closes an element.</summary>
    protected bool ClosesBehind(int length) => _at + length + 1 < _filled && _buffer[_at + length + 1] == '/';

    /// <summary>Reads the closing tag behind a text; false where it is another one. Name is the element's.</summary>
    protected bool Text(int length, out string fault)
    {
        var name = _name;
        var value = _value;
        Line += Value.Count((byte)'\n');
        _at += length;
        if (!Tag(out var closing, out _, out fault)) return false;
        var isSame = closing && Name.SequenceEqual(_buffer.AsSpan(name.From, name.Length));
        (_name, _value) = (name, value);
        return isSame;
    }

    /// <summary>The fault where the reader stands.</summary>
    protected void Break(string fault) => (Fault, Offset) = (fault, _offsetOfBuffer + _at);

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);
}
