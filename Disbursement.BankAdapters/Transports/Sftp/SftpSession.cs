using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Disbursement.BankAdapters.Transports.Sftp;

/// <summary>What stands under a name at the server, as far as we may see.</summary>
internal enum Standing { Absent, Same, Other, Unseen }

/// <summary>One logged-in session. Every call may throw the classes of <see cref="SftpFaults"/>.</summary>
internal sealed class SftpSession : IDisposable
{
    private readonly SftpClient _client;
    private readonly SftpLink _link;

    private SftpSession(SftpClient client, SftpLink link) => (_client, _link) = (client, link);

    /// <summary>Connects, checks the server's key against the pins, logs in.</summary>
    /// <exception cref="SshPassPhraseNullOrEmptyException">A key or password of the link is not there.</exception>
    public static SftpSession Open(SftpLink link, IKeyRing keys, ISecrets secrets)
    {
        var connection = new ConnectionInfo(link.Host, link.Port, link.User, Methods(link, keys, secrets))
        {
            Timeout = TimeSpan.FromSeconds(link.ConnectSeconds),
            RetryAttempts = 1,
        };
        var client = new SftpClient(connection) { OperationTimeout = TimeSpan.FromSeconds(link.AnswerSeconds) };
        client.HostKeyReceived += (_, offered) =>
            offered.CanTrust = link.HostKeys.Contains($"SHA256:{offered.FingerPrintSHA256}", StringComparer.Ordinal);
        var connected = false;
        try
        {
            client.Connect();
            connected = true;
            return new SftpSession(client, link);
        }
        finally
        {
            if (!connected) client.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Writes the bytes under a name readers pass over; what an earlier try left there is written
    /// over.</summary>
    public void Upload(string path, ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        _client.UploadFile(stream, path, canOverride: true);
    }

    /// <summary>SSH_FXP_RENAME as version 3 has it: it fails where something stands, it does not overwrite.</summary>
    public void Rename(string from, string to) => _client.RenameFile(from, to, isPosix: false);

    /// <summary>Size in bytes; −1 where the server refuses to say, as a drop-box may. Null: nothing is there.</summary>
    public long? Size(string path)
    {
        try
        {
            return _client.GetAttributes(path).Size;
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
        catch (SftpException refused) when (SftpFaults.Of(refused) == SftpWord.ServerRefused)
        {
            return -1;
        }
    }

    /// <summary>Compares what stands there with the bytes, where the server lets us read it.</summary>
    public Standing Look(string path, ReadOnlyMemory<byte> bytes)
    {
        switch (Size(path))
        {
            case null: return Standing.Absent;
            case -1: return Standing.Unseen;
            case var size when size != bytes.Length: return Standing.Other;
        }
        try
        {
            return Read(path).AsSpan().SequenceEqual(bytes.Span) ? Standing.Same : Standing.Other;
        }
        catch (SftpPathNotFoundException)
        {
            return Standing.Unseen; // taken away between two questions: it did stand there
        }
        catch (SftpException refused) when (SftpFaults.Of(refused) == SftpWord.ServerRefused)
        {
            return Standing.Unseen;
        }
    }

    /// <summary>The file, or null where there is none. Longer than the link's bound: a fault, and nothing is
    /// kept.</summary>
    public byte[]? Find(string path)
    {
        try
        {
            if (_client.GetAttributes(path).Size > _link.MaxBytes) throw TooLong(path);
            return Read(path);
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Regular files of a folder; null where there is no such folder.</summary>
    public IReadOnlyList<ISftpFile>? Files(string folder)
    {
        try
        {
            return [.. _client.ListDirectory(folder).Where(file => file.IsRegularFile)];
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    public bool Stands(string path) => _client.Exists(path);

    /// <summary>Creates the folder unless it stands.</summary>
    public void EnsureFolder(string folder)
    {
        if (!_client.Exists(folder)) _client.CreateDirectory(folder);
    }

    /// <summary>An empty file; one that stands is emptied, which an acknowledgement already is.</summary>
    public void Touch(string path) => _client.Create(path).Dispose();

    private byte[] Read(string path)
    {
        // The server's word on the size is not relied on: what comes is counted.
        using var bounded = new BoundedStream(_link.MaxBytes, () => TooLong(path));
        _client.DownloadFile(path, bounded);
        return bounded.ToArray();
    }

    private TransportFaultException TooLong(string path) =>
        new($"{path} is longer than the {_link.MaxBytes} bytes agreed: it was not taken");

    private static AuthenticationMethod[] Methods(SftpLink link, IKeyRing keys, ISecrets secrets)
    {
        var methods = new List<AuthenticationMethod>();
        if (link.Key is { } name)
        {
            var pem = keys.PrivateKeyPem(name)
                ?? throw new SshPassPhraseNullOrEmptyException($"the key ring has no private key '{name}'");
            var passphrase = link.Passphrase is { } reference ? Asked(secrets, reference) : null;
            methods.Add(new PrivateKeyAuthenticationMethod(link.User, Parsed(name, pem, passphrase)));
        }
        if (link.Password is { } password)
            methods.Add(new PasswordAuthenticationMethod(link.User, Asked(secrets, password)));
        return methods.Count > 0 ? [.. methods]
            : throw new SshPassPhraseNullOrEmptyException("the link names neither key nor password");
    }

    private static PrivateKeyFile Parsed(string name, string pem, string? passphrase)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(pem));
            return new PrivateKeyFile(stream, passphrase);
        }
        catch (Exception unusable) when (unusable is FormatException or CryptographicException or ArgumentException
            or NotSupportedException or InvalidOperationException)
        {
            throw new SshException($"the private key '{name}' cannot be used: {unusable.GetType().Name}", unusable);
        }
    }

    private static string Asked(ISecrets secrets, string reference) => secrets.Secret(reference)
        ?? throw new SshPassPhraseNullOrEmptyException($"there is no secret '{reference}'");
}
