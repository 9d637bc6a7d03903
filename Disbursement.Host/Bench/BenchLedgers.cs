using System.Diagnostics;
using System.Globalization;
using Dapper;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Cli;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>
/// What several ledgers on two processes come to beside one ledger on one. Seconds are wall time, the banks' own work
/// in them; lines are of each ledger.
/// </summary>
public sealed record LedgersFigures(string Engine, int Ledgers, int Processes, int Lines, double OneSeconds,
    double SeveralSeconds, double OneLinesPerSecond, double SeveralLinesPerSecond, double Ratio,
    IReadOnlyList<string> Lost);

/// <summary>
/// bench --ledgers N: the same job on one ledger in one process, then on N ledgers shared out over two processes on one
/// database. Ledgers have no row in common, so each must end with exactly what the one ledger ended with.
/// </summary>
internal sealed class BenchLedgers(BenchShape shape, int ledgers, Action<string> progress)
{
    private const int Processes = 2;

    public static int Most => Region.Prefectures.Count;

    public LedgersFigures On(string engine, Func<string, string> database)
    {
        var numbers = Region.Prefectures.Take(ledgers)
            .Select(r => long.Parse(r.Code, CultureInfo.InvariantCulture)).ToList();
        var (one, several) = (database("one"), database("several"));
        progress($"{engine}: one ledger, one process, {shape.Lines} lines");
        var oneSeconds = Seconds(one, [[numbers[0]]]);
        progress($"{engine}: {ledgers} ledgers, {Processes} processes, {shape.Lines} lines each");
        var severalSeconds = Seconds(several,
            [.. Enumerable.Range(0, Processes).Select(p => numbers.Where((_, i) => i % Processes == p).ToList())]);
        progress($"{engine}: what each ledger ended with");
        var expected = Ended(one, numbers[0]);
        var lost = numbers.SelectMany(n => Lost(n, expected, Ended(several, n)))
            .Concat(Complete(expected)).Concat(Unverified(one, numbers[0]))
            .Concat(numbers.SelectMany(n => Unverified(several, n))).ToList();
        var (alone, together) = (shape.Lines / oneSeconds, (double)shape.Lines * ledgers / severalSeconds);
        return new LedgersFigures(engine, ledgers, Processes, shape.Lines, oneSeconds, severalSeconds, alone, together,
            together / alone, lost);
    }

    /// <summary>Every process makes its ledgers; then all begin at once, and the slowest tells.</summary>
    private double Seconds(string database, IReadOnlyList<IReadOnlyList<long>> shares)
    {
        new LedgerStore(Dialect.Parse(database)).Migrate();
        var workers = new List<(Process Process, Task<string> Errors)>();
        try
        {
            // One after the other: making the first ledgers is not what is measured.
            foreach (var share in shares.Where(s => s.Count > 0))
            {
                var process = OwnProgram.Start(["bench", "--db", database, "--worker", string.Join(',', share),
                    "--lines", $"{shape.Lines}", "--payroll-size", $"{shape.PayrollSize}"]);
                workers.Add((process, process.StandardError.ReadToEndAsync()));
                if (process.StandardOutput.ReadLine() != BenchWorker.Ready) throw Ended(workers[^1]);
            }
            foreach (var (process, _) in workers)
            {
                process.StandardInput.WriteLine("go");
                process.StandardInput.Flush();
            }
            return workers.Max(w => double.TryParse(w.Process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture,
                out var seconds) ? seconds : throw Ended(w));
        }
        finally
        {
            foreach (var (process, _) in workers)
            {
                process.StandardInput.Close(); // A worker that waits for its line ends by this.
                process.WaitForExit();
                process.Dispose();
            }
        }
    }

    private static BankEndedException Ended((Process Process, Task<string> Errors) worker)
    {
        worker.Process.StandardInput.Close();
        worker.Process.WaitForExit();
        return new($"bench worker ended with {worker.Process.ExitCode}: {worker.Errors.Result}");
    }

    /// <summary>Rows and money a ledger ended with.</summary>
    private static Dictionary<string, long> Ended(string database, long ledger)
    {
        using var connection = Dialect.Parse(database).Open();
        return connection.Query<(string Name, long Value)>(EndedSql, new { ledger })
            .ToDictionary(r => r.Name, r => r.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Lost(
        long ledger, Dictionary<string, long> expected, Dictionary<string, long> found) =>
        expected.Where(e => found[e.Key] != e.Value)
            .Select(e => $"ledger {ledger}: {e.Key} {found[e.Key]}, alone it is {e.Value}");

    private IEnumerable<string> Complete(Dictionary<string, long> ended) =>
        new[] { "claims", "declared" }.Where(name => ended[name] != shape.Lines)
            .Select(name => $"{name} {ended[name]} of {shape.Lines} lines");

    private static IEnumerable<string> Unverified(string database, long ledger)
    {
        var folder = Directory.CreateTempSubdirectory("bench-log").FullName;
        try
        {
            var dialect = Dialect.Parse(database);
            var files = new LogFiles(dialect, Path.Combine(folder, "log.key.pem"), Path.Combine(folder, "anchor"));
            using var log = new LiveLog(dialect, ledger);
            var note = log.Sign(LogKey.Ensure(files.KeyPath));
            var findings = note.Accepted ? log.Verify(files.Verifiers(log.Origin)) : note.Findings;
            return [.. findings.Select(f => $"ledger {ledger}: {f.Text(chinese: false)}")];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private const string EndedSql = """
        SELECT 'leaves' AS name, leaves AS value FROM ledger_head WHERE ledger = @ledger
        UNION ALL SELECT 'claims', count(*) FROM wage_claim WHERE ledger = @ledger
        UNION ALL SELECT 'payments', count(*) FROM payment WHERE ledger = @ledger
        UNION ALL SELECT 'outcomes', count(*) FROM payment_outcome WHERE ledger = @ledger
        UNION ALL SELECT 'deaths', count(*) FROM payment_death WHERE ledger = @ledger
        UNION ALL SELECT 'entries', count(*) FROM account_entry WHERE ledger = @ledger
        UNION ALL SELECT 'posted', CAST(coalesce(sum(posted_delta_fen), 0) AS bigint)
            FROM account_entry WHERE ledger = @ledger
        UNION ALL SELECT 'reserved', CAST(coalesce(sum(reserved_delta_fen), 0) AS bigint)
            FROM account_entry WHERE ledger = @ledger
        UNION ALL SELECT 'declared', CAST(coalesce(sum(lines_declared), 0) AS bigint)
            FROM payroll WHERE ledger = @ledger
        UNION ALL SELECT 'paid', CAST(coalesce(sum(lines_paid), 0) AS bigint) FROM payroll WHERE ledger = @ledger
        UNION ALL SELECT 'unpaid', CAST(coalesce(sum(lines_unpaid), 0) AS bigint) FROM payroll WHERE ledger = @ledger
        UNION ALL SELECT 'paid_fen', CAST(coalesce(sum(paid_fen), 0) AS bigint) FROM payroll WHERE ledger = @ledger
        UNION ALL SELECT 'obligations', count(*) FROM obligation WHERE ledger = @ledger
        """;
}
