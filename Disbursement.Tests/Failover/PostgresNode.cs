using System.Diagnostics;
using System.Globalization;
using Dapper;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Tests.Security;
using Disbursement.Tests.Storage;
using Npgsql;
using Xunit;

namespace Disbursement.Tests.Failover;

/// <summary>
/// A PostgreSQL server of a pair: started, stopped, struck. It waits for its standby; it does not wait for its disk,
/// since no machine loses its power here.
/// </summary>
internal sealed class PostgresNode(string folder, string name) : IDisposable
{
    // As in PostgresServer: the shell waits for the end of its input, which comes also when this process dies.
    private const string Keeper = """
        trap '' INT HUP
        "$bin/postgres" -D "$dir" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c wal_retrieve_retry_interval=100ms </dev/null >>"$dir.log" 2>&1 &
        server=$!
        until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
            kill -0 $server 2>/dev/null || { tail -5 "$dir.log"; exit 1; }
            sleep 0.05
        done
        echo $server
        read -r end
        kill -QUIT $server 2>/dev/null
        wait $server
        """;

    private static readonly string s_programs = PostgresServer.Find();
    private Process? _keeper;
    private int _server;

    public int Port { get; } = LoopbackPort.Free();
    public string Data { get; } = Path.Combine(folder, name);

    /// <summary>The owner's way to a database of this server alone.</summary>
    public string Connection(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false;Include Error Detail=true";

    public void Make() => Program("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync");

    /// <summary>Starts the server, and waits until it answers.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("env", [.. AsServer, "sh", "-c", Keeper])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["dir"] = Data;
        start.Environment["bin"] = s_programs;
        start.Environment["port"] = $"{Port}";
        _keeper = Process.Start(start)!;
        var said = _keeper.StandardOutput.ReadLine();
        if (!int.TryParse(said, CultureInfo.InvariantCulture, out _server))
            throw new InvalidOperationException(said + _keeper.StandardOutput.ReadToEnd());
    }

    /// <param name="mode">smart, fast or immediate.</param>
    public void Stop(string mode)
    {
        Program("pg_ctl", "-D", Data, "-m", mode, "-w", "stop");
        End();
    }

    /// <summary>The machine is gone: none of its processes says another word.</summary>
    public void Kill()
    {
        OutsideTool.Run("sh", "-c", $"kill -9 {_server} $(pgrep -P {_server})");
        End();
    }

    public List<T> Ask<T>(string sql, string database = "postgres")
    {
        using var owner = new NpgsqlConnection(Connection(database));
        return owner.Query<T>(sql).AsList();
    }

    /// <summary>A block of the runbook, as it stands there.</summary>
    public string RunBlock(string block, PostgresNode other)
    {
        var (code, said) = OutsideTool.Run("env", ["-C", folder, $"PATH={s_programs}:/usr/bin:/bin", $"DATA={Data}",
            "HOST=127.0.0.1", $"PORT={Port}", "OTHER_HOST=127.0.0.1", $"OTHER_PORT={other.Port}", "PGUSER=postgres",
            .. AsServer, "sh", "-euc", block]);
        Assert.True(code == 0, said);
        return said;
    }

    public void Dispose() => End();

    // PostgreSQL refuses to run as root.
    private static string[] AsServer => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private static void Program(string program, params string[] words)
    {
        var (code, said) = OutsideTool.Run("env",
            ["-C", "/tmp", .. AsServer, Path.Combine(s_programs, program), .. words]);
        Assert.True(code == 0, said);
    }

    private void End()
    {
        if (_keeper is null) return;
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
        _keeper = null;
    }
}
