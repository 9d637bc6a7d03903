using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Disbursement.BankAdapters.Transports.Sftp;
using Disbursement.Tests.Security;

namespace Disbursement.Tests.Transports.Sftp;

/// <summary>
/// A real OpenSSH server on loopback, run by a user without rights. nss_wrapper gives it an account of its own with a
/// password, so that nothing of the machine's accounts is touched.
/// </summary>
internal sealed class SshServer : IDisposable
{
    public const string User = "wages";
    public const string Password = "SAMPLE-password";

    // Ends the server when our end of its input closes: also when this process dies in any way.
    private const string Keeper = """
        trap '' INT HUP
        LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_SHADOW="$dir/shadow" \
            NSS_WRAPPER_GROUP="$dir/group" /usr/sbin/sshd -D -e -f "$dir/config" </dev/null >"$dir/log" 2>&1 &
        server=$!
        echo $server
        read -r end
        kill -KILL $server 2>/dev/null || true
        """;

    private readonly Process _keeper;

    /// <param name="internalSftp">Options of the server's sftp, as <c>-P stat</c> of a drop-box that tells
    /// nothing.</param>
    public SshServer(string internalSftp = "")
    {
        Folder = Directory.CreateTempSubdirectory("sshd-").FullName;
        Files = Directory.CreateDirectory(Path.Combine(Folder, "files")).FullName;
        foreach (var name in new[] { "to-bank", "from-bank" }) Directory.CreateDirectory(Path.Combine(Files, name));
        foreach (var name in new[] { "host", "ours", "stranger" })
            Tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "SAMPLE", "-f", Path.Combine(Folder, name));
        HostKey = Tool("ssh-keygen", "-lf", Path.Combine(Folder, "host.pub")).Split(' ')[1];
        Port = FreePort();
        WriteSettings(internalSftp);
        if (IsRoot) Tool("chown", "-R", "65534:65534", Folder);
        if (IsRoot) Tool("chmod", "755", Folder);
        _keeper = Start();
    }

    public string Folder { get; }

    /// <summary>Where the account lands.</summary>
    public string Files { get; }

    /// <summary>The pin of the server's key.</summary>
    public string HostKey { get; }

    public int Port { get; }

    private static bool IsRoot => Environment.UserName == "root";

    private int Id { get; set; }

    public string ToBank(string name = "") => Path.Combine(Files, "to-bank", name);

    public string FromBank(string name = "") => Path.Combine(Files, "from-bank", name);

    /// <summary>Kills the server and everything it started, with no word to anybody.</summary>
    public void Kill()
    {
        var children = OutsideTool.Run("pgrep", "-P", $"{Id}").Output;
        foreach (var child in children.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            OutsideTool.Run("pkill", "-KILL", "-P", child);
            OutsideTool.Run("kill", "-KILL", child);
        }
        OutsideTool.Run("kill", "-KILL", $"{Id}");
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
    public void HandOver()
    {
        if (IsRoot) Tool("chown", "-R", "65534:65534", Files);
    }

    public void Dispose()
    {
        Kill();
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string Tool(string program, params string[] arguments)
    {
        var (code, output) = OutsideTool.Run(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program}: {output}");
    }

    private void WriteSettings(string internalSftp)
    {
        var (user, group) = IsRoot ? ("65534", "65534") : (Tool("id", "-u").Trim(), Tool("id", "-g").Trim());
        var hash = Tool("openssl", "passwd", "-6", Password).Trim();
        Write("passwd", $"{User}:x:{user}:{group}:SAMPLE:{Files}:/bin/sh\nsshd:x:100:65534::/run/sshd:/bin/false\n");
        Write("shadow", $"{User}:{hash}:19000:0:99999:7:::\n");
        Write("group", $"nogroup:x:{group}:\n");
        Write("config", $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Path.Combine(Folder, "host")}
            AuthorizedKeysFile {Path.Combine(Folder, "ours.pub")}
            PidFile none
            UsePAM no
            StrictModes no
            KbdInteractiveAuthentication no
            MaxStartups 100
            Subsystem sftp internal-sftp -d {Files} {internalSftp}

            """);

        void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
    }

    private Process Start()
    {
        var start = IsRoot
            ? new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", Keeper])
            : new ProcessStartInfo("sh", ["-c", Keeper]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = Path.GetTempPath();
        start.Environment["dir"] = Folder;
        var keeper = Process.Start(start)!;
        Id = int.Parse(keeper.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (Answers()) return keeper;
            Thread.Sleep(50);
        }
        throw new InvalidOperationException($"sshd: {File.ReadAllText(Path.Combine(Folder, "log"))}");
    }

    private bool Answers()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, Port);
            return probe.GetStream().ReadByte() == 'S'; // SSH-2.0-…
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
