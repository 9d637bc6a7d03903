using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Bench;

/// <summary>
/// What the same facts cost with no engine at all: the rows of wage_claim, payment, payment_outcome and payment_death bulk
/// loaded under their keys and laws, each document's bytes stored once, as many commits and flushed files as the job made.
/// </summary>
/// <remarks>The other tables the laws look into are copied before, untimed. Reading the job's rows is not timed either.</remarks>
internal sealed class BenchFloor(LedgerStore job, Dialect target, string folder)
{
    private double _seconds;

    /// <summary>Processor time of this process in the loads.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>Seconds the loads took; without laws the triggers and foreign keys are gone.</summary>
    /// <param name="firstLeaf">Leaves the ledger had before the job: their documents are ground, not work.</param>
    public double Run(long ledger, long firstLeaf, bool laws)
    {
        new LedgerStore(target).Migrate();
        _seconds = 0;
        using var source = job.Read(ledger);
        using var connection = target.OpenOwner();
        var lifted = FloorLaws.Lift(target, connection);
        var documents = DocumentsOf(source, firstLeaf);
        CopyGround(source, connection, documents);
        if (laws) lifted.Lay();
        var commits = 0L;
        foreach (var digest in documents)
        {
            var row = source.Find<DocumentRow>(("digest", digest))!;
            Commit(connection, transaction => target.WriteBulk(connection, transaction, TableMap<DocumentRow>.Shared, [row]));
            commits++;
        }
        commits += Load<WageClaimRow>(source, connection, "payroll", "SELECT payroll FROM payroll WHERE ledger = @ledger ORDER BY 1");
        commits += Load<PaymentRow>(source, connection, "file", "SELECT file FROM disbursement_file WHERE ledger = @ledger ORDER BY 1");
        commits += Outcomes(source, connection);
        // The job's other commits wrote headers and leaves; the floor only pays for the commit itself.
        var leaves = source.Ask<long>("SELECT leaves FROM ledger_head WHERE ledger = @ledger")[0] - firstLeaf;
        for (; commits < leaves; commits++) Commit(connection, transaction => connection.Execute(
            "INSERT INTO checkpoint (ledger, size, note) VALUES (@ledger, @commits, '')", new { ledger, commits }, transaction));
        Flushed(source);
        return _seconds;
    }

