using System.Text;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>The two folders of an exchange as pages: what a bank does that follows specs/transports.md.</summary>
internal sealed class ExchangePages(Exchange exchange) : IPages
{
    private const string Inbox = "/to-bank/";
    private const string Outbox = "/from-bank/";
    private const string Taken = Outbox + ".taken/";

    public HttpReply Answer(HttpRequest request) => request switch
    {
        { Method: "PUT" } when Named(request, Inbox) is { } name => Keep(name, request),
        { Method: "HEAD" or "GET" } when Named(request, Inbox) is { } name => Show(exchange.Inbox, name),
        { Method: "GET", Path: Outbox } => HttpReply.Of(200, string.Concat(exchange.Answers().Select(n => n + "\n"))),
        { Method: "PUT" } when Named(request, Taken) is { } name => Acknowledged(name),
        { Method: "GET" } when Named(request, Outbox) is { } name => Show(exchange.Outbox, name),
        _ => HttpReply.Of(404),
    };

    private HttpReply Keep(string name, HttpRequest request)
    {
        if (!request.Has("If-None-Match", "*")) return HttpReply.Of(428, "say If-None-Match: *");
        var path = Path.Combine(exchange.Inbox, name);
        if (File.Exists(path))
            return HttpReply.Of(File.ReadAllBytes(path).AsSpan().SequenceEqual(request.Body) ? 200 : 412);
        DurableFile.Write(path, request.Body);
        return HttpReply.Of(201);
    }

    private HttpReply Acknowledged(string name)
    {
        Directory.CreateDirectory(Path.Combine(exchange.Outbox, ".taken"));
        DurableFile.Write(Path.Combine(exchange.Outbox, ".taken", name), []);
        return HttpReply.Of(204);
    }

    private static HttpReply Show(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? new HttpReply(200, File.ReadAllBytes(path)) : HttpReply.Of(404);
    }

    public string? Upload(string method, string path, string query) =>
        method == "PUT" && Named(path, Inbox) is { } name && exchange.IsFile(name) ? name : null;

    private static string? Named(HttpRequest request, string prefix) => Named(request.Path, prefix);

    /// <summary>The plain visible name behind the prefix, or null.</summary>
    private static string? Named(string path, string prefix)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var name = path[prefix.Length..];
        return name.Length > 0 && name[0] != '.' && Path.GetFileName(name) == name
            && Encoding.UTF8.GetByteCount(name) <= 240 ? name : null;
    }
}
