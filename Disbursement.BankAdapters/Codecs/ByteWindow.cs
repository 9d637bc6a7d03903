namespace Disbursement.BankAdapters.Codecs;

/// <summary>A stream seen through one buffer that moves along it: memory does not grow with the input.</summary>
internal abstract class ByteWindow(Stream input)
{
    protected readonly byte[] _buffer = new byte[64 * 1024];
    protected int _at;
    protected int _filled;
    protected bool _ended;
    protected long _offsetOfBuffer;

    /// <summary>Drops what was read, and fills the rest of the buffer from the stream.</summary>
    protected void Fill()
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
