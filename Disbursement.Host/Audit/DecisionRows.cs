using Dapper;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>A leaf and its rows of one table, in the order its rows root binds them.</summary>
public sealed record BoundRows(long Leaf, IReadOnlyList<ReadOnlyMemory<byte>> Rows);

/// <summary>
/// Finds the decision that wrote a row, and the rows it wrote beside it. Rows do not name their leaf: rows that share a
/// column are tried first, and count only if a leaf has their very root; otherwise the log is decided again from its
/// beginning until the row appears. Either way the leaf decides, never a guess.
/// </summary>
public static class DecisionRows
{
    /// <summary>Null where no leaf binds a row of these bytes: the row was changed.</summary>
    /// <param name="catalogue">Every adapter the decisions were made with.</param>
    /// <param name="likely">What rows of one decision share, and their order: "payroll = 7 ORDER BY claim".</param>
    public static BoundRows? Find<T>(Dialect dialect, long ledger, T row, BankCatalogue catalogue,
        params ReadOnlySpan<string> likely)
        where T : class, IRow
    {
        var map = TableMap<T>.Shared;
        var wanted = new RowBytes().Of(map, row).ToArray();
        foreach (var condition in likely)
            if (Shared(dialect, ledger, map, condition) is var rows && rows.Exists(r => r.Span.SequenceEqual(wanted))
                && LeafOf(dialect, ledger, map.Name, rows) is { } leaf) return new(leaf, rows);
        return Replayed(dialect, ledger, map.Name, wanted, catalogue);
    }

    private static List<ReadOnlyMemory<byte>> Shared<T>(Dialect dialect, long ledger, TableMap<T> map, string condition)
        where T : class, IRow
    {
        using var connection = dialect.Open();
        var bytes = new RowBytes();
        return [.. connection.Query<T>($"{map.Select} WHERE ledger = @ledger AND {condition}", new { ledger })
            .Select(r => new ReadOnlyMemory<byte>(bytes.Of(map, r).ToArray()))];
    }

    private static long? LeafOf(Dialect dialect, long ledger, string table, List<ReadOnlyMemory<byte>> rows)
    {
        var root = new RowsRoot();
        foreach (var row in rows) root.Add(row.Span);
        var bound = new LeafRows(table, root.Count, root.Root);
        using var log = new LiveLog(dialect, ledger);
        foreach (var stored in log.Leaves())
            if (Leaf.TryParse(stored.Leaf, out var leaf, out _) && leaf.Rows.Contains(bound)) return leaf.N;
        return null;
    }

    private static BoundRows? Replayed(Dialect dialect, long ledger, string table, byte[] wanted,
        BankCatalogue catalogue)
    {
        using var folder = new TemporaryFolder();
        using var source = new LogSource(dialect);
        RowWatch? watch = null;
        var rebuild = new Rebuild(source, new SqliteDialect(folder.File("rebuilt.db")), store =>
            watch = new RowWatch(store, table, wanted), catalogue);
        rebuild.Run(ledger, stop: () => watch!.Rows is not null);
        return watch!.Rows is { } rows && rebuild.Leaves >= watch.Leaf ? new(watch.Leaf, rows) : null;
    }

    /// <summary>The proof of one row under a signed checkpoint, or why there is none.</summary>
    public static Decision<ProofFile> Prove<T>(
        LiveLog log, T row, BoundRows? bound, SignedNote note, IReadOnlyList<NoteKey> keys)
        where T : class, IRow
    {
        var map = TableMap<T>.Shared;
        if (bound is null) return Decision<ProofFile>.Refuse([AuditRules.ProofRow.Of(map.Name)]);
        Invariant.Holds(Checkpoint.TryParse(note.Text, out var head), "a signed checkpoint");
        var wanted = new RowBytes().Of(map, row).ToArray();
        var index = Enumerable.Range(0, bound.Rows.Count).First(i => bound.Rows[i].Span.SequenceEqual(wanted));
        var leaf = log.LeafOf(bound.Leaf).Leaf;
        return Decision<ProofFile>.Accept(new ProofFile(map.Name, index + 1, wanted, RowsRoot.Prove(bound.Rows, index),
            MerkleTree.InclusionProof(log.LeafHashes(), bound.Leaf - 1, head.Size), keys, leaf, note));
    }
}
