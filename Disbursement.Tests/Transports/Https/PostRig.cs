using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Https;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.Tests.Sandbox;
using Xunit;

namespace Disbursement.Tests.Transports.Https;

/// <summary>ICBC in the sandbox: the servlet behind mutual TLS, and NetSafe Client in the house with both its
/// ports.</summary>
internal sealed class PostRig : IDisposable
{
    public const string Profile = "icbc-payper";

    public PostRig()
    {
        Folder = Directory.CreateTempSubdirectory("post-").FullName;
        var exchange = new Exchange(Folder, Partner.Find(Profile)!);
        var key = new NetSafeKey(SealKind.Sm2Attached, Ours("key.pem"), Ours("pem"));
        Server = new HttpsServer(exchange, Tls("server.pem"), Tls("server.key.pem"), Tls("ours.pem"), netSafe: key);
        Client = new NetSafeClient(key, exchange);

        static string Ours(string end) => File.ReadAllText(Path.Combine(RoundTrip.KeyFolder, $"ours-{Profile}.{end}"));
        static string Tls(string name) => File.ReadAllText(Path.Combine(HttpsRig.KeyFolder, name));
    }

    public string Folder { get; }
    public HttpsServer Server { get; }
    public NetSafeClient Client { get; }

    public static PostForm Form => RoundTrip.Read(Profile).Transport.Post!;

    public string ToBank(string name = "") => Path.Combine(Folder, Profile, "to-bank", name);

    /// <summary>Straight to the bank over mutual TLS, signed in the house.</summary>
    public HttpsLink Link(int? port = null, int? signing = null) =>
        new($"https://127.0.0.1:{port ?? Server.Port}/", ["root"], "ours", ConnectSeconds: 5, AnswerSeconds: 5,
            Signing: $"http://127.0.0.1:{signing ?? Client.SigningPort}/",
            FromBank: Path.Combine(Folder, Profile, "from-bank"));

    /// <summary>All by NetSafe Client, which speaks TLS to the bank itself.</summary>
    public HttpsLink InHouse(int? port = null) => Link() with
    {
        Address = $"http://127.0.0.1:{port ?? Client.CarryingPort}/",
        ServerRoots = [],
        ClientKey = "",
    };

    public SignedPostTransport By(HttpsLink link) => Assert.IsType<SignedPostTransport>(Made(link));

    public ITransport? Made(HttpsLink link) => TransportCatalogue.Find(HttpsTransport.Kind, new TransportSetting(
        RoundTrip.Read(Profile).Transport, new BankLink { Https = link }, new PemKeyRing(HttpsRig.KeyFolder),
        null!, Folder));

    public static SealedMessage Message(string account = "100001", long fen = 512_345)
    {
        using var trip = new RoundTrip(Profile);
        return new(trip.Encode((RoundTrip.Account(account), fen)), new byte[] { 1 }, ".p7s");
    }

    public static string Name
    {
        get
        {
            using var trip = new RoundTrip(Profile);
            return trip.Reference + ".xml";
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
