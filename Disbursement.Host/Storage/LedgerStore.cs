using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;

namespace Disbursement.Host.Storage;

/// <summary>The ledgers of one database.</summary>
public sealed class LedgerStore : ILedgerStore
{
    /// <summary>Rows below which statistics are not looked at: a table of some pages is read whole as fast.</summary>
    private const int FewRows = 512;

    private readonly Dictionary<long, LedgerPepper> _peppers = [];
    private readonly AdoptedDocuments _adopted = new();
    private readonly ConcurrentDictionary<long, bool> _advanced = new();
    private long _longestHoldTicks;
    private readonly Dictionary<string, long> _written = [];

    public LedgerStore(Dialect dialect)
    {
        TypeHandlers.Register();
        Dialect = dialect;
    }

    public Dialect Dialect { get; }

    /// <summary>Set by a rebuild only: keys are taken from there instead of made.</summary>
    internal IKeptKeys? KeptKeys { get; init; }

    /// <summary>
    /// Set by every command line: before its first write the schema is held against the scripts that made it.
    /// </summary>
    internal Action? BeforeFirstWrite { get; init; }

    private bool _looked;

    private void Look()
    {
        if (_looked) return;
        BeforeFirstWrite?.Invoke();
        _looked = true;
    }

    /// <summary>The longest any ledger's lock was held by this process, in seconds.</summary>
    public double LongestHoldSeconds => (double)Interlocked.Read(ref _longestHoldTicks) / Stopwatch.Frequency;

    /// <summary>Ledgers in which this process committed a decision through this store.</summary>
    public IEnumerable<long> Advanced => _advanced.Keys.Order();

    public void Migrate() => Migrations.Run(Dialect);

    public IReadOnlyList<LedgerHeadRow> Ledgers()
    {
        using var connection = Dialect.Open();
        var map = TableMap<LedgerHeadRow>.Shared;
        return connection.Query<LedgerHeadRow>(map.Select + map.OrderByKey).AsList();
    }

    /// <summary>Creates a ledger's head and key. False where it stands already.</summary>
    public bool Create(LedgerHeadRow head)
    {
        Look();
        using var connection = Dialect.Open();
        using var transaction = Dialect.BeginWrite(connection);
        var known = connection.ExecuteScalar<long>("SELECT count(*) FROM ledger_head WHERE ledger = @Ledger",
            head, transaction);
        if (known > 0) return false;
        // One pepper for all ledgers of an installation, so that a person is found across cities by the same hash.
        var pepper = connection.Query<byte[]>("SELECT secret FROM subject_key WHERE subject = @subject ORDER BY ledger",
            new { subject = LedgerPepper.Subject }, transaction).FirstOrDefault() ?? LedgerPepper.Fresh();
        pepper = KeptKeys?.Find(head.Ledger, LedgerPepper.Subject) ?? pepper;
        var batch = Dialect.Batch(connection, transaction);
        batch.Add(TableMap<LedgerHeadRow>.Shared, head, update: false);
        batch.Add(TableMap<SubjectKeyRow>.Shared,
            new SubjectKeyRow { Ledger = head.Ledger, Subject = LedgerPepper.Subject, Secret = pepper }, update: false);
        batch.Flush();
        transaction.Commit();
        return true;
    }

    public ILedgerSession Begin(long ledger)
    {
        Look();
        var connection = Dialect.Open();
        var transaction = Dialect.BeginWrite(connection);
        var map = TableMap<LedgerHeadRow>.Shared;
        var head = connection.QuerySingleOrDefault<LedgerHeadRow>(
            map.Select + " WHERE ledger = @ledger" + Dialect.ForUpdate, new { ledger }, transaction)
            ?? throw new DefectException($"ledger {ledger} is not in this database");
        var keys = new KeyTable(connection, transaction, ledger, _adopted);
        var vault = new Vault(ledger, Pepper(ledger), keys, KeptKeys);
        return new LedgerSession(this, connection, transaction, head, vault);
    }

    /// <summary>A consistent view without locks, for screens, planning and encoding.</summary>
    public LedgerView Read(long ledger)
    {
        var connection = Dialect.Open();
        var transaction = Dialect.BeginRead(connection);
        var keys = new KeyTable(connection, transaction, ledger, _adopted);
        var vault = new Vault(ledger, Pepper(ledger), keys, KeptKeys);
        return new LedgerView(connection, transaction, ledger, vault);
    }

    ILedgerReading ILedgerStore.Read(long ledger) => Read(ledger);

    public IReadOnlyList<StoredDocument> Prepare(long ledger, IReadOnlyList<InputDocument> inputs)
    {
        if (inputs.Count == 0) return [];
        var vault = new Vault(ledger, Pepper(ledger), keys: null, KeptKeys);
        return [.. inputs.Select(d => vault.Seal(d, output: false))];
    }

    internal void Committed(long ledger, long ticks)
    {
        _advanced[ledger] = true;
        long seen;
        while (ticks > (seen = Interlocked.Read(ref _longestHoldTicks)))
            if (Interlocked.CompareExchange(ref _longestHoldTicks, ticks, seen) == seen) return;
    }

    /// <summary>
    /// Whether a table has doubled by what this process wrote into it, from <see cref="FewRows"/> on: the planner's
    /// statistics may be of another database.
    /// </summary>
    internal bool Grew(IEnumerable<(string Table, int Rows)> written)
    {
        lock (_written)
        {
            var grew = false;
            foreach (var (table, rows) in written)
            {
                var before = _written.GetValueOrDefault(table);
                var after = _written[table] = before + rows;
                grew |= after >= FewRows && BitOperations.Log2((ulong)after) > BitOperations.Log2((ulong)before);
            }
            return grew;
        }
    }

    private LedgerPepper Pepper(long ledger)
    {
        lock (_peppers)
        {
            if (_peppers.TryGetValue(ledger, out var pepper)) return pepper;
            using var connection = Dialect.Open();
            var secret = connection.QuerySingle<byte[]>(
                "SELECT secret FROM subject_key WHERE ledger = @ledger AND subject = @subject",
                new { ledger, subject = LedgerPepper.Subject });
            return _peppers[ledger] = new LedgerPepper(secret);
        }
    }
}
