using System.Diagnostics;
using System.Globalization;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>
/// One process of bench --ledgers: makes its ledgers' registers, says "ready", waits for a line, runs the whole job of
/// each ledger side by side, and says how many seconds that took.
/// </summary>
internal sealed class BenchWorker(BenchShape shape, Dialect dialect, IReadOnlyList<long> ledgers)
{
    public const string Ready = "ready";

    public void Run(TextReader orders, TextWriter told)
    {
        var root = Directory.CreateTempSubdirectory("bench-worker").FullName;
        try
        {
            var worlds = ledgers.Select(l => Made(l, Path.Combine(root, $"{l}"))).ToList();
            told.WriteLine(Ready);
            told.Flush();
            if (orders.ReadLine() is null) return; // The bench is gone.
            var began = Stopwatch.GetTimestamp();
            Task.WaitAll([.. worlds.Select(w => Task.Factory.StartNew(
                () => new BenchJob(w).Run(_ => { }), TaskCreationOptions.LongRunning))]);
            told.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private BenchWorld Made(long ledger, string folder)
    {
        var bench = new BenchWorld(new DemoFolder(folder), new LedgerStore(dialect), shape, ledger);
        bench.Open();
        foreach (var payroll in bench.Payrolls()) bench.Register(payroll);
        bench.Fund(1_000_000L * shape.Lines);
        return bench;
    }
}
