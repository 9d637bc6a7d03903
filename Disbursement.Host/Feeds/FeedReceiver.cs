using System.Globalization;
using System.Net;
using System.Text;
using Disbursement.BankAdapters.Sandbox;

namespace Disbursement.Host.Feeds;

/// <summary>
/// A small subscriber to test against: HTTP on loopback, one call at a time. POST a line: 200 with the last record
/// held, 409 where one is missing before it, 422 where it is wrong; GET asks what is held.
/// </summary>
internal sealed class FeedReceiver : IDisposable
{
    private const int MostBytes = 64 << 20;
    private readonly FeedCopy _copy;
    private readonly HttpListener _listener = new();

    /// <param name="port">0: one that is free.</param>
    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public FeedReceiver(FeedCopy copy, int port)
    {
        _copy = copy;
        Port = port == 0 ? LoopbackPort.Free() : port;
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));
        _listener.Start();
    }

    public int Port { get; }

    /// <summary>Serves until the process ends or this is disposed of.</summary>
    /// <param name="said">Told of each line that was not taken.</param>
    public void Serve(Action<string> said)
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(_listener.GetContext(), said);
            }
            catch (Exception broken) when (broken is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The caller broke off, or the receiver is closed: its line comes again.
            }
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _copy.Dispose();
    }

    private void Answer(HttpListenerContext context, Action<string> said)
    {
        using var response = context.Response;
        var status = context.Request.HttpMethod switch
        {
            "GET" => HttpStatusCode.OK,
            "POST" => Take(context.Request, said),
            _ => HttpStatusCode.MethodNotAllowed,
        };
        var answer = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"last\":{_copy.Last}}}\n"));
        response.StatusCode = (int)status;
        response.ContentType = "application/json";
        response.ContentLength64 = answer.Length;
        response.OutputStream.Write(answer);
    }

    private HttpStatusCode Take(HttpListenerRequest request, Action<string> said)
    {
        if (request.ContentLength64 is < 0 or > MostBytes) return HttpStatusCode.RequestEntityTooLarge;
        var bytes = new byte[request.ContentLength64];
        request.InputStream.ReadExactly(bytes);
        var verdict = _copy.Take(Encoding.UTF8.GetString(bytes).TrimEnd('\n'), out var why);
        if (why.Length > 0) said(why);
        return verdict switch
        {
            FeedVerdict.Next or FeedVerdict.Repeated => HttpStatusCode.OK,
            FeedVerdict.Gap => HttpStatusCode.Conflict,
            _ => HttpStatusCode.UnprocessableEntity,
        };
    }
}
