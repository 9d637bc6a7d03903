using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>
/// A store that looks on while decisions are replayed, until one of them writes a wanted row; then it keeps the
/// canonical bytes of all rows of that decision in the same table, in the order the leaf's rows root binds them.
/// </summary>
internal sealed class RowWatch(ILedgerStore store, string table, byte[] wanted) : ILedgerStore
{
    /// <summary>The decision's rows of the table, once one of them was the wanted one.</summary>
    public List<ReadOnlyMemory<byte>>? Rows { get; private set; }

    /// <summary>The number of the leaf that binds them.</summary>
    public long Leaf { get; private set; }

    public ILedgerReading Read(long ledger) => store.Read(ledger);

    public ILedgerSession Begin(long ledger) => new Session(store.Begin(ledger), this);
    public IReadOnlyList<StoredDocument> Prepare(long ledger, IReadOnlyList<InputDocument> inputs) =>
        store.Prepare(ledger, inputs);

    private void See(IReadOnlyList<RowSet> sets, LedgerHeadRow head)
    {
        if (Rows is not null) return;
        var visitor = new Collector(table, head.Ledger);
        foreach (var set in sets) set.Accept(visitor);
        if (!visitor.Rows.Exists(r => r.Span.SequenceEqual(wanted))) return;
        (Rows, Leaf) = (visitor.Rows, head.Leaves + 1);
    }

    private sealed class Collector(string table, long ledger) : IRowSetVisitor
    {
        private readonly RowBytes _bytes = new();

        public List<ReadOnlyMemory<byte>> Rows { get; } = [];

        public void Visit<T>(RowSet<T> set) where T : class, IRow
        {
            if (TableMap<T>.Shared.Name != table) return;
            foreach (var row in set.Rows)
            {
                row.Ledger = ledger;
                Rows.Add(_bytes.Of(TableMap<T>.Shared, row).ToArray());
            }
        }
    }

    private sealed class Session(ILedgerSession session, RowWatch watch) : ILedgerSession
    {
        public LedgerHeadRow Head => session.Head;
        public IRowReader Rows => session.Rows;
        public ISetQueries Queries => session.Queries;
        public IVault Vault => session.Vault;
        public IReadOnlyList<StoredDocument> Settle(IReadOnlyList<StoredDocument> prepared) => session.Settle(prepared);
        public void Commit(Changes changes, LogLeafRow leaf, LedgerHeadRow head) => session.Commit(changes, leaf, head);
        public void Dispose() => session.Dispose();

        public IReadOnlyList<LeafRows> Digest(IReadOnlyList<RowSet> sets)
        {
            watch.See(sets, session.Head);
            return session.Digest(sets);
        }
    }
}
