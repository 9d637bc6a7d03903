using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Disbursement.BankAdapters.Sandbox.Sftp;

/// <summary>
/// The machine's own OpenSSH server on loopback with the two folders of one bank, run by a user without rights: what a
/// bank's drop-box most often is. Where nss_wrapper is installed it has an account of its own, so that nothing of the
/// machine's accounts is touched or asked; else the account is the user's. Everything stands in one folder, gone with
/// it.
/// </summary>
public sealed class OpenSshServer : IDisposable
{
    // Ends the server when our end of its input closes: also when this process dies in any way.
    private const string Keeper = """
        trap '' INT HUP
        LD_PRELOAD="$wrapper" NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_SHADOW="$dir/shadow" \
            NSS_WRAPPER_GROUP="$dir/group" "$sshd" -D -e -f "$dir/config" </dev/null >"$dir/log" 2>&1 &
        server=$!
        echo $server
        read -r end
        kill -KILL $server 2>/dev/null || true
        """;

    private static readonly string[] s_places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"];
    private readonly string _folder = Directory.CreateTempSubdirectory("sftp-bank-").FullName;
    private readonly Process _keeper;

    /// <exception cref="IOException">There is no OpenSSH server on this machine, or it does not start.</exception>
    public OpenSshServer() : this(passwordHash: "", sftpOptions: "")
    {
    }

