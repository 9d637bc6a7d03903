using System.Data.Common;
using System.Globalization;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>The log of one ledger in a database, in one consistent view: verified, signed, exported.</summary>
public sealed class LiveLog : IDisposable
{
    private readonly Dialect _dialect;
    private readonly DbConnection _connection;
    private readonly DbTransaction _view;

    public LiveLog(Dialect dialect, long ledger)
    {
        (_dialect, Ledger) = (dialect, ledger);
        _connection = dialect.Open();
        _view = dialect.BeginRead(_connection);
        Row = _connection.QuerySingleOrDefault<LedgerHeadRow>(TableMap<LedgerHeadRow>.Shared.Select + " WHERE ledger = @ledger", new { ledger }, _view)
            ?? throw new DefectException($"ledger {ledger} is not in this database");
        Origin = Checkpoint.OriginOf(Row.Epoch, Number(ledger));
    }

    public long Ledger { get; }
    public string Origin { get; }
    public LedgerHeadRow Row { get; }

    /// <summary>The head as the database states it; null where its frontier does not parse or is of another size.</summary>
    public Checkpoint? Head => Frontier.TryParse(Row.Frontier, out var frontier) && frontier.Size == Row.Leaves
        ? new(Origin, frontier.Size, frontier.Root) : null;

    /// <summary>Stored leaves from number 1, streamed.</summary>
    public IEnumerable<LogLeafRow> Leaves() => _connection.Query<LogLeafRow>(
        TableMap<LogLeafRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY n", new { Ledger }, _view, buffered: false);

    /// <summary>Leaf hashes by index, all read at the first one asked for.</summary>
    public Func<long, Hash256> LeafHashes()
    {
        List<Hash256>? hashes = null;
        return index => (hashes ??= [.. _connection.Query<byte[]>(
            "SELECT leaf_hash FROM log_leaf WHERE ledger = @Ledger ORDER BY n", new { Ledger }, _view, buffered: false)
            .Select(h => Hash256.From(h))])[(int)index];
    }

    public IReadOnlyList<CheckpointRow> Checkpoints() => _connection.Query<CheckpointRow>(
        TableMap<CheckpointRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY size", new { Ledger }, _view).AsList();

    /// <summary>Digest, key and bytes of every document, streamed.</summary>
    public IEnumerable<DocumentRow> Documents() => _connection.Query<DocumentRow>(
        TableMap<DocumentRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY digest", new { Ledger }, _view, buffered: false);

    /// <summary>Documents whose key was erased: their sealed bytes say nothing any more.</summary>
    public IReadOnlyList<Hash256> Erased() =>
    [
        .. _connection.Query<string>("""
            SELECT d.digest FROM document d
            LEFT JOIN subject_key k ON k.ledger = d.ledger AND k.subject = d.key_subject
            WHERE d.ledger = @Ledger AND d.key_subject IS NOT NULL AND k.subject IS NULL ORDER BY d.digest
            """, new { Ledger }, _view)
            .Select(d => Hash256.TryParseHex(d, out var hash) ? hash : default),
    ];

    /// <summary>Holds leaves, head, checkpoints and documents against each other. Empty: one whole log.</summary>
    /// <param name="known">Verifiers of the log's keys; none: signatures of checkpoints are left out.</param>
    public IReadOnlyList<Finding> Verify(IReadOnlyList<INoteVerifier> known)
    {
        var findings = new List<Finding>();
        if (Head is not { } head) return [RebuildRules.HeadDiffers.Of(Number(Ledger))];
        var checkpoints = Checkpoints();
        var log = new LeafCheck(head);
        log.Marks.UnionWith(checkpoints.Select(c => c.Size));
        var wrong = new List<Finding>();
        findings.AddRange(log.Read(Stored(wrong)));
        findings.AddRange(wrong.Take(100));
        foreach (var row in checkpoints)
            if (Trouble(row, known, log.Roots) is { } trouble)
                findings.Add(RebuildRules.CheckpointWrong.Of(Number(row.Size), trouble));
        findings.AddRange(DocumentFindings(log.Named));
        return findings;
    }

    private IEnumerable<byte[]?> Stored(List<Finding> wrong)
    {
        var n = 0L;
        foreach (var row in Leaves())
        {
            if (row.N != ++n || !Leaf.HashOf(row.Leaf).ToArray().AsSpan().SequenceEqual(row.LeafHash))
                wrong.Add(RebuildRules.LeafHashDiffers.Of(Number(n)));
            yield return row.Leaf;
        }
    }

    private string? Trouble(CheckpointRow row, IReadOnlyList<INoteVerifier> known, Dictionary<long, Hash256> roots)
    {
        if (!SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(row.Note), out var note, out var error)) return error;
        if (!Checkpoint.TryParse(note.Text, out var checkpoint)) return "not a checkpoint";
        if (checkpoint.Origin != Origin || checkpoint.Size != row.Size) return "of another log or size";
        if (row.Size == 0 ? checkpoint.Root != MerkleTree.EmptyRoot : !roots.TryGetValue(row.Size, out var root) || root != checkpoint.Root)
            return "the leaves have another root at this size";
        if (known.Count == 0) return null;
        // What this database keeps is its own notes: every line must be of a known key, and right.
        var verdict = note.Check(known);
        return verdict.Trusted && verdict.Unknown == 0 && verdict.Verified.Distinct().Count() == known.Count
            ? null : "not signed by the log's keys";
    }

    private List<Finding> DocumentFindings(HashSet<Hash256> named)
    {
        var findings = new List<Finding>();
        var there = new HashSet<Hash256>();
        foreach (var document in Documents())
        {
            var hash = Hash256.Of(document.Bytes);
            if (hash.ToString() != document.Digest) findings.Add(RebuildRules.DocumentChanged.Of(document.Digest));
            else if (!named.Contains(hash)) findings.Add(AuditRules.DocumentUnnamed.Of(document.Digest));
            there.Add(hash);
        }
        findings.AddRange(named.Except(there).Select(d => AuditRules.DocumentMissing.Of(d.ToString())));
        return findings;
    }

    /// <summary>Signs the head and keeps the note; a checkpoint of this size that stands is given again.</summary>
    public SignedNote Sign(LogKey key)
    {
        Invariant.Holds(Head is not null, "the ledger's frontier does not parse");
        var note = SignedNote.Sign(Head!.Text, key.Signers(Origin));
        using var connection = _dialect.Open();
        using var write = _dialect.BeginWrite(connection);
        var known = connection.QuerySingleOrDefault<CheckpointRow>(
            TableMap<CheckpointRow>.Shared.Select + " WHERE ledger = @Ledger AND size = @Size", new { Ledger, Head!.Size }, write);
        if (known is not null && SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(known.Note), out var stands, out _))
        {
            // L8: no signed checkpoint contradicts an earlier one.
            Invariant.Holds(stands.Text == note.Text, $"a checkpoint of {Head.Size} leaves stands and says otherwise");
            return stands;
        }
        var batch = _dialect.Batch(connection, write);
        batch.Add(TableMap<CheckpointRow>.Shared, new CheckpointRow
        {
            Ledger = Ledger,
            Size = Head.Size,
            Note = System.Text.Encoding.UTF8.GetString(note.Format()),
        }, update: false);
        batch.Flush();
        write.Commit();
        return note;
    }

    public void Dispose()
    {
        _view.Dispose();
        _connection.Dispose();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
