using System.Diagnostics;
using System.Globalization;
using Disbursement.BankAdapters.Sandbox;
using Npgsql;

namespace Disbursement.Host.Bench;

/// <summary>A PostgreSQL server of the bench's own: loopback, a free port, a folder that goes with it, default durability.</summary>
internal sealed class PrivatePostgres : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-postgres").FullName;
    private readonly string _programs;
    private readonly int _port = LoopbackPort.Free();
    private Process _server;

    public PrivatePostgres()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault()
            : null;
        _programs = programs ?? throw Cli.Usage.NoPostgres;
        if (AsRoot) Wait(Process.Start("chown", ["postgres", _folder]));
        Wait(Start(Path.Combine(_programs, "initdb"), "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"));
        _server = Run();
        Await();
    }

    /// <summary>Ends every process of the server at once, as a power cut would, and starts it again.</summary>
    public void Crash()
    {
        Wait(Process.Start("kill", ["-QUIT", _server.Id.ToString(CultureInfo.InvariantCulture)]));
        _server.WaitForExit();
        _server.Dispose();
        NpgsqlConnection.ClearAllPools();
        _server = Run();
        Await();
    }

    private string Data => Path.Combine(_folder, "data");

    // PostgreSQL refuses to run as root.
    private static bool AsRoot => Environment.UserName == "root";

    public string Database(string name)
    {
        using var connection = new NpgsqlConnection(Connection("postgres"));
        connection.Open();
        using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return "postgres:" + Connection(name);
    }

    /// <summary>Writes what a database holds into a file, to be looked at when the server is gone.</summary>
    public void Dump(string name, string path)
    {
        var dump = Process.Start(Path.Combine(_programs, "pg_dump"), ["-h", "127.0.0.1", "-U", "postgres",
            "-p", _port.ToString(CultureInfo.InvariantCulture), "-f", path, name]);
        Wait(dump);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (!_server.HasExited) Wait(Process.Start("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]));
        _server.WaitForExit(10_000);
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Run() =>
        Start(Path.Combine(_programs, "postgres"), "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "shared_buffers=512MB",
            "-c", "max_wal_size=4GB");

    // A minute: after a crash, on a busy machine, it has its log to go through first.
    private void Await()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = new NpgsqlConnection(Connection("postgres"));
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (attempt < 600)
            {
                Thread.Sleep(100);
            }
        }
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    private Process Start(string program, params string[] arguments)
    {
        string[] user = AsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig", "TERM"] : [];
        string[] words = [.. user, program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Wait(Process process)
    {
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}");
    }
}
