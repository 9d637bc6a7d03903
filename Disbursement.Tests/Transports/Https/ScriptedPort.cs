using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Disbursement.Tests.Transports.Https;

/// <summary>A plain port of the house that says what a test wants to each request: null, and it keeps silent.</summary>
internal sealed class ScriptedPort : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[]? _answer;
    private readonly CancellationTokenSource _stop = new();

    public ScriptedPort(string? answer)
    {
        _answer = answer is null ? null : Encoding.UTF8.GetBytes(answer);
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What the last request was, whole, one character a byte.</summary>
    public string Seen { get; private set; } = "";

    public static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Signed(string sign, string result = "0") =>
        Ok($"<html><head><title>签名结果</title><result>{result}</result></head><body><sign>{sign}</sign></body></html>");

    public static string Said(string xml) =>
        Ok("reqData=" + Convert.ToBase64String(Encoding.ASCII.GetBytes(xml), Base64FormattingOptions.InsertLineBreaks));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // the test is over
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using var held = client;
            var (stream, buffer, seen) = (client.GetStream(), new byte[64 * 1024], new StringBuilder());
            while (!IsWhole(seen.ToString()))
            {
                var count = await stream.ReadAsync(buffer, _stop.Token);
                if (count == 0) return;
                seen.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            Seen = seen.ToString();
            if (_answer is null) await Task.Delay(Timeout.Infinite, _stop.Token);
            else await stream.WriteAsync(_answer, _stop.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // the customer hung up
        }
    }

    private static bool IsWhole(string seen)
    {
        var end = seen.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var length = seen[..end].Split("\r\n")
            .Single(line => line.StartsWith("Content-Length:", StringComparison.Ordinal));
        return seen.Length - end - 4 >= int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
