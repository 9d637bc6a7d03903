using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Https;
using Disbursement.BankAdapters.Sandbox.Packets;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Packets;
using Disbursement.BankAdapters.Transports.Sftp;

namespace Disbursement.Host.Conformance;

/// <summary>The other end of a transport on this machine, on its real server: folders, OpenSSH, mutual TLS, a front-end
/// machine that answers in the profile's words. Its keys, ports and files are its own and gone with it.</summary>
internal sealed class LoopbackBank : IOtherEnd, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loopback-bank-").FullName;
    private readonly BankProfile _profile;
    private string _toBank = "";
    private string _fromBank = "";
    private byte[]? _packet;
    private IDisposable? _server;
    private NetSafeClient? _netSafe;

    private LoopbackBank(BankProfile profile) => _profile = profile;

    /// <summary>The customer's end; null where nothing on this machine plays that kind of transport.</summary>
    public ITransport? Transport { get; private set; }

    /// <summary>The folder of exchanges that the transport leads into; null where it leads into none, or by a form
    /// that is signed on the way.</summary>
    public string? Root { get; private set; }

    /// <exception cref="IOException">The server is not on this machine, or does not start.</exception>
    public static LoopbackBank Of(string kind, BankProfile profile, BankCatalogue catalogue, string reference)
    {
        var bank = new LoopbackBank(profile);
        try
        {
            bank.Open(kind, catalogue, reference);
            return bank;
        }
        catch (IOException)
        {
            bank.Dispose();
            throw;
        }
    }

    public SealedMessage? Arrived(string name) => _toBank.Length == 0
        ? _packet is { } packet ? new(packet, null, "") : null
        : _netSafe is not null ? Posted()
        // The other side of a folder is a folder.
        : new FolderTransport(_fromBank, _toBank).Take(name);

    public bool Answer(string name, SealedMessage message) => _fromBank.Length > 0
        && new FolderTransport(_fromBank, _toBank.Length > 0 ? _toBank : _fromBank).Send(name, message).Outcome
            == SendOutcome.Delivered;

    public void Dispose()
    {
        (Transport as IDisposable)?.Dispose();
        _server?.Dispose();
        _netSafe?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open(string kind, BankCatalogue catalogue, string reference)
    {
        var link = kind switch
        {
            SftpTransport.Kind => new BankLink { Sftp = Sftp() },
            HttpsTransport.Kind => new BankLink { Https = Https() },
            PacketTransport.Kind => new BankLink { Packet = Packet(reference) },
            _ => new BankLink(),
        };
        var exchange = Path.Combine(_folder, _profile.Id);
        var keys = _server is OpenSshServer ssh ? ssh.KeyFolder : _folder;
        Transport = catalogue.Transport(kind, new TransportSetting(_profile.Transport, link, new PemKeyRing(keys),
            new SecretReferences(keys), exchange));
        if (kind == TransportCatalogue.Folder || (_server is HttpsServer && _netSafe is null)) Root = _folder;
        if (kind == TransportCatalogue.Folder || _server is HttpsServer)
            (_toBank, _fromBank) = (Path.Combine(exchange, "to-bank"), Path.Combine(exchange, "from-bank"));
    }

    private SftpLink Sftp()
    {
        var server = new OpenSshServer();
        _server = server;
        Root = server.Serve(_profile.Id);
        var folder = Path.Combine(Root, _profile.Id);
        (_toBank, _fromBank) = (Path.Combine(folder, "to-bank"), Path.Combine(folder, "from-bank"));
        return new SftpLink("127.0.0.1", server.User, [server.HostKey], server.Port, Key: "ours",
            ToBank: $"{_profile.Id}/to-bank", FromBank: $"{_profile.Id}/from-bank", ConnectSeconds: 10,
            AnswerSeconds: 10);
    }

    private HttpsLink Https()
    {
        SampleTls.Make(_folder);
        var suffix = EnvelopeCatalogue.SignatureSuffix(_profile.Envelope.Kind);
        // Which bank it is matters to the folders alone: nothing is booked here.
        var partner = new Partner(_profile.Id, _profile.NameZh, BankForm.Text, SealKind.Sm2Detached,
            suffix.Length == 0 ? CmsEnvelope.Suffix : suffix, false, "xml", "xml");
        var netSafe = _profile.Transport.Post is null ? null
            : new NetSafeKey(SealKind.CmsAttached, Read("ours.key.pem"), Read("ours.pem"));
        var server = new HttpsServer(new Exchange(_folder, partner), Read("server.pem"), Read("server.key.pem"),
            Read("ours.pem"), netSafe: netSafe);
        _server = server;
        var link = new HttpsLink($"https://127.0.0.1:{server.Port}/", ["root"], "ours", ConnectSeconds: 10,
            AnswerSeconds: 10);
        if (netSafe is null) return link;
        _netSafe = new NetSafeClient(netSafe);
        return link with
        {
            Signing = $"http://127.0.0.1:{_netSafe.SigningPort}/",
            FromBank = Path.Combine(_folder, partner.Id, "from-bank"),
        };

        string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
    }

    /// <summary>The one file that was posted: it stands under its own number, whatever we call it.</summary>
    private SealedMessage? Posted()
    {
        var bank = new FolderTransport(_fromBank, _toBank);
        return bank.List() is [var name] && bank.Take(name) is { } file ? file with { Signature = null } : null;
    }

    private PacketLink Packet(string reference)
    {
        var words = _profile.Transport.Answer;
        var question = words?.Query is { } query
            ? Encoding.UTF8.GetBytes(query.Replace("{reference}", reference, StringComparison.Ordinal)) : null;
        var turn = new Lock();
        var server = new PacketServer(content => $"<ap><{words?.Element}>{Word(content)}</{words?.Element}></ap>");
        _server = server;
        _fromBank = Directory.CreateDirectory(Path.Combine(_folder, "from-bank")).FullName;
        return new PacketLink("127.0.0.1", server.Port, _fromBank);

        string Word(byte[] content)
        {
            lock (turn)
            {
                if (question is not null && content.AsSpan().SequenceEqual(question))
                    return First(_packet is null ? words?.Absent : words?.Accepted);
                _packet ??= content;
                return First(_packet.AsSpan().SequenceEqual(content) ? words?.Accepted : words?.Refused);
            }
        }

        // 9999 is a communication fault with the banks that have packets: it proves nothing.
        static string First(IReadOnlyList<string>? codes) => codes is [var code, ..] ? code : "9999";
    }
}
