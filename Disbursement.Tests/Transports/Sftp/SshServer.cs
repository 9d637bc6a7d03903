using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.BankAdapters.Transports.Sftp;
using Disbursement.Tests.Security;

namespace Disbursement.Tests.Transports.Sftp;

/// <summary>
/// The sandbox's OpenSSH server with an account that a password opens too, and ways to make it fail. nss_wrapper gives
/// it that account, so that nothing of the machine's accounts is touched.
/// </summary>
internal sealed class SshServer : IDisposable
{
    public const string User = "wages";
    public const string Password = "SAMPLE-password";

    private readonly OpenSshServer _server;

    /// <param name="internalSftp">Options of the server's sftp, as <c>-P stat</c> of a drop-box that tells
    /// nothing.</param>
    public SshServer(string internalSftp = "") =>
        _server = new OpenSshServer(Tool("openssl", "passwd", "-6", Password).Trim(), internalSftp, "stranger");

    public string Folder => _server.Folder;

    /// <summary>Where the account lands.</summary>
    public string Files => _server.Files;

    /// <summary>The pin of the server's key.</summary>
    public string HostKey => _server.HostKey;

    public int Port => _server.Port;

    public string ToBank(string name = "") => Path.Combine(Files, "to-bank", name);

    public string FromBank(string name = "") => Path.Combine(Files, "from-bank", name);

    /// <summary>Kills the server and everything it started, with no word to anybody.</summary>
    public void Kill()
    {
        var children = OutsideTool.Run("pgrep", "-P", $"{_server.Id}").Output;
        foreach (var child in children.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            OutsideTool.Run("pkill", "-KILL", "-P", child);
            OutsideTool.Run("kill", "-KILL", child);
        }
        OutsideTool.Run("kill", "-KILL", $"{_server.Id}");
    }

    /// <summary>Makes the two folders of a bank's exchange, and says how they are reached.</summary>
    public SftpLink Serves(string profile)
    {
        foreach (var way in new[] { "to-bank", "from-bank" })
            Directory.CreateDirectory(Path.Combine(Files, profile, way));
        HandOver();
        return new SftpLink("127.0.0.1", User, [HostKey], Port, Key: "ours", ToBank: $"{profile}/to-bank",
            FromBank: $"{profile}/from-bank", ConnectSeconds: 10, AnswerSeconds: 10);
    }

    /// <summary>Gives what the test wrote as root to the account.</summary>
    public void HandOver() => _server.HandOver();

    public void Dispose()
    {
        Kill();
        _server.Dispose();
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string Tool(string program, params string[] arguments) => OpenSshServer.Tool(program, arguments);
}