    /// <summary>Digests of the documents that decisions after a leaf named first.</summary>
    private static List<string> DocumentsOf(LedgerView source, long firstLeaf)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        var during = new List<string>();
        foreach (var row in source.Stream<LogLeafRow>())
        {
            if (!Leaf.TryParse(row.Leaf, out var leaf, out _)) continue;
            foreach (var document in leaf.Inputs.Concat(leaf.Outputs))
                if (before.Add(document.Digest.ToString()) && row.N > firstLeaf) during.Add(document.Digest.ToString());
        }
        return during;
    }

    /// <summary>Payrolls, releases, files, registers: what the laws look into.</summary>
    private void CopyGround(LedgerView source, DbConnection connection, List<string> work)
    {
        var facts = new[] { typeof(WageClaimRow), typeof(PaymentRow), typeof(PaymentOutcomeRow), typeof(PaymentDeathRow), typeof(LogLeafRow) };
        foreach (var (row, _) in Migrations.Tables.Where(t => !facts.Contains(t.Row)))
            ((ICopy)Activator.CreateInstance(typeof(Copy<>).MakeGenericType(row))!).Run(source, connection, target);
        // Claims are written while their payroll is approved, outcomes while their message is applied; by the end of the
        // job the payroll may be settled, and the message is done.
        connection.Execute("UPDATE payroll SET state = 'Approved' WHERE state = 'Settled'");
        connection.Execute("UPDATE message_progress SET state = 'Applying' WHERE state = 'Applied'");
        foreach (var digest in work)
            connection.Execute("DELETE FROM document WHERE ledger = @ledger AND digest = @digest",
                new { ledger = source.Ledger, digest });
    }

    private long Load<T>(LedgerView source, DbConnection connection, string column, string ids)
        where T : class, IRow
    {
        var commits = 0L;
        foreach (var id in source.Ask<long>(ids))
        {
            var rows = source.List<T>((column, id));
            if (rows.Count == 0) continue;
            Commit(connection, transaction => target.WriteBulk(connection, transaction, TableMap<T>.Shared, rows));
            commits++;
        }
        return commits;
    }

    /// <summary>Outcomes by the document they came with, deaths of the same lines in the same commit.</summary>
    private long Outcomes(LedgerView source, DbConnection connection)
    {
        var commits = 0L;
        var deaths = source.Ask<DeathOfDocument>("""
            SELECT o.document, d.claim, d.attempt, d.seq FROM payment_death d
            JOIN payment_outcome o ON o.ledger = d.ledger AND o.claim = d.claim AND o.attempt = d.attempt AND o.seq = d.seq
            WHERE d.ledger = @ledger
            """).ToLookup(d => d.Document,
                d => new PaymentDeathRow { Ledger = source.Ledger, Claim = d.Claim, Attempt = d.Attempt, Seq = d.Seq });
        // In one pass: a question per document would read the table as often as there are documents.
        foreach (var outcomes in Runs(source.StreamBy<PaymentOutcomeRow>("document"), o => o.Document))
        {
            Commit(connection, transaction =>
            {
                target.WriteBulk(connection, transaction, TableMap<PaymentOutcomeRow>.Shared, outcomes);
                target.WriteBulk(connection, transaction, TableMap<PaymentDeathRow>.Shared,
                    [.. deaths[outcomes[0].Document]]);
            });
            commits++;
        }
        return commits;
    }

    private static IEnumerable<IReadOnlyList<T>> Runs<T>(IEnumerable<T> rows, Func<T, string> key)
    {
        var run = new List<T>();
        foreach (var row in rows)
        {
            if (run.Count > 0 && key(run[0]) != key(row))
            {
                yield return run;
                run = [];
            }
            run.Add(row);
        }
        if (run.Count > 0) yield return run;
    }

    private sealed record DeathOfDocument
    {
        public required string Document { get; init; }
        public required long Claim { get; init; }
        public required long Attempt { get; init; }
        public required long Seq { get; init; }
    }

    /// <summary>Each sent body and signature flushed to disk once more, as the transport and the journal do.</summary>
    private void Flushed(LedgerView source)
    {
        Directory.CreateDirectory(folder);
        var sent = source.Ask<string>("SELECT sealed_document FROM disbursement_file WHERE ledger = @ledger AND sealed_document IS NOT NULL");
        foreach (var digest in sent)
        {
            var bytes = source.Vault.Open(digest)!;
            // Body, signature and journal: three flushed files a send.
            foreach (var part in new[] { "body", "signature", "journal" })
                Timed(() =>
                {
                    using var stream = File.Create(Path.Combine(folder, $"{digest[..16]}.{part}"));
                    stream.Write(part == "body" ? bytes : bytes.AsSpan(0, Math.Min(bytes.Length, 1024)));
                    stream.Flush(flushToDisk: true);
                });
        }
    }

    private void Commit(DbConnection connection, Action<DbTransaction> write) => Timed(() =>
    {
        using var transaction = target.BeginWrite(connection);
        write(transaction);
        transaction.Commit();
    });

    private void Timed(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        var used = Environment.CpuUsage.TotalTime;
        act();
        CpuSeconds += (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        _seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private interface ICopy
    {
        void Run(LedgerView source, DbConnection connection, Dialect target);
    }

    private sealed class Copy<T> : ICopy where T : class, IRow
    {
        public void Run(LedgerView source, DbConnection connection, Dialect target)
        {
            using var transaction = target.BeginWrite(connection);
            foreach (var part in source.Stream<T>().Chunk(20_000))
                target.WriteBulk(connection, transaction, TableMap<T>.Shared, part);
            transaction.Commit();
        }
    }
}
