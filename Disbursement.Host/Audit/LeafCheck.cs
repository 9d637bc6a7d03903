using System.Globalization;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Audit;

/// <summary>
/// Reads the leaves of an export once, parsing and hashing in parallel, and holds them against the checkpoint.
/// </summary>
internal sealed class LeafCheck(Checkpoint? head)
{
    // Enough work per batch to keep the cores busy, little enough to keep a million leaves out of memory.
    private const int BatchLeaves = 8192;
    private const int MostFindings = 100;
    private readonly Frontier _frontier = new();
    private readonly List<Finding> _findings = [];

    /// <summary>Documents that leaves name.</summary>
    public HashSet<Hash256> Named { get; } = [];

    /// <summary>Sizes whose roots are wanted, and these roots: what earlier checkpoints are held against.</summary>
    public HashSet<long> Marks { get; } = [];
    public Dictionary<long, Hash256> Roots { get; } = [];

    /// <summary>Leaves read.</summary>
    public long Count => _frontier.Size;

    /// <summary>Reads all leaves; answers what is wrong, at most a hundred findings.</summary>
    public IReadOnlyList<Finding> Read(Stream log) => Read(LeafLog.Read(log));

    /// <summary>The same over stored leaves in the order of their numbers.</summary>
    public IReadOnlyList<Finding> Read(IEnumerable<byte[]?> leaves)
    {
        var checks = new Checked[BatchLeaves];
        foreach (var batch in leaves.Chunk(BatchLeaves))
        {
            Parallel.For(0, batch.Length, i => checks[i] = Check(batch[i]));
            foreach (var check in checks.AsSpan(0, batch.Length)) Take(check);
            if (_findings.Count >= MostFindings) break;
        }
        if (head is null || _frontier.Size != head.Size || _frontier.Root != head.Root)
            _findings.Add(AuditRules.RootDiffers.Of());
        return _findings;
    }

    private readonly record struct Checked(Hash256 Hash, Leaf? Leaf, string Error);

    private static Checked Check(byte[]? bytes)
    {
        if (bytes is null) return new(default, null, "not a log any further");
        var parsed = Leaf.TryParse(bytes, out var leaf, out var error);
        return new(Leaf.HashOf(bytes), parsed ? leaf : null, error);
    }

    private void Take(Checked check)
    {
        var number = (Count + 1).ToString(CultureInfo.InvariantCulture);
        if (check.Leaf is not { } leaf) _findings.Add(AuditRules.LeafMalformed.Of(number, check.Error));
        else
        {
            if (leaf.N != Count + 1 || leaf.Ledger != head?.Ledger) _findings.Add(AuditRules.LeafMisplaced.Of(number));
            foreach (var document in leaf.Inputs) Named.Add(document.Digest);
            foreach (var document in leaf.Outputs) Named.Add(document.Digest);
        }
        _frontier.Append(check.Hash);
        if (Marks.Contains(Count)) Roots[Count] = _frontier.Root;
    }
}
