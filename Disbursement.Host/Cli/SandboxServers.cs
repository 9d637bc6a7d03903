using System.CommandLine;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Https;
using Disbursement.BankAdapters.Sandbox.Packets;
using Disbursement.BankAdapters.Sandbox.Sftp;

namespace Disbursement.Host.Cli;

/// <summary>The servers a sandbox bank runs beside its folders, on loopback and on ports the kernel gives; each says
/// its own on standard output.</summary>
internal sealed class SandboxServers : IDisposable
{
    private readonly List<IDisposable> _running = [];

    public static Option<bool> Https { get; } = new("--https")
    {
        Description = "同时以 HTTPS 提供 / serve the folders over HTTPS too, by https-bank[.key].pem and "
            + "https-ours.pem of --keys",
    };

    public static Option<bool> Packets { get; } = new("--packets")
    {
        Description = "同时作为前置机收发报文 / take packets as a front-end machine too",
    };

    public static Option<int?> Sftp { get; } = new("--sftp")
    {
        Description = "本机 OpenSSH 服务器的端口: 站在其前, 使线路可断 / port of an OpenSSH server of this machine with these folders: "
            + "stands before it, so that the line can break",
    };

    /// <param name="strikes">Whether the upload of a file meets with a behaviour.</param>
    /// <exception cref="IOException">A key that is asked for is not there.</exception>
    public static SandboxServers Start(ParseResult parse, Partner partner, Exchange exchange, string keys,
        Func<Behaviour, string, bool> strikes)
    {
        var servers = new SandboxServers();
        if (parse.GetValue(Https))
        {
            var netSafe = partner.TakesPosts ? new NetSafeKey(SealKind.Sm2Attached,
                Read($"ours-{partner.Id}.key.pem"), Read($"ours-{partner.Id}.pem")) : null;
            var https = new HttpsServer(exchange, Read("https-bank.pem"), Read("https-bank.key.pem"),
                Read("https-ours.pem"), strikes, netSafe);
            servers._running.Add(https);
            Console.Out.WriteLine($"https 127.0.0.1:{https.Port}");
            if (netSafe is not null)
            {
                var client = new NetSafeClient(netSafe, exchange, strikes);
                servers._running.Add(client);
                Console.Out.WriteLine($"signing 127.0.0.1:{client.SigningPort}");
                Console.Out.WriteLine($"carrying 127.0.0.1:{client.CarryingPort}");
            }
        }
        if (parse.GetValue(Packets))
        {
            var packets = new PacketServer(exchange, ".xml", strikes);
            servers._running.Add(packets);
            Console.Out.WriteLine($"packets 127.0.0.1:{packets.Port}");
        }
        if (parse.GetValue(Sftp) is { } port)
        {
            var line = new UploadLine(exchange, port, strikes);
            servers._running.Add(line);
            Console.Out.WriteLine($"sftp 127.0.0.1:{line.Port}");
        }
        return servers;

        string Read(string name) => File.ReadAllText(Path.Combine(keys, name));
    }

    public void Dispose()
    {
        foreach (var server in _running) server.Dispose();
    }
}
