using System.Text;
using Disbursement.BankAdapters.Sandbox.Seals;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>The customer's key and certificate in the bank's machine in the house. Which kind of PKCS#7 the real one
/// makes is unsourced: here, a kind of signed data with the file inside.</summary>
public sealed record NetSafeKey(SealKind Kind, string KeyPem, string CertificatePem);

/// <summary>工行 NetSafe Client on loopback, plain HTTP: a port that signs (签名端口) and, where it is given the exchange,
/// one that carries posts to the bank (加密端口).</summary>
/// <remarks>result 1 and its text are the sandbox's own: the real ones are unsourced.</remarks>
public sealed class NetSafeClient : IDisposable
{
    private readonly HttpListening _signing;
    private readonly HttpListening? _carrying;

    /// <param name="exchange">Where posts end up; null for a machine that only signs.</param>
    /// <param name="strikes">Whether the post of a file meets with a behaviour; null for one that always
    /// holds.</param>
    public NetSafeClient(NetSafeKey key, Exchange? exchange = null, Func<Behaviour, string, bool>? strikes = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _signing = new HttpListening(new SigningPages(key), null, (_, _) => false).Started();
        if (exchange is not null)
            _carrying = new HttpListening(new PostServlet(exchange, key), null, strikes ?? ((_, _) => false))
                .Started();
    }

    /// <summary>The port that signs.</summary>
    public int SigningPort => _signing.Port;

    /// <summary>The port that carries; null where there is none.</summary>
    public int? CarryingPort => _carrying?.Port;

    public void Dispose()
    {
        _signing.Dispose();
        _carrying?.Dispose();
    }

    private sealed class SigningPages(NetSafeKey key) : IPages
    {
        public HttpReply Answer(HttpRequest request)
        {
            if (request is not { Method: "POST", Path: "/" }) return HttpReply.Of(404);
            if (!request.Has("Content-Type", "INFOSEC_SIGN/1.0") || request.Body.Length == 0)
                return Said("签名失败", "1", "nothing to sign");
            var signed = WholeSeal.Make(key.Kind, request.Body, new BankKeys("", key.KeyPem, key.CertificatePem));
            var text = Convert.ToBase64String(signed, Base64FormattingOptions.InsertLineBreaks);
            return Said("签名结果", "0", $"<sign>{text}</sign>");
        }

        public string? Upload(string method, string path, string query) => null;

        private static HttpReply Said(string title, string result, string body) => new(200,
            BankText.Gb18030.GetBytes($"<html>\n<head>\n<title>{title}</title>\n<result>{result}</result>\n</head>\n"
                + $"<body>\n{body}\n</body>\n</html>\n"))
        { Type = "INFOSEC_SIGN_RESULT/1.0" };
    }
}
