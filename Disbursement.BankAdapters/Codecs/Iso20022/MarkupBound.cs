namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Lets bytes through until a piece of markup (a tag with its attributes, a comment) has more than
/// <see cref="MostBytes"/>: readers of XML hold a whole tag in memory, however long it is. What follows is then as if
/// the message ended.</summary>
/// <remarks>Counts from '&lt;' to '&gt;', in any character set that keeps ASCII.</remarks>
internal sealed class MarkupBound(Stream input) : Stream
{
    /// <summary>The messages have no attributes beyond namespaces, a currency and a schema's location.</summary>
    public const int MostBytes = 128 * 1024;

    private bool _within;
    private int _length;

    /// <summary>Whether the message was cut off here.</summary>
    public bool IsExceeded { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (IsExceeded) return 0;
        // Of so few bytes only the markup begun before them can be too long: tags within need not be looked at.
        var read = input.Read(buffer[..Math.Min(buffer.Length, MostBytes)]);
        Follow(buffer[..read]);
        return IsExceeded ? 0 : read;
    }

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.LastIndexOf((byte)'>');
        if (_within)
        {
            _length += last < 0 ? bytes.Length : bytes.IndexOf((byte)'>') + 1;
            IsExceeded = _length > MostBytes;
            if (last < 0) return;
        }
        var rest = bytes[(last + 1)..];
        var begin = rest.IndexOf((byte)'<');
        (_within, _length) = (begin >= 0, begin >= 0 ? rest.Length - begin - 1 : 0);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
