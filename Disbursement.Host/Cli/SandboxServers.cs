using System.CommandLine;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Https;
using Disbursement.BankAdapters.Sandbox.Packets;

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

    /// <exception cref="IOException">A key that is asked for is not there.</exception>
    public static SandboxServers Start(ParseResult parse, Exchange exchange, string keys)
    {
        var servers = new SandboxServers();
        if (parse.GetValue(Https))
        {
            var https = new HttpsServer(exchange, Read("https-bank.pem"), Read("https-bank.key.pem"),
                Read("https-ours.pem"));
            servers._running.Add(https);
            Console.Out.WriteLine($"https 127.0.0.1:{https.Port}");
        }
        if (parse.GetValue(Packets))
        {
            var packets = new PacketServer(exchange, ".xml");
            servers._running.Add(packets);
            Console.Out.WriteLine($"packets 127.0.0.1:{packets.Port}");
        }
        return servers;

        string Read(string name) => File.ReadAllText(Path.Combine(keys, name));
    }

    public void Dispose()
    {
        foreach (var server in _running) server.Dispose();
    }
}
