using System.Net;
using System.Net.Http.Headers;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>
/// A request's body that remembers whether any of it was handed to the connection: where it was not, no byte of the
/// file left, and that is the proof. It is handed over once: whatever the library retries, the bank sees no second
/// copy.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public OnceContent(ReadOnlyMemory<byte> bytes, string type)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(type);
        Headers.ContentLength = bytes.Length;
    }

    public bool Begun { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Begun) throw new IOException("the file was handed over before");
        Begun = true;
        await stream.WriteAsync(_bytes).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
