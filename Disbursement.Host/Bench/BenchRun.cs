using System.Diagnostics;
using System.Numerics;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>One engine's figures. Seconds are wall time; the peak is the process's at the end of the job.</summary>
public sealed record BenchFigures(string Engine, int Lines, int PayrollSize, double FloorSeconds, double FloorBareSeconds,
    double JobSeconds, double Ratio, double LongestLockSeconds, double LinesPerSecond, long PeakRssBytes, long Commits,
    double JobCpuSeconds, double FloorCpuSeconds, long Received, double LongestReceiveSeconds,
    IReadOnlyDictionary<string, double> Stages)
{
    /// <summary>From import until the files are handed to the banks.</summary>
    public double HandedSeconds => BenchJob.UntilHanded.Sum(Stages.GetValueOrDefault);
}

/// <summary>Runs the job and both floors on one engine.</summary>
/// <param name="beside">Bank messages are received by another writer while sheets are imported.</param>
/// <param name="jobOnly">The floors, which take longer than the job, are left out: their figures are 0.</param>
internal sealed class BenchRun(BenchShape shape, Action<string> progress, bool beside = false, bool jobOnly = false)
{
    public BenchFigures On(string engine, Func<string, Dialect> fresh)
    {
        var folder = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            var dialect = fresh("job");
            var store = new LedgerStore(dialect);
            store.Migrate();
            var bench = new BenchWorld(new DemoFolder(folder), store, shape);
            progress($"{engine}: registers");
            bench.Open();
            using var receiver = beside ? new BenchReceiver(dialect) : null;
            foreach (var payroll in bench.Payrolls())
            {
                bench.Register(payroll);
                // Registers grow over months; by then both engines know their sizes.
            }
            receiver?.Pause();
            bench.Fund(1_000_000L * shape.Lines);
            var before = Leaves(store);
            progress($"{engine}: {shape.Lines} lines");
            receiver?.Go();
            var job = new BenchJob(bench, () => receiver?.Dispose());
            job.Run(stage => progress($"{engine}: {stage}"));
            var peak = Process.GetCurrentProcess().PeakWorkingSet64;
            var held = store.LongestHoldSeconds;
            var figures = new BenchFigures(engine, shape.Lines, shape.PayrollSize, 0, 0, job.Seconds, 0, held,
                shape.Lines / job.Seconds, peak, Leaves(store) - before, job.CpuSeconds, 0,
                receiver?.Received ?? 0, receiver?.LongestSeconds ?? 0, job.Stages);
            if (jobOnly) return figures;
            progress($"{engine}: floor");
            var lawful = new BenchFloor(store, fresh("floor"), Path.Combine(folder, "floor"));
            var floor = lawful.Run(DemoWorld.Guiyang, before, laws: true);
            var bare = new BenchFloor(store, fresh("bare"), Path.Combine(folder, "bare"))
                .Run(DemoWorld.Guiyang, before, laws: false);
            return figures with
            {
                FloorSeconds = floor,
                FloorBareSeconds = bare,
                Ratio = job.Seconds / floor,
                FloorCpuSeconds = lawful.CpuSeconds,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Leaves(LedgerStore store) => store.Ledgers().First(l => l.Ledger == DemoWorld.Guiyang).Leaves;
}
