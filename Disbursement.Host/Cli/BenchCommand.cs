using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Bench;
using Disbursement.Host.Samples;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>bench: the measured bars, with the floor from the same run.</summary>
public static class BenchCommand
{
    public static Command Create()
    {
        var lines = new Option<int>("--lines") { DefaultValueFactory = _ => 100_000, Description = "行数 / lines" };
        var size = new Option<int>("--payroll-size") { DefaultValueFactory = _ => 500, Description = "每张工资表行数 / lines of a payroll" };
        var ledgers = new Option<int?>("--ledgers") { Description = "几个账本分在两个进程 / so many ledgers on two processes" };
        var beside = new Option<bool>("--receive-beside")
        {
            Description = "导入时另有银行报文到达 / bank messages come in while sheets are imported",
        };
        var only = new Option<bool>("--job-only") { Description = "不测下限 / leave the floors out" };
        var cold = new Option<bool>("--cold")
        {
            Description = "不预热: 进程的第一张工资表 / no warm-up: the first payroll of a process",
        };
        var worker = new Option<string?>("--worker") { Hidden = true };
        var bench = new Command("bench", "实测 / measures the whole job against its floor")
        {
            lines, size, ledgers, beside, only, cold, worker, BenchCodecsCommand.Create(),
            BenchLogCommand.Create(), BenchFeedCommand.Create(),
        };
        bench.SetAction(parse =>
        {
            var output = Output.Of(parse);
            // 1 % rejected, 0.2 % late returns: an ordinary month.
            var shape = new BenchShape(parse.GetValue(lines), parse.GetValue(size), ClosedPerMille: 10, LateReturnPerMille: 2);
            if (shape.Lines < 1 || shape.PayrollSize is < 1 or > 50_000)
                throw Usage.BenchShape;
            var named = parse.GetResult(GlobalOptions.Database) is { Implicit: false } ? parse.GetValue(GlobalOptions.Database)! : null;
            if (parse.GetValue(worker) is { } share)
            {
                new BenchWorker(shape, Dialect.Parse(named!),
                    [.. share.Split(',').Select(l => long.Parse(l, CultureInfo.InvariantCulture))])
                    .Run(Console.In, Console.Out);
                return ExitStatus.Done;
            }
            if (parse.GetValue(ledgers) is { } several) return Ledgers(output, shape, several, named);
            var run = new BenchRun(shape, Console.Error.WriteLine, parse.GetValue(beside), parse.GetValue(only));
            // Warm: one small month before the one that counts, in the same process.
            BenchRun? warm = new BenchRun(shape with { Lines = Math.Min(shape.Lines, 1500), PayrollSize = Math.Min(shape.PayrollSize, 500) }, _ => { });
            if (parse.GetValue(cold)) warm = null;
            var runs = new List<BenchFigures>();
            if (named is null || named.StartsWith("sqlite:", StringComparison.Ordinal))
            {
                if (warm is not null) OnSqlite(warm);
                runs.Add(OnSqlite(run));
            }
            if (named is null) runs.Add(OnPrivatePostgres(warm, run));
            else if (named.StartsWith("postgres:", StringComparison.Ordinal))
            {
                warm?.On("postgres", name => Beside(named, "warm_" + name));
                runs.Add(run.On("postgres", name => Beside(named, name)));
            }
            Print(output, runs);
            return ExitStatus.Done;
        });
        return bench;
    }

    private static BenchFigures OnSqlite(BenchRun run)
    {
        var folder = Directory.CreateTempSubdirectory("bench-sqlite").FullName;
        try
        {
            return run.On("sqlite", name => new SqliteDialect(Path.Combine(folder, name + ".db")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchFigures OnPrivatePostgres(BenchRun? warm, BenchRun run)
    {
        using var server = new PrivatePostgres();
        warm?.On("postgres", name => Dialect.Parse(server.Database("warm_" + name)));
        return run.On("postgres", name => Dialect.Parse(server.Database(name)));
    }

    /// <summary>On PostgreSQL: SQLite has one file a process writes at a time. Status 1 where an update was lost.</summary>
    private static int Ledgers(Output output, BenchShape shape, int several, string? named)
    {
        if (several < 2 || several > BenchLedgers.Most)
            throw Usage.BenchLedgers(BenchLedgers.Most);
        if (named is not null && !named.StartsWith("postgres:", StringComparison.Ordinal))
            throw Usage.BenchOnPostgres;
        var bench = new BenchLedgers(shape, several, Console.Error.WriteLine);
        using var server = named is null ? new PrivatePostgres() : null;
        var figures = bench.On("postgres", server is not null ? server.Database
            : name => "postgres:" + Beside(named!, name).OwnerConnection);
        foreach (var lost in figures.Lost) Console.Error.WriteLine(lost);
        output.Print(new { runs = new[] { figures } }, string.Create(CultureInfo.InvariantCulture,
            $"{figures.Engine}: 1 × {figures.Lines}: {figures.OneLinesPerSecond:0} lines/s; {figures.Ledgers} × {figures.Lines}"
            + $" on {figures.Processes} processes: {figures.SeveralLinesPerSecond:0} lines/s; ratio {figures.Ratio:0.00}; "
            + $"{figures.Lost.Count} updates lost"));
        return figures.Lost.Count == 0 ? ExitStatus.Done : ExitStatus.FoundWrong;
    }

    /// <summary>Databases of the bench's own on a given server; they are left there, named bench_job, bench_floor, bench_bare.</summary>
    private static PostgresDialect Beside(string named, string name)
    {
        var text = new Npgsql.NpgsqlConnectionStringBuilder(named["postgres:".Length..]);
        using (var connection = new Npgsql.NpgsqlConnection(text.ToString()))
        {
            connection.Open();
            foreach (var sql in new[] { $"DROP DATABASE IF EXISTS bench_{name} WITH (FORCE)", $"CREATE DATABASE bench_{name}" })
            {
                using var command = new Npgsql.NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }
        text.Database = "bench_" + name;
        return new PostgresDialect(text.ToString());
    }

    private static void Print(Output output, IReadOnlyList<BenchFigures> runs)
    {
        if (output.Json)
        {
            output.Print(new { runs }, "");
            return;
        }
        static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        static string Measured(double value) => value > 0 ? Number(value) : "";
        output.Table(runs, ("engine", r => r.Engine), ("lines", r => r.Lines), ("floor s", r => Measured(r.FloorSeconds)),
            ("bare s", r => Measured(r.FloorBareSeconds)), ("job s", r => Number(r.JobSeconds)), ("ratio", r => Measured(r.Ratio)),
            ("lock s", r => Number(r.LongestLockSeconds)), ("lines/s", r => (long)r.LinesPerSecond),
            ("handed over s", r => Number(r.HandedSeconds)), ("cpu", r => r.FloorCpuSeconds > 0 ? Number(r.JobCpuSeconds / r.FloorCpuSeconds) : ""), ("MiB", r => r.PeakRssBytes >> 20));
        foreach (var run in runs.Where(r => r.Received > 0))
            Console.Out.WriteLine($"{run.Engine}: {run.Received} bank messages received beside, the longest in {Number(run.LongestReceiveSeconds)} s");
        foreach (var run in runs)
            Console.Out.WriteLine($"{run.Engine}: " + string.Join(", ", run.Stages.Select(s => $"{s.Key} {Number(s.Value)}")));
    }
}
