using Disbursement.Engine.Audit;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Ports;

/// <summary>Opens ledgers. One writer per ledger: a session holds its head row's lock until it ends.</summary>
public interface ILedgerStore
{
    /// <summary>Begins a transaction and locks the ledger's head.</summary>
    ILedgerSession Begin(long ledger);

    /// <summary>A consistent view without the lock: what is worked out of it may be old when a decision takes
    /// it.</summary>
    ILedgerReading Read(long ledger);

    /// <summary>Seals inputs before the lock is taken: hashing and encrypting need no lock.</summary>
    IReadOnlyList<StoredDocument> Prepare(long ledger, IReadOnlyList<InputDocument> inputs);
}

/// <summary>A ledger's rows, documents and set-based questions at one moment.</summary>
public interface ILedgerReading : IDisposable
{
    IRowReader Rows { get; }
    ISetQueries Queries { get; }
    IVault Vault { get; }
}

/// <summary>A locked ledger. Disposing without a commit rolls back.</summary>
public interface ILedgerSession : ILedgerReading
{
    LedgerHeadRow Head { get; }

    /// <summary>
    /// The stored form of prepared inputs: where a document of the same content is stored already, that one.
    /// </summary>
    IReadOnlyList<StoredDocument> Settle(IReadOnlyList<StoredDocument> prepared);

    /// <summary>
    /// Count and Merkle root of the canonical bytes of the rows of each table, as the leaf states them.
    /// </summary>
    IReadOnlyList<LeafRows> Digest(IReadOnlyList<RowSet> sets);

    /// <summary>Writes rows, new documents, new keys, the leaf and the head, and commits.</summary>
    void Commit(Changes changes, LogLeafRow leaf, LedgerHeadRow head);
}

/// <summary>The clock, read once per command.</summary>
public interface IMoment
{
    Instant Read();

    /// <summary>The same, asked of the clock that leases go by, however lately it was asked before: a process that was
    /// stopped for a while knows nothing of it.</summary>
    Instant ReadAnew() => Read();
}
