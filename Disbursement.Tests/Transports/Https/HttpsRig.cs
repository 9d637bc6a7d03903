using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Https;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.Tests.Security;

namespace Disbursement.Tests.Transports.Https;

/// <summary>The sandbox bank's HTTPS server with a chain of its own (root, intermediate, server) made by
/// openssl.</summary>
internal sealed class HttpsRig : IDisposable
{
    private const string Make = """
        ec() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key.pem; }
        sign() { openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key.pem -CAcreateserial -days 3650 -extfile $1.ext; }
        ca() { openssl req -x509 -new -key $1.key.pem -subj "/O=SAMPLE/CN=$1" -days 3650 -out $1.pem; }
        ec root; ca root; ec other-root; ca other-root
        ec middle; openssl req -new -key middle.key.pem -subj /O=SAMPLE/CN=middle -out middle.csr
        printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign' >middle.ext
        sign middle root >middle.pem
        ec server; openssl req -new -key server.key.pem -subj /O=SAMPLE/CN=server -out server.csr
        printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth' >server.ext
        sign server middle >leaf.pem
        cat leaf.pem middle.pem >server.pem
        for who in ours stranger; do ec $who; ca $who; done
        """;

    private static readonly Lazy<string> MadeKeys = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("https-keys-").FullName;
        var (code, output) = OutsideTool.Run("bash", "-euc", $"cd '{folder}'\n{Make}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return code == 0 ? folder : throw new InvalidOperationException(output);
    });

    public HttpsRig(string profile = "iso20022-pain")
    {
        Folder = Directory.CreateTempSubdirectory("https-").FullName;
        Profile = profile;
        Server = new HttpsServer(new Exchange(Folder, Partner.Find(profile)!), Read("server.pem"),
            Read("server.key.pem"), Read("ours.pem"));
    }

    public static string KeyFolder => MadeKeys.Value;

    public string Profile { get; }
    public string Folder { get; }
    public HttpsServer Server { get; }

    public string ToBank(string name = "") => Path.Combine(Folder, Profile, "to-bank", name);

    public string FromBank(string name = "") => Path.Combine(Folder, Profile, "from-bank", name);

    public HttpsLink Link(int? port = null) =>
        new($"https://127.0.0.1:{port ?? Server.Port}/", ["root"], "ours", ConnectSeconds: 5, AnswerSeconds: 5);

    public static HttpsTransport By(HttpsLink link) => new(link, new PemKeyRing(KeyFolder));

    public void Dispose()
    {
        Server.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(KeyFolder, name));
}
