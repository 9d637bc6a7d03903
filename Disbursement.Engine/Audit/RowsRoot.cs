namespace Disbursement.Engine.Audit;

/// <summary>
/// Binds a leaf to the rows of its decision: the Merkle root over their canonical bytes, in order. Rows are added
/// one by one and not kept, so a decision of a million rows costs no memory, and later one row can be proved without
/// the others.
/// </summary>
public sealed class RowsRoot
{
    private readonly Frontier _frontier = new();

    /// <summary>Rows so far.</summary>
    public long Count => _frontier.Size;

    /// <summary>The root over the rows so far.</summary>
    public Hash256 Root => _frontier.Root;

    /// <summary>Adds the next row by its canonical bytes.</summary>
    public void Add(ReadOnlySpan<byte> row) => _frontier.Append(MerkleTree.LeafHash(row));

    /// <summary>
    /// The path from the row at an index (from 0) to the root, given all rows of the decision in their order.
    /// </summary>
    public static IReadOnlyList<Hash256> Prove(IEnumerable<ReadOnlyMemory<byte>> rows, int index)
    {
        var hashes = rows.Select(row => MerkleTree.LeafHash(row.Span)).ToList();
        return MerkleTree.InclusionProof(i => hashes[(int)i], index, hashes.Count);
    }
}
