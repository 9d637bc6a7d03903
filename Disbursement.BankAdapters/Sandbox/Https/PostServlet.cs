using System.Security;
using System.Text;
using System.Xml;
using Disbursement.BankAdapters.Sandbox.Seals;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>工行银企互联 at the bank's side: a form posted to ICBCCMPAPIReqServlet, its reqData the signed file. Form,
/// address and file must say the same; then the file goes into the inbox under its PackageID, the signature beside
/// it.</summary>
/// <remarks>What the real bank says to a repeat and to a bad form is unsourced: here the same bytes are taken again
/// without a word, and everything else is an errorCode of the sandbox's own.</remarks>
internal sealed class PostServlet(Exchange exchange, NetSafeKey customer) : IPages
{
    private const string Address = "/servlet/ICBCCMPAPIReqServlet";

    private readonly Lock _turn = new();

    public HttpReply Answer(HttpRequest request)
    {
        if (request is not { Method: "POST", Path: Address }) return HttpReply.Of(404);
        if (!request.Has("Content-Type", "application/x-www-form-urlencoded")) return Error("no form");
        var (query, form) = (Parameters(request.Query), Parameters(Encoding.ASCII.GetString(request.Body)));
        byte[] file;
        try
        {
            file = Convert.FromBase64String(form.GetValueOrDefault("reqData", ""));
        }
        catch (FormatException)
        {
            return Error("reqData is no Base64");
        }
        var (refusal, body) = WholeSeal.Open(customer.Kind, file, new BankKeys(customer.CertificatePem, "", ""));
        if (refusal != FileRefusal.None) return Error($"reqData: {refusal}");
        var head = Head(body);
        return Differs(query, form, head) is { } why ? Error(why) : Keep(head, body, file);
    }

    public string? Upload(string method, string path, string query) => method == "POST" && path == Address
        && Parameters(query).GetValueOrDefault("PackageID") is { } number && IsNumber(number)
        && exchange.IsFile(number + ".xml") ? number + ".xml" : null;

    private HttpReply Keep(Dictionary<string, string> head, byte[] body, byte[] file)
    {
        var number = head["fSeqno"];
        var asked = head.GetValueOrDefault("QryfSeqno"); // of a question, which is answered like any other
        if (!IsNumber(number) || (asked is not null && !IsNumber(asked))) return Error("no number of a packet");
        var path = Path.Combine(exchange.Inbox, asked is null ? $"{number}.xml" : $"{asked}-query-{number}.xml");
        lock (_turn)
        {
            if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(body))
                return Error("PackageID was used before");
            if (!File.Exists(path))
            {
                // Signed data with the file inside verifies as the signature beside it just as well.
                DurableFile.Write(path + ".p7s", file);
                DurableFile.Write(path, body);
            }
        }
        return Said(head);
    }

    private static HttpReply Said(Dictionary<string, string> head)
    {
        var pub = string.Concat(new[] { "TransCode", "CIS", "BankCode", "ID", "TranDate", "TranTime", "fSeqno" }
            .Select(name => $"<{name}>{SecurityElement.Escape(head.GetValueOrDefault(name, ""))}</{name}>"));
        var text = $"<?xml version=\"1.0\" encoding=\"GBK\" ?><CMS><eb><pub>{pub}<RetCode>0</RetCode>"
            + "<RetMsg>成功</RetMsg></pub><out></out></eb></CMS>";
        return HttpReply.Of(200, "reqData=" + Convert.ToBase64String(BankText.Gb18030.GetBytes(text)));
    }

    private static HttpReply Error(string why) => HttpReply.Of(200, $"errorCode=SAMPLE {why}");

    /// <summary>What does not agree; null where all does.</summary>
    private static string? Differs(Dictionary<string, string> query, Dictionary<string, string> form,
        Dictionary<string, string> head)
    {
        foreach (var (name, element) in new[]
        {
            ("TransCode", "TransCode"), ("BankCode", "BankCode"), ("GroupCIS", "CIS"), ("ID", "ID"),
            ("PackageID", "fSeqno"),
        })
            if (form.GetValueOrDefault(name) is not { } said || said != head.GetValueOrDefault(element))
                return $"{name} is not the packet's {element}";
        return query.GetValueOrDefault("userID") != form["ID"] ? "userID is not ID"
            : query.GetValueOrDefault("PackageID") != form["PackageID"] ? "the address has another PackageID"
            : query.GetValueOrDefault("SendTime") is not { Length: 17 } sent || !sent.All(char.IsAsciiDigit)
                ? "SendTime is no moment"
            : form.GetValueOrDefault("Version") is not "0.0.1.0" ? "Version is not 0.0.1.0"
            : form.ContainsKey("Cert") ? null : "Cert is not there";
    }

    private static Dictionary<string, string> Head(byte[] body)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var walk = new XmlWalk(body);
            while (walk.Next())
                foreach (var name in new[]
                    { "TransCode", "CIS", "BankCode", "ID", "TranDate", "TranTime", "fSeqno" })
                    if (walk.At("eb", "pub", name)) head[name] = walk.Text;
                    else if (walk.At("eb", "in", "QryfSeqno")) head["QryfSeqno"] = walk.Text;
        }
        catch (XmlException)
        {
            head.Clear();
        }
        return head;
    }

    private static Dictionary<string, string> Parameters(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.Split('=', 2) is [var name, var value])
                found[Unescaped(name)] = Unescaped(value);
        return found;
    }

    /// <summary>The bank's set is GBK, in addresses too.</summary>
    private static string Unescaped(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '%' && i + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else bytes.Add(text[i] == '+' ? (byte)' ' : (byte)text[i]);
        return BankText.Gb18030.GetString([.. bytes]);
    }

    private static bool IsNumber(string text) => text.Length is > 0 and <= 35 && text.All(char.IsAsciiLetterOrDigit);
}
