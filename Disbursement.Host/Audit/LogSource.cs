using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Ports;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>
/// What a rebuild reads of a database: <c>log_leaf</c>, <c>document</c> and <c>subject_key</c>, in one consistent view.
/// Nothing else need be there, and nothing else is believed.
/// </summary>
public sealed class LogSource : IKeptKeys, IDisposable
{
    private const int PageLeaves = 512;

    // Where fields sealed under a person's key stand: only an erased key makes a rebuild look at a row at all.
    private static readonly (string Subject, string Label, string Sql)[] SealedFields =
    [
        ("person/", "person", "SELECT sealed FROM person WHERE ledger = @ledger AND person = @id"),
        ("worker/", "worker", "SELECT sealed FROM worker WHERE ledger = @ledger AND worker = @id"),
        ("worker/", "payee/",
            "SELECT sealed FROM payee_account WHERE ledger = @ledger AND worker = @id AND version = @version"),
        ("bank-account/", "bank-account",
            "SELECT sealed FROM bank_account WHERE ledger = @ledger AND bank_account = @id"),
    ];

    private readonly Dialect _dialect;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    public LogSource(Dialect dialect)
    {
        _dialect = dialect;
        _connection = dialect.Open();
        _transaction = dialect.BeginRead(_connection);
    }

    // What decisions read of people whose keys are gone, from sheets that are not: a name on a payroll is held against
    // the register's again, as it was.
    private readonly Dictionary<(long Ledger, string Subject, string Label), string> _said = [];

    /// <summary>Subjects whose key a decision needed and that was not there.</summary>
    public SortedSet<string> Erased { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<long> Ledgers() => _connection.Query<long>(
        "SELECT DISTINCT ledger FROM log_leaf ORDER BY ledger", transaction: _transaction).AsList();

    /// <summary>Leaves in the order of their numbers, read in pages: the log may be of any length.</summary>
    public IEnumerable<LogLeafRow> Leaves(long ledger)
    {
        var sql =
            $"{TableMap<LogLeafRow>.Shared.Select} WHERE ledger = @ledger AND n > @after ORDER BY n LIMIT {PageLeaves}";
        for (var after = long.MinValue; ;)
        {
            var page = _connection.Query<LogLeafRow>(sql, new { ledger, after }, _transaction).AsList();
            foreach (var leaf in page) yield return leaf;
            if (page.Count < PageLeaves) yield break;
            after = page[^1].N;
        }
    }

    /// <summary>A document's plain bytes and whether it was sealed, or why it cannot be used.</summary>
    public (byte[]? Content, bool Personal, string Trouble) Open(long ledger, string digest)
    {
        var row = _connection.QuerySingleOrDefault<DocumentRow>(
            TableMap<DocumentRow>.Shared.Select + " WHERE ledger = @ledger AND digest = @digest",
                new { ledger, digest }, _transaction);
        if (row is null) return (null, false, "it is not there");
        if (Convert.ToHexStringLower(SHA256.HashData(row.Bytes)) != digest)
            return (null, false, "its bytes are not those of its digest");
        if (row.KeySubject is null) return (row.Bytes, false, "");
        if (Find(ledger, row.KeySubject) is not { } key)
            return (null, true, $"erased: subject_key has no {row.KeySubject}");
        try
        {
            return (Vault.OpenDocument(key, row.Bytes), true, "");
        }
        catch (CryptographicException)
        {
            return (null, true, $"the subject_key {row.KeySubject} does not open it");
        }
    }

    /// <summary>A worker's own paper whose key went with the worker, as it is stored; null where its key is there or it
    /// is none such. Its bytes are those of its digest.</summary>
    public DocumentRow? Gone(long ledger, string kind, string digest)
    {
        if (!WorkerErase.Papers.Contains(kind)) return null;
        var row = _connection.QuerySingleOrDefault<DocumentRow>(
            TableMap<DocumentRow>.Shared.Select + " WHERE ledger = @ledger AND digest = @digest",
                new { ledger, digest }, _transaction);
        if (row?.KeySubject is not { } subject || row.Kind != kind || Find(ledger, subject) is not null
            || Convert.ToHexStringLower(SHA256.HashData(row.Bytes)) != digest) return null;
        Erased.Add(subject);
        return row;
    }

    /// <summary>The rows of a table as the database has them: never believed, only named beside what the log says. None
    /// where the table cannot be read.</summary>
    public IReadOnlyList<TRow> Claimed<TRow>(long ledger)
        where TRow : class, IRow
    {
        try
        {
            // On a connection of its own: a table that is not there would end the transaction of the others.
            using var connection = _dialect.Open();
            return connection.Query<TRow>(TableMap<TRow>.Shared.Select + " WHERE ledger = @ledger", new { ledger })
                .AsList();
        }
        catch (Exception e) when (e is DbException or InvalidCastException)
        {
            return [];
        }
    }

    public byte[]? Find(long ledger, string subject) => _connection.QuerySingleOrDefault<byte[]>(
        "SELECT secret FROM subject_key WHERE ledger = @ledger AND subject = @subject",
            new { ledger, subject }, _transaction);

    public string? Known(long ledger, string subject, string label) =>
        _said.GetValueOrDefault((ledger, subject, label));

    public void Forget(long ledger, string subject)
    {
        foreach (var said in _said.Keys.Where(s => s.Ledger == ledger && s.Subject == subject).ToList())
            _said.Remove(said);
    }

    public byte[]? ErasedField(long ledger, string subject, string label, string value)
    {
        Erased.Add(subject);
        _said[(ledger, subject, label)] = value;
        var id = long.Parse(subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..],
            CultureInfo.InvariantCulture);
        var version = label.Contains('/', StringComparison.Ordinal)
            ? long.Parse(label[(label.IndexOf('/', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) : 0;
        foreach (var (start, name, sql) in SealedFields)
            if (subject.StartsWith(start, StringComparison.Ordinal) && label.StartsWith(name, StringComparison.Ordinal))
                return _connection.QuerySingleOrDefault<byte[]>(sql, new { ledger, id, version }, _transaction);
        return null;
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
