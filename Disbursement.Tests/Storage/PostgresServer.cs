using System.Diagnostics;
using Disbursement.BankAdapters.Sandbox;
using Xunit;

[assembly: AssemblyFixture(typeof(Disbursement.Tests.Storage.PostgresServer.Ending))]

namespace Disbursement.Tests.Storage;

/// <summary>One private PostgreSQL server for the whole run, started when the first test asks for it.</summary>
internal sealed class PostgresServer
{
    // The shell holds the server and waits for the end of its own input: that comes when we close it, and also when this
    // process dies in any way. PostgreSQL refuses to run as root, hence the other user.
    private const string Keeper = """
        trap '' INT HUP
        mkdir -m 700 "$dir" && "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
            >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log"; exit 1; }
        "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 \
            </dev/null >"$dir/server.log" 2>&1 &
        server=$!
        until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
            kill -0 $server 2>/dev/null || { cat "$dir/server.log"; rm -rf "$dir"; exit 1; }
            sleep 0.05
        done
        echo ready
        read -r end
        kill -INT $server
        wait $server
        rm -rf "$dir"
        """;

    private static readonly Lazy<PostgresServer> Started = new(() => new PostgresServer());
    private readonly Process _keeper;

    private PostgresServer()
    {
        Port = LoopbackPort.Free();
        Binaries = Find();
        var folder = Path.Combine(Path.GetTempPath(), $"disburse-postgres-{Environment.ProcessId}-{Port}");
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("setpriv",
                ["--reuid=postgres", "--regid=postgres", "--init-groups", "sh", "-c", Keeper])
            : new ProcessStartInfo("sh", ["-c", Keeper]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = Path.GetTempPath();
        start.Environment["dir"] = folder;
        start.Environment["bin"] = Binaries;
        start.Environment["port"] = $"{Port}";
        _keeper = Process.Start(start)!;
        var said = _keeper.StandardOutput.ReadLine();
        if (said != "ready")
            throw new InvalidOperationException($"PostgreSQL: {said}\n{_keeper.StandardOutput.ReadToEnd()}");
    }

    public static PostgresServer Running => Started.Value;

    public int Port { get; }

    /// <summary>The folder of psql and the server's other programs.</summary>
    public string Binaries { get; }

    /// <summary>How a user reaches a database of this server.</summary>
    public string Connection(string database, string user) =>
        $"Host=127.0.0.1;Port={Port};Username={user};Database={database};Include Error Detail=true;"
        + "Maximum Pool Size=10;Connection Idle Lifetime=10;Connection Pruning Interval=5";

    private void Stop()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    /// <summary>The folder of the server's programs.</summary>
    internal static string Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
    }

    /// <summary>Stops the server when the last test is done.</summary>
    public sealed class Ending : IDisposable
    {
        public void Dispose()
        {
            if (Started.IsValueCreated) Started.Value.Stop();
        }
    }
}
