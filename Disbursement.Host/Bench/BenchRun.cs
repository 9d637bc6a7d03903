using System.Diagnostics;
using Disbursement.Engine.Audit;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>One engine's figures. Seconds are wall time; the peak is the process's at the end of the job.</summary>
public sealed record BenchFigures(string Engine, int Lines, int PayrollSize, double FloorSeconds, double FloorBareSeconds,
    double JobSeconds, double Ratio, double LongestLockSeconds, double LinesPerSecond, long PeakRssBytes, long Commits,
    IReadOnlyDictionary<string, double> Stages);

/// <summary>Runs the job and both floors on one engine.</summary>
internal sealed class BenchRun(BenchShape shape, Action<string> progress)
{
    public BenchFigures On(string engine, Func<string, Dialect> fresh)
    {
        var folder = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            var store = new LedgerStore(fresh("job"));
            store.Migrate();
            var bench = new BenchWorld(new DemoFolder(folder), store, shape);
            progress($"{engine}: registers");
            bench.Open();
            foreach (var payroll in bench.Payrolls()) bench.Register(payroll);
            bench.Fund(1_000_000L * shape.Lines);
            var before = Leaves(store);
            progress($"{engine}: {shape.Lines} lines");
            var job = new BenchJob(bench);
            job.Run(stage => progress($"{engine}: {stage}"));
            var peak = Process.GetCurrentProcess().PeakWorkingSet64;
            var held = store.LongestHoldSeconds;
            progress($"{engine}: floor");
            var floor = new BenchFloor(store, fresh("floor"), Path.Combine(folder, "floor")).Run(DemoWorld.Ledger, before, laws: true);
            var bare = new BenchFloor(store, fresh("bare"), Path.Combine(folder, "bare")).Run(DemoWorld.Ledger, before, laws: false);
            return new BenchFigures(engine, shape.Lines, shape.PayrollSize, floor, bare, job.Seconds, job.Seconds / floor, held,
                shape.Lines / job.Seconds, peak, Leaves(store) - before, job.Stages);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Leaves(LedgerStore store) => store.Ledgers().First(l => l.Ledger == DemoWorld.Ledger).Leaves;
}
