namespace Disbursement.BankAdapters.Codecs.Cmb;

/// <summary>What the reader stands on.</summary>
internal enum FlatXml { BlockStart, Field, BlockEnd, End, Broken }

/// <summary>Reads the bank's documents, which are flat: a root, blocks in it,
/// fields in the blocks. No attributes, no DTD, no entities but the five of XML
/// and character numbers; anything else is Broken, with its byte offset.</summary>
/// <remarks>Why not XmlReader: it gives no byte offsets. Markup is safe to look for in bytes: '&lt;', '&gt;' and
/// '&amp;' are no trail bytes of GBK or GB18030. Held to XmlReader by test. Holds one buffer; a tag or field has at
/// most <see cref="MostBytes"/> bytes.</remarks>
internal sealed class FlatXmlReader(Stream input)
{
    public const int MostBytes = 4 * 1024;
    private const int MostPerToken = 3 * MostBytes; // opening tag, value, closing tag

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _at;
    private int _filled;
    private bool _ended;
    private long _offsetOfBuffer;
    private int _depth;
    private bool _rooted;
    private bool _begun;
    private readonly byte[] _block = new byte[64];
    private int _blockLength;
    private (int From, int Length) _name;
    private (int From, int Length) _value;

    /// <summary>Line of the current token, from 1.</summary>
    public long Line { get; private set; } = 1;
    public long Offset { get; private set; }
    public string Fault { get; private set; } = "";
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_name.From, _name.Length);
    /// <summary>The field's bytes as written, references not
    /// resolved. Good until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Value => _buffer.AsSpan(_value.From, _value.Length);
    public long ValueOffset => _offsetOfBuffer + _value.From;
    /// <summary>Character set the XML declaration names, or empty. Known after the first <see cref="Read"/>.</summary>
    public string Declared { get; private set; } = "";

    public FlatXml Read()
    {
        if (!_begun && Declaration() is { } fault) return Break(fault);
        while (true)
        {
            SkipSpace();
            Offset = _offsetOfBuffer + _at;
            if (_at == _filled) return _rooted && _depth == 0 ? FlatXml.End : Break("the document ends too early");
            if (_buffer[_at] != '<') return Break(_rooted ? "text stands between elements" : "is not XML");
            if (!Tag(out var closing, out var empty, out var broken)) return Break(broken);
            switch (_depth, closing, empty)
            {
                case (0, _, _):
                    if (closing || _rooted || !IsRoot) return Break("the document is not one CMBSDKPGK");
                    _rooted = true;
                    _depth = empty ? 0 : 1;
                    break;
                case (1, true, _):
                    if (!IsRoot) return Break("the root is closed under another name");
                    _depth = 0;
                    break;
                case (1, _, true):
                    break;
                case (1, _, _):
                    if (Name.Length > _block.Length) return Break("a block's name is too long");
                    Name.CopyTo(_block);
                    _blockLength = Name.Length;
                    _depth = 2;
                    return FlatXml.BlockStart;
                case (_, true, _):
                    if (!Name.SequenceEqual(_block.AsSpan(0, _blockLength)))
                        return Break("a block is closed under another name");
                    _depth = 1;
                    return FlatXml.BlockEnd;
                default:
                    _value = (_at, 0);
                    return empty ? FlatXml.Field : Field();
            }
        }
    }

    private bool IsRoot => Name.SequenceEqual("CMBSDKPGK"u8);

    private FlatXml Field()
    {
        var name = _name;
        var rest = _buffer.AsSpan(_at, Math.Min(_filled - _at, MostBytes));
        var length = rest.IndexOf((byte)'<');
        if (length < 0) return Break("a field is too long or not closed");
        var value = (From: _at, Length: length);
        Line += rest[..length].Count((byte)'\n');
        _at += length;
        if (!Tag(out var closing, out _, out var broken)) return Break(broken);
        if (!closing || !Name.SequenceEqual(_buffer.AsSpan(name.From, name.Length)))
            return Break("a field holds an element");
        (_name, _value) = (name, value);
        return FlatXml.Field;
    }

    /// <summary>Reads a tag at '&lt;' and moves behind it. SkipSpace has left its bytes in the buffer.</summary>
    private bool Tag(out bool closing, out bool empty, out string fault)
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
        if (name.IsEmpty || !char.IsAsciiLetter((char)name[0]) || name.ContainsAnyExcept(NameBytes))
        {
            var isOther = rest.Length > 1 && rest[1] is (byte)'!' or (byte)'?';
            fault = isOther ? "DTD, comment, CDATA or instruction is not allowed" : "is not a plain tag";
            return false;
        }
        _name = (_at + from, name.Length);
        _at += end + 1;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> NameBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private string? Declaration()
    {
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
    private void SkipSpace()
    {
        while (true)
        {
            if (_filled - _at < MostPerToken && !_ended) Fill();
            while (_at < _filled && _buffer[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                if (_buffer[_at++] == '\n') Line++;
            if (_filled - _at >= MostPerToken || _ended) return;
        }
    }

    private FlatXml Break(string fault)
    {
        (Fault, Offset) = (fault, _offsetOfBuffer + _at);
        return FlatXml.Broken;
    }

    private void Fill()
    {
        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        _offsetOfBuffer += _at;
        _filled -= _at;
        _at = 0;
        while (_filled < _buffer.Length)
        {
            var read = input.Read(_buffer, _filled, _buffer.Length - _filled);
            if (read == 0) { _ended = true; return; }
            _filled += read;
        }
    }
}
