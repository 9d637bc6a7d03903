using System.Buffers.Text;
using System.Text;
using Disbursement.Engine.Ports;
using NodaTime.Text;

namespace Disbursement.Host.Storage;

/// <summary>
/// Canonical bytes of a row: "table;" then each value as n (null), i123; (number), sLEN:text or bLEN:bytes.
/// </summary>
/// <remarks>Unambiguous and the same on every engine; what rows_root binds and a rebuild compares.</remarks>
public sealed class RowBytes
{
    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public ReadOnlySpan<byte> Of<T>(TableMap<T> map, T row) where T : class, IRow
    {
        _length = 0;
        Plain(map.Name);
        One((byte)';');
        foreach (var column in map.Columns) column.Canonical(this, row);
        return Written;
    }

    public void Null() => One((byte)'n');

    public void Number(long value)
    {
        Reserve(24);
        _buffer[_length++] = (byte)'i';
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)';';
    }

    public void Text(string value)
    {
        Length((byte)'s', Encoding.UTF8.GetByteCount(value));
        Plain(value);
    }

    public void Bytes(byte[] value)
    {
        Length((byte)'b', value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    private void Length(byte kind, int length)
    {
        Reserve(16);
        _buffer[_length++] = kind;
        Utf8Formatter.TryFormat(length, _buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)':';
    }

    private void Plain(string value)
    {
        Reserve(value.Length * 3);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    private void One(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    private void Reserve(int more)
    {
        if (_length + more > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
    }
}

/// <summary>The one text form of days and moments: fixed width, so that text order is time order.</summary>
public static class TimeText
{
    public static readonly LocalDatePattern Date = LocalDatePattern.Iso;
    public static readonly InstantPattern Moment =
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");
}
