using System.Globalization;
using System.Text;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>A request as the bank's server read it, whole and within bounds.</summary>
internal sealed record HttpRequest(string Method, string Path, string Query,
    IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int MaxHeadBytes = 16 * 1024;
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    /// <summary>Reads HTTP/1.1 with a stated length; null where the other side closed before a request began.</summary>
    /// <param name="breaksOff">Asked with method, path and query whether the reading ends in the middle of the
    /// body.</param>
    /// <exception cref="InvalidDataException">What came is no such request.</exception>
    /// <exception cref="EndOfStreamException">It broke off.</exception>
    public static HttpRequest? Read(Stream stream, Func<string, string, string, bool> breaksOff)
    {
        if (Head(stream) is not { } head) return null;
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        if (words is not [var method, var target, "HTTP/1.1"]) throw new InvalidDataException("no request line");
        var headers = lines.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var text)
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        if (length > MaxBodyBytes) throw new InvalidDataException("the body is longer than agreed");
        var body = new byte[length];
        var parts = target.Split('?', 2);
        var path = Uri.UnescapeDataString(parts[0]);
        var query = parts.Length > 1 ? parts[1] : "";
        if (breaksOff(method, path, query))
        {
            stream.ReadExactly(body, 0, length / 2);
            throw new EndOfStreamException("the body was cut");
        }
        stream.ReadExactly(body);
        return new HttpRequest(method, path, query, headers, body);
    }

    public bool Has(string header, string value) => Headers.TryGetValue(header, out var said) && said == value;

    private static string? Head(Stream stream)
    {
        var head = new List<byte>(512);
        while (head.Count < 4 || head[^4] != '\r' || head[^3] != '\n' || head[^2] != '\r' || head[^1] != '\n')
        {
            var next = stream.ReadByte();
            if (next < 0) return head.Count == 0 ? null : throw new EndOfStreamException("the head was cut");
            head.Add((byte)next);
            if (head.Count > MaxHeadBytes) throw new InvalidDataException("the head is longer than agreed");
        }
        return Encoding.ASCII.GetString([.. head])[..^4];
    }
}

/// <summary>What the bank's server says.</summary>
internal sealed record HttpReply(int Status, byte[] Body)
{
    public string Type { get; init; } = "application/octet-stream";

    public static HttpReply Of(int status, string text = "") => new(status, Encoding.UTF8.GetBytes(text));

    /// <param name="withBody">False for HEAD: the length is told, the bytes are not.</param>
    public void Write(Stream stream, bool withBody)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status} {(Status < 300 ? "OK" : "NO")}\r\nContent-Type: {Type}\r\n"
            + $"Content-Length: {Body.Length}\r\n\r\n");
        stream.Write(Encoding.ASCII.GetBytes(head));
        if (withBody) stream.Write(Body);
        stream.Flush();
    }
}
