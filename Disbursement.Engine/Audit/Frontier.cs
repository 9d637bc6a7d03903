using System.Globalization;
using System.Numerics;

namespace Disbursement.Engine.Audit;

/// <summary>
/// The right edge of a growing Merkle tree: the roots of its complete subtrees, largest first, one per bit set in the
/// size. All that is needed to append in O(log n) and to know the root; its text stands in the ledger's head row.
/// </summary>
public sealed class Frontier
{
    private readonly Hash256[] _subtrees = new Hash256[63];
    private int _count;

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root of RFC 6962 over the leaves so far.</summary>
    public Hash256 Root
    {
        get
        {
            if (_count == 0) return MerkleTree.EmptyRoot;
            var root = _subtrees[_count - 1];
            for (var i = _count - 2; i >= 0; i--) root = MerkleTree.NodeHash(_subtrees[i], root);
            return root;
        }
    }

    /// <summary>Adds a leaf's hash (not its bytes).</summary>
    public void Append(Hash256 leafHash)
    {
        // Each trailing 1 of the old size is a complete subtree of equal height to join with, like a carry in addition.
        for (var carries = BitOperations.TrailingZeroCount(~Size); carries > 0; carries--)
            leafHash = MerkleTree.NodeHash(_subtrees[--_count], leafHash);
        _subtrees[_count++] = leafHash;
        Size++;
    }

    /// <summary>
    /// How many of the first leaves stand in subtrees that this tree has whole and had at an earlier size too: what is
    /// held against that size begins behind them. Over a log's growth it is few leaves a time, whatever its length.
    /// </summary>
    public long SharedWith(long earlier)
    {
        if (earlier >= Size) return Size;
        var differing = BitOperations.Log2((ulong)(Size ^ earlier)) + 1;
        return Size >> differing << differing;
    }

    /// <summary>
    /// This tree as it was at an earlier size, which is a proof of consistency: null where the leaves do not lead from
    /// there to here.
    /// </summary>
    /// <param name="earlier">At most <see cref="Size"/>.</param>
    /// <param name="leaves">Hashes of the leaves from <see cref="SharedWith"/> on.</param>
    public Frontier? At(long earlier, IEnumerable<Hash256> leaves)
    {
        var tree = new Frontier { Size = SharedWith(earlier) };
        tree._count = BitOperations.PopCount((ulong)tree.Size);
        Array.Copy(_subtrees, tree._subtrees, tree._count);
        var then = tree.Size == earlier ? tree.Copy() : null;
        foreach (var leaf in leaves)
        {
            tree.Append(leaf);
            if (tree.Size == earlier) then = tree.Copy();
        }
        return tree.Size == Size && tree.Root == Root ? then : null;
    }

    private Frontier Copy()
    {
        var copy = new Frontier { Size = Size, _count = _count };
        Array.Copy(_subtrees, copy._subtrees, _count);
        return copy;
    }

    /// <summary>"SIZE hex hex …", largest subtree first; "0" for an empty tree.</summary>
    public string Format() =>
        string.Join(' ', _subtrees.Take(_count).Select(h => h.ToString()).Prepend(
            Size.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="Format"/> writes and nothing else.</summary>
    public static bool TryParse(string text, out Frontier frontier)
    {
        frontier = new();
        var words = text.Split(' ');
        if (!AuditText.TryNumber(words[0], 0, out var size)) return false;
        if (words.Length - 1 != BitOperations.PopCount((ulong)size)) return false;
        foreach (var word in words.Skip(1))
        {
            if (!Hash256.TryParseHex(word, out var hash)) return false;
            frontier._subtrees[frontier._count++] = hash;
        }
        frontier.Size = size;
        return true;
    }
}
