using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Sftp;

namespace Disbursement.Tests.Transports.Sftp;

/// <summary>Links to the test's own server, with the keys that stand in its folder.</summary>
internal static class SftpTo
{
    public static SftpTransport Server(SshServer server, Func<SftpLink, SftpLink>? change = null)
    {
        var link = new SftpLink("127.0.0.1", SshServer.User, [server.HostKey], server.Port, Key: "ours",
            ConnectSeconds: 10, AnswerSeconds: 10);
        return By(server, change is null ? link : change(link));
    }

    public static SftpTransport By(SshServer server, SftpLink link) =>
        new(link, new Ring(server.Folder), new Secrets());

    private sealed class Ring(string folder) : IKeyRing
    {
        public string? PrivateKeyPem(string name) => name == "broken" ? "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END "
            : File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : null;

        public string? CertificatePem(string name) => null;
    }

    private sealed class Secrets : ISecrets
    {
        public string? Secret(string reference) => reference switch
        {
            "file:password" => SshServer.Password,
            "file:wrong-password" => "another",
            _ => null,
        };
    }
}
