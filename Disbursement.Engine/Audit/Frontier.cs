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
