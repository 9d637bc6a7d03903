namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>Reads XML. Attributes are passed over; an element holds elements or a text, never both.</summary>
/// <remarks>Held to XmlReader by test.</remarks>
internal sealed class XmlTreeReader(Stream input) : XmlBytes(input), ITreeReader
{
    private readonly OpenNames _open = new();
    private bool _rooted;
    private bool _hasText;

    protected override bool HasAttributes => true;

    long ITreeReader.Offset => _hasText ? ValueOffset : Offset;

    public TreeToken Read()
    {
        _hasText = false;
        if (Begin() is { } fault) return Broken(fault);
        SkipSpace();
        if (AtEnd) return _rooted && _open.Depth == 0 ? TreeToken.End : Broken("the document ends too early");
        if (!AtTag) return Broken(_rooted ? "text stands between elements" : "is not XML");
        if (_rooted && _open.Depth == 0) return Broken("something stands behind the document");
        if (!Tag(out var closing, out var empty, out var broken)) return Broken(broken);
        _rooted = true;
        if (closing)
        {
            if (!Name.SequenceEqual(_open.Top)) return Broken("an element is closed under another name");
            _open.Pop();
            return TreeToken.Close;
        }
        if (empty)
        {
            NoText();
            return TreeToken.Value;
        }
        var length = TextLength();
        if (length < 0) return Broken("a text is too long or its element not closed");
        if (ClosesBehind(length))
        {
            _hasText = true;
            return Text(length, out broken) ? TreeToken.Value
                : Broken(broken.Length > 0 ? broken : "an element is closed under another name");
        }
        if (Value.ContainsAnyExcept(" \t\r\n"u8)) return Broken("an element holds both a text and elements");
        return _open.Push(Name) ? TreeToken.Open : Broken("the document is too deep");
    }

    public int Copy(BankCharset charset, Span<byte> into)
    {
        if (!charset.TryDecode(Value, out var text) || !text.All(IsXml)) return -1;
        if (!Value.ContainsAny((byte)'&', (byte)'\r'))
        {
            Value.CopyTo(into);
            return Value.Length;
        }
        // XML 1.0 §2.11: every end of a line reads as \n.
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (XmlReferences.Resolved(text) is not { } resolved) return -1;
        var bytes = new byte[charset.RoomFor(resolved.Length)];
        var length = charset.Encode(resolved, bytes);
        if (length < 0 || length > into.Length) return -1;
        bytes.AsSpan(0, length).CopyTo(into);
        return length;
    }

    /// <summary>A character XML 1.0 has; halves of pairs were judged by the character set.</summary>
    private static bool IsXml(char c) =>
        c < ' ' ? c is '\t' or '\n' or '\r' : c is not ('\uFFFE' or '\uFFFF');

    private TreeToken Broken(string fault)
    {
        Break(fault);
        return TreeToken.Broken;
    }
}
