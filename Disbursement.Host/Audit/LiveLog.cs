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
        Row = _connection.QuerySingleOrDefault<LedgerHeadRow>(TableMap<LedgerHeadRow>.Shared.Select
            + " WHERE ledger = @ledger",
            new { ledger }, _view)
            ?? throw new DefectException($"ledger {ledger} is not in this database");
        Origin = Checkpoint.OriginOf(Row.Epoch, Number(ledger));
    }

    public long Ledger { get; }
    public string Origin { get; }
    public LedgerHeadRow Row { get; }

    /// <summary>
    /// The head as the database states it; null where its frontier does not parse or is of another size.
    /// </summary>
    public Checkpoint? Head => Frontier.TryParse(Row.Frontier, out var frontier) && frontier.Size == Row.Leaves
        ? new(Origin, frontier.Size, frontier.Root) : null;

    /// <summary>Stored leaves from number 1, streamed.</summary>
    public IEnumerable<LogLeafRow> Leaves() => _connection.Query<LogLeafRow>(
        TableMap<LogLeafRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY n",
            new { Ledger }, _view, buffered: false);

    /// <summary>One stored leaf, by number. Not out of the stream: what is broken off in the middle is cancelled, and
    /// on PostgreSQL the whole reading with it.</summary>
    public LogLeafRow LeafOf(long number) => _connection.QuerySingle<LogLeafRow>(
        TableMap<LogLeafRow>.Shared.Select + " WHERE ledger = @Ledger AND n = @number", new { Ledger, number }, _view);

    /// <summary>Leaf hashes by index, all read at the first one asked for.</summary>
    public Func<long, Hash256> LeafHashes()
    {
        List<Hash256>? hashes = null;
        return index => (hashes ??= [.. _connection.Query<byte[]>(
            "SELECT leaf_hash FROM log_leaf WHERE ledger = @Ledger ORDER BY n", new { Ledger }, _view, buffered: false)
            .Select(h => Hash256.From(h))])[(int)index];
    }

    public IReadOnlyList<CheckpointRow> Checkpoints() => _connection.Query<CheckpointRow>(
        TableMap<CheckpointRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY size",
            new { Ledger }, _view).AsList();

    /// <summary>The newest checkpoint kept here, or null.</summary>
    public CheckpointRow? LastCheckpoint() => _connection.QuerySingleOrDefault<CheckpointRow>(
        TableMap<CheckpointRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY size DESC LIMIT 1",
            new { Ledger }, _view);

    /// <summary>
    /// Whether this log goes on from a head it had: a proof of consistency that reads the few leaves which the two do
    /// not share, since a run that commits one decision asks it of a log of years.
    /// </summary>
    public bool GoesOnFrom(Checkpoint before)
    {
        if (before.Origin != Origin || !Frontier.TryParse(Row.Frontier, out var now)) return false;
        if (now.Size != Row.Leaves || before.Size > now.Size) return false;
        var shared = now.SharedWith(before.Size);
        var leaves = _connection.Query<byte[]>(
            "SELECT leaf_hash FROM log_leaf WHERE ledger = @Ledger AND n > @shared ORDER BY n",
            new { Ledger, shared }, _view).Select(h => Hash256.From(h));
        return now.At(before.Size, leaves)?.Root == before.Root;
    }

    /// <summary>Runs an act while no other process may act on this ledger, wherever it runs.</summary>
    public void Alone(Action act)
    {
        using var connection = _dialect.Open();
        using var hold = Hold(connection);
        act();
    }

    private DbTransaction Hold(DbConnection connection)
    {
        var write = _dialect.BeginWrite(connection);
        connection.ExecuteScalar<long>("SELECT ledger FROM ledger_head WHERE ledger = @Ledger" + _dialect.ForUpdate,
            new { Ledger }, write);
        return write;
    }

    /// <summary>Digest, key and bytes of every document, streamed.</summary>
    public IEnumerable<DocumentRow> Documents() => _connection.Query<DocumentRow>(
        TableMap<DocumentRow>.Shared.Select + " WHERE ledger = @Ledger ORDER BY digest",
            new { Ledger }, _view, buffered: false);

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
        findings.AddRange(CheckpointCheck.Findings(Origin, checkpoints, known, log.Roots));
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
    /// <param name="whole">Every leaf is read before; else those that the last checkpoint does not account for.</param>
    public Decision<SignedNote> Sign(LogKey key, bool whole = true)
    {
        if (Head is not { } head) return Decision<SignedNote>.Refuse([RebuildRules.HeadDiffers.Of(Number(Ledger))]);
        if (Contradicted(head, whole) is { } finding) return Decision<SignedNote>.Refuse([finding]);
        var note = SignedNote.Sign(head.Text, key.Signers(Origin));
        using var connection = _dialect.Open();
        // Two processes may end at the same head: the second finds the first one's note.
        using var write = Hold(connection);
        var known = connection.QuerySingleOrDefault<CheckpointRow>(
            TableMap<CheckpointRow>.Shared.Select + " WHERE ledger = @Ledger AND size = @Size",
                new { Ledger, head.Size }, write);
        // It may stand here alone, signed by a run that ended for want of a standby: it goes out only once it is safe.
        if (known is not null) _dialect.Confirm();
        if (known is not null)
            return SignedNote.TryParse(Bytes(known.Note), out var stands, out _) && stands.Text == note.Text
                ? Decision<SignedNote>.Accept(stands)
                : Decision<SignedNote>.Refuse(
                    [RebuildRules.CheckpointWrong.Of(Number(head.Size), "it says another root")]);
        var batch = _dialect.Batch(connection, write);
        var text = System.Text.Encoding.UTF8.GetString(note.Format());
        batch.Add(TableMap<CheckpointRow>.Shared,
            new CheckpointRow { Ledger = Ledger, Size = head.Size, Note = text }, update: false);
        batch.Flush();
        _dialect.Commit(write);
        return Decision<SignedNote>.Accept(note);
    }

    /// <summary>L8: nothing is signed that contradicts the checkpoint before, or its own leaves.</summary>
    private Finding? Contradicted(Checkpoint head, bool whole)
    {
        var last = LastCheckpoint();
        if (!whole)
            return last is null || Stated(last) is { } stated && GoesOnFrom(stated) ? null : Contradicts(last);
        var hashes = LeafHashes();
        if (_connection.ExecuteScalar<long>("SELECT count(*) FROM log_leaf WHERE ledger = @Ledger",
            new { Ledger }, _view) != head.Size
            || MerkleTree.Root(hashes, 0, head.Size) != head.Root)
            return RebuildRules.HeadDiffers.Of(Number(Ledger));
        if (last is null) return null;
        var fits = Stated(last) is { } before && before.Origin == Origin && before.Size <= head.Size
            && MerkleTree.Root(hashes, 0, before.Size) == before.Root;
        return fits ? null : Contradicts(last);
    }

    private static Checkpoint? Stated(CheckpointRow row) =>
        SignedNote.TryParse(Bytes(row.Note), out var note, out _) && Checkpoint.TryParse(note.Text, out var stated)
        && stated.Size == row.Size ? stated : null;

    private static Finding Contradicts(CheckpointRow last) =>
        RebuildRules.CheckpointWrong.Of(Number(last.Size), "the leaves have another root at this size");

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public void Dispose()
    {
        _view.Dispose();
        _connection.Dispose();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
