using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Host.Security;

namespace Disbursement.Host.Storage;

/// <summary>A ledger under its lock: everything a decision reads and writes, in one transaction.</summary>
internal sealed class LedgerSession(
    LedgerStore store, DbConnection connection, DbTransaction transaction, LedgerHeadRow head, Vault vault)
    : LedgerView(connection, transaction, head.Ledger, vault), ILedgerSession
{
    private readonly long _lockedAt = Stopwatch.GetTimestamp();
    private readonly RowBytes _bytes = new();

    public LedgerHeadRow Head => head;

    public IReadOnlyList<StoredDocument> Settle(IReadOnlyList<StoredDocument> prepared)
    {
        if (prepared.Count == 0) return prepared;
        var settled = new List<StoredDocument>(prepared.Count);
        foreach (var document in prepared)
        {
            var known = Find<DocumentRow>(("kind", document.Row.Kind), ("content_mac", document.Row.ContentMac));
            if (known is null) OwnVault.Keep(document);
            settled.Add(known is null ? document : new StoredDocument(known, document.Output));
        }
        return settled;
    }

    public IReadOnlyList<LeafRows> Digest(IReadOnlyList<RowSet> sets)
    {
        var visitor = new RootVisitor(_bytes, Ledger);
        foreach (var set in sets) set.Accept(visitor);
        return [.. visitor.Roots.Select(r => new LeafRows(r.Key, r.Value.Count, r.Value.Root))];
    }

    public void Commit(Changes changes, LogLeafRow leaf, LedgerHeadRow next)
    {
        var batch = store.Dialect.Batch(Connection, Transaction);
        var keys = OwnVault.FreshKeys();
        if (keys.Count >= store.Dialect.BulkRows)
            store.Dialect.WriteBulk(Connection, Transaction, TableMap<SubjectKeyRow>.Shared, keys);
        else foreach (var key in keys) batch.Add(TableMap<SubjectKeyRow>.Shared, key, update: false);
        foreach (var document in changes.Documents)
            if (document.Row.Bytes is not null && !OwnVault.Stands(document.Row))
                batch.Add(TableMap<DocumentRow>.Shared, document.Row, update: false);
        var writer = new WriteVisitor(this, batch);
        foreach (var set in changes.Sets) set.Accept(writer);
        batch.Add(TableMap<LogLeafRow>.Shared, leaf, update: false);
        batch.Add(TableMap<LedgerHeadRow>.Shared, next, update: true);
        batch.Flush();
        foreach (var worker in writer.Erased) Erase(worker);
        store.Dialect.Commit(Transaction);
        store.Committed(Ledger, Stopwatch.GetTimestamp() - _lockedAt);
        if (store.Grew(writer.Inserted)) store.Dialect.Grew(Connection);
    }

    private sealed class RootVisitor(RowBytes bytes, long ledger) : IRowSetVisitor
    {
        public SortedDictionary<string, RowsRoot> Roots { get; } = new(StringComparer.Ordinal);

        public void Visit<T>(RowSet<T> set) where T : class, IRow
        {
            var map = TableMap<T>.Shared;
            if (!Roots.TryGetValue(map.Name, out var root)) Roots[map.Name] = root = new RowsRoot();
            foreach (var row in set.Rows)
            {
                row.Ledger = ledger;
                root.Add(bytes.Of(map, row));
            }
        }
    }

    private sealed class WriteVisitor(LedgerSession session, IStatementBatch batch) : IRowSetVisitor
    {
        public List<(string Table, int Rows)> Inserted { get; } = [];

        /// <summary>Workers whose erasure this decision writes: their keys go in the same transaction.</summary>
        public List<long> Erased { get; } = [];

        public void Visit<T>(RowSet<T> set) where T : class, IRow
        {
            if (!set.Updates) Inserted.Add((TableMap<T>.Shared.Name, set.Count));
            if (set is RowSet<ErasureRow> erasures)
                Erased.AddRange(erasures.Rows.Select(e => e.Worker));
            if (!set.Updates && set.Count >= session.BulkRows)
            {
                batch.Flush();
                session.WriteBulk(set.Rows);
                return;
            }
            foreach (var row in set.Rows) batch.Add(TableMap<T>.Shared, row, set.Updates);
        }
    }

    // A paper that names several workers goes with the last of them.
    private const string EraseSql = """
        DELETE FROM subject_key WHERE ledger = @Ledger AND (subject = @subject OR subject IN (
          SELECT d.key_subject FROM worker_document p
          JOIN document d ON d.ledger = p.ledger AND d.digest = p.document
          WHERE p.ledger = @Ledger AND p.worker = @worker AND NOT EXISTS (
            SELECT 1 FROM worker_document o WHERE o.ledger = p.ledger AND o.document = p.document AND NOT EXISTS (
              SELECT 1 FROM erasure e WHERE e.ledger = o.ledger AND e.worker = o.worker))))
        """;

    private void Erase(long worker)
    {
        var subject = WorkerText.Subject(worker);
        Connection.Execute(EraseSql, new { Ledger, subject, worker }, Transaction);
        store.KeptKeys?.Forget(Ledger, subject);
    }

    private int BulkRows => store.Dialect.BulkRows;

    private void WriteBulk<T>(IReadOnlyList<T> rows) where T : class, IRow =>
        store.Dialect.WriteBulk(Connection, Transaction, TableMap<T>.Shared, rows);
}