    /// <param name="passwordHash">As /etc/shadow has it; empty where no password opens the account.</param>
    /// <param name="sftpOptions">Of the server's sftp, as <c>-P stat</c> of a drop-box that tells nothing.</param>
    /// <param name="strangers">Keys to be made that do not open the account.</param>
    internal OpenSshServer(string passwordHash, string sftpOptions, params IReadOnlyList<string> strangers)
    {
        try
        {
            Program = s_places.FirstOrDefault(File.Exists)
                ?? throw new IOException("no OpenSSH server (sshd) on this machine");
            Wrapper = FindWrapper();
            // As root the server would need rights and an account of the machine's.
            if (IsRoot && Wrapper.Length == 0)
                throw new IOException("run it as a user other than root, or install libnss-wrapper");
            foreach (var name in (IEnumerable<string>)["host", "ours", .. strangers])
                Tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "SAMPLE", "-f", Path.Combine(_folder, name));
            HostKey = Tool("ssh-keygen", "-lf", Path.Combine(_folder, "host.pub")).Split(' ')[1];
            File.Copy(Path.Combine(_folder, "ours"), Path.Combine(KeyFolder, "ours.key.pem"));
            Port = LoopbackPort.Free();
            WriteSettings(passwordHash, sftpOptions);
            if (IsRoot) Tool("chown", "-R", "65534:65534", _folder);
            _keeper = Start();
            Id = int.Parse(_keeper.StandardOutput.ReadLine() ?? "0", CultureInfo.InvariantCulture);
            Await();
        }
        catch (Exception fault) when (fault is IOException or Win32Exception)
        {
            Dispose();
            throw new IOException(fault.Message, fault);
        }
    }

    /// <summary>The account's name.</summary>
    public string User => Wrapper.Length > 0 ? "wages" : Environment.UserName;

    /// <summary>The pin of the server's key.</summary>
    public string HostKey { get; }

    public int Port { get; }

    /// <summary>Folder with the customer's key, <c>ours.key.pem</c>.</summary>
    public string KeyFolder => Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;

    /// <summary>Where the customer writes; <c>to-bank</c> for the account.</summary>
    public string ToBank => Directory.CreateDirectory(Path.Combine(_folder, "files", "to-bank")).FullName;

    /// <summary>Where the bank writes; <c>from-bank</c> for the account.</summary>
    public string FromBank => Directory.CreateDirectory(Path.Combine(_folder, "files", "from-bank")).FullName;

    /// <summary>Makes the folders of several banks on this one server, <c>BANK/to-bank</c> and <c>BANK/from-bank</c>.
    /// </summary>
    /// <returns>Where they all stand.</returns>
    public string Share(IEnumerable<string> banks)
    {
        foreach (var bank in banks)
            foreach (var way in new[] { "to-bank", "from-bank" })
                Directory.CreateDirectory(Path.Combine(Files, bank, way));
        HandOver();
        return Files;
    }

    /// <summary>How often the account was opened with its key.</summary>
    public int Sessions()
    {
        // The server still writes into it.
        using var log = new StreamReader(new FileStream(Path.Combine(_folder, "log"), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite));
        return log.ReadToEnd().Split("Accepted ").Length - 1;
    }

    /// <summary>Everything of the server: its keys, its log, and the account's files.</summary>
    internal string Folder => _folder;

    /// <summary>Where the account lands.</summary>
    internal string Files => Path.Combine(_folder, "files");

    /// <summary>The server's process.</summary>
    internal int Id { get; }

    private static bool IsRoot => Environment.UserName == "root";

    private string Program { get; }

    /// <summary>Path of nss_wrapper's library; empty where it is not installed.</summary>
    private string Wrapper { get; }

    public void Dispose()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            _keeper.WaitForExit();
            _keeper.Dispose();
        }
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes the two folders of a bank's exchange, <c>ID/to-bank</c> and <c>ID/from-bank</c> for the
    /// account.</summary>
    /// <returns>The folder they stand in, on this machine.</returns>
    public string Serve(string id)
    {
        foreach (var way in new[] { "to-bank", "from-bank" }) Directory.CreateDirectory(Path.Combine(Files, id, way));
        HandOver();
        return Files;
    }

    /// <summary>Gives the account what another user wrote among its files.</summary>
    internal void HandOver()
    {
        if (IsRoot) Tool("chown", "-R", "65534:65534", Files);
    }

    private void WriteSettings(string passwordHash, string sftpOptions)
    {
        foreach (var folder in new[] { ToBank, FromBank }) Directory.CreateDirectory(folder);
        if (Wrapper.Length > 0)
        {
            var (user, group) = IsRoot ? ("65534", "65534") : (Tool("id", "-u").Trim(), Tool("id", "-g").Trim());
            Write("passwd", $"{User}:x:{user}:{group}:SAMPLE:{Files}:/bin/sh\nsshd:x:100:{group}::/:/bin/false\n");
            // Of no password is this the hash; one that begins with ! would lock the account.
            var hash = passwordHash.Length > 0 ? passwordHash : "$6$SAMPLE$";
            Write("shadow", $"{User}:{hash}:19000:0:99999:7:::\n");
            Write("group", $"nogroup:x:{group}:\n");
        }
        Write("config", $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Path.Combine(_folder, "host")}
            AuthorizedKeysFile {Path.Combine(_folder, "ours.pub")}
            PidFile none
            UsePAM no
            StrictModes no
            KbdInteractiveAuthentication no
            PasswordAuthentication {(passwordHash.Length > 0 ? "yes" : "no")}
            MaxStartups 100
            Subsystem sftp internal-sftp -d {Files} {sftpOptions}

            """);

        void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
    }

    private static string FindWrapper() => new[] { "/usr/lib", "/usr/lib64", "/usr/local/lib" }
        .Where(Directory.Exists)
        .SelectMany(place => Directory.GetDirectories(place, "*-linux-*").Prepend(place))
        .Select(place => Path.Combine(place, "libnss_wrapper.so"))
        .FirstOrDefault(File.Exists) ?? "";

    private Process Start()
    {
        var start = IsRoot
            ? new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", Keeper])
            : new ProcessStartInfo("sh", ["-c", Keeper]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = Path.GetTempPath();
        start.Environment["dir"] = _folder;
        start.Environment["sshd"] = Program;
        start.Environment["wrapper"] = Wrapper;
        return Process.Start(start)!;
    }

    private void Await()
    {
        for (var attempt = 0; attempt < 200 && !_keeper.HasExited; attempt++)
        {
            if (Answers()) return;
            Thread.Sleep(50);
        }
        throw new IOException($"the OpenSSH server does not start: {File.ReadAllText(Path.Combine(_folder, "log"))}");
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

    /// <summary>Runs a program that must succeed; what it said.</summary>
    internal static string Tool(string program, params IReadOnlyList<string> arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = tool.StandardError.ReadToEndAsync();
        var output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        return tool.ExitCode == 0 ? output : throw new IOException(
            string.Create(CultureInfo.InvariantCulture, $"{program} ended with {tool.ExitCode}: {errors.Result}"));
    }
}
