using System.Text.Json;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.Host.Demo;

namespace Disbursement.Host.Kills;

/// <summary>The file of links by which the demo's banks are reached on one OpenSSH server.</summary>
internal static class SftpLinks
{
    private const string Key = "sftp-ours";

    /// <param name="path">The file of links.</param>
    /// <param name="keys">Folder of the keys: the customer's key of the server is put there.</param>
    /// <param name="port">The server's own, or that of a line before it.</param>
    public static void Write(string path, string keys, OpenSshServer bank, int port)
    {
        var key = Path.Combine(keys, Key + ".key.pem");
        // Not again: a program that is at work may be reading it.
        if (!File.Exists(key)) File.Copy(Path.Combine(bank.KeyFolder, "ours.key.pem"), key);
        File.WriteAllText(path, JsonSerializer.Serialize(DemoWorld.Profiles.ToDictionary(p => p, profile => new
        {
            sftp = new
            {
                host = "127.0.0.1",
                port,
                user = bank.User,
                hostKeys = new[] { bank.HostKey },
                key = Key,
                toBank = $"{profile}/to-bank",
                fromBank = $"{profile}/from-bank",
            },
        })));
    }
}
