using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace Disbursement.Engine.Audit;

/// <summary>
/// The Merkle tree of RFC 6962 §2.1 over SHA-256: a leaf is hashed behind 0x00, a node behind 0x01, so that neither can
/// pass for the other. Leaves are indexed from 0. Proofs are made here and checked as RFC 9162 §2.1.3.2 and
/// §2.1.4.2 say.
/// </summary>
public static class MerkleTree
{
    /// <summary>The root of a tree without leaves: the hash of no bytes.</summary>
    public static readonly Hash256 EmptyRoot = Hash256.Of([]);

    // Rows and leaves are short; longer ones take a rented buffer, so that the stack stays small.
    private const int OnStackBytes = 512;

    /// <summary>The hash of one leaf's bytes.</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> data)
    {
        var length = data.Length + 1;
        var rented = length > OnStackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> buffer = rented ?? stackalloc byte[OnStackBytes];
        buffer[0] = 0x00;
        data.CopyTo(buffer[1..]);
        var hash = Hash256.Of(buffer[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of a node from its children.</summary>
    public static Hash256 NodeHash(Hash256 left, Hash256 right)
    {
        Span<byte> buffer = stackalloc byte[1 + 2 * Hash256.Length];
        buffer[0] = 0x01;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash256.Length)..]);
        return Hash256.Of(buffer);
    }

    /// <summary>The root over the leaf hashes from one index to before another.</summary>
    public static Hash256 Root(Func<long, Hash256> leafAt, long from, long to)
    {
        var frontier = new Frontier();
        for (var i = from; i < to; i++) frontier.Append(leafAt(i));
        return frontier.Root;
    }

    /// <summary>Audit path of the leaf at <paramref name="index"/> in the tree of <paramref name="size"/> leaves,
    /// nearest sibling first.</summary>
    public static IReadOnlyList<Hash256> InclusionProof(Func<long, Hash256> leafAt, long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var siblings = new List<Hash256>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + LeftSize(to - from);
            if (index < middle)
            {
                siblings.Add(Root(leafAt, middle, to));
                to = middle;
            }
            else
            {
                siblings.Add(Root(leafAt, from, middle));
                from = middle;
            }
        }
        siblings.Reverse();
        return siblings;
    }

    /// <summary>Proof that the tree of <paramref name="first"/> leaves is a beginning of the tree of
    /// <paramref name="second"/>. Empty where that needs no proof: equal sizes, or nothing before.</summary>
    public static IReadOnlyList<Hash256> ConsistencyProof(Func<long, Hash256> leafAt, long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<Hash256>();
        if (first == 0 || first == second) return proof;
        var (from, to) = (0L, second);
        while (first != to)
        {
            var middle = from + LeftSize(to - from);
            if (first <= middle)
            {
                proof.Add(Root(leafAt, middle, to));
                to = middle;
            }
            else
            {
                proof.Add(Root(leafAt, from, middle));
                from = middle;
            }
        }
        // A first tree that is one whole subtree is known by its own root; otherwise its last subtree is needed too.
        if (from != 0) proof.Add(Root(leafAt, from, to));
        proof.Reverse();
        return proof;
    }

    /// <summary>
    /// Whether the path leads from the leaf hash at the index to the root. Total: any input gives yes or no.
    /// </summary>
    public static bool VerifyInclusion(
        Hash256 leaf, long index, long size, IReadOnlyList<Hash256> path, Hash256 root)
    {
        if (index < 0 || index >= size) return false;
        var (at, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = NodeHash(sibling, hash);
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else hash = NodeHash(hash, sibling);
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }

    /// <summary>Whether the proof shows the first tree to be a beginning of the second. Total.</summary>
    public static bool VerifyConsistency(
        long first, long second, IReadOnlyList<Hash256> proof, Hash256 firstRoot, Hash256 secondRoot)
    {
        if (first < 0 || first > second) return false;
        if (first == second) return proof.Count == 0 && firstRoot == secondRoot;
        if (first == 0) return proof.Count == 0 && firstRoot == EmptyRoot;
        var (at, last) = (first - 1, second - 1);
        while ((at & 1) == 1) (at, last) = (at >> 1, last >> 1);
        var whole = BitOperations.IsPow2(first);
        if (!whole && proof.Count == 0) return false;
        var (old, grown) = whole ? (firstRoot, firstRoot) : (proof[0], proof[0]);
        foreach (var hash in proof.Skip(whole ? 0 : 1))
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                (old, grown) = (NodeHash(hash, old), NodeHash(hash, grown));
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else grown = NodeHash(grown, hash);
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && old == firstRoot && grown == secondRoot;
    }

    /// <summary>Leaves in the left subtree: the largest power of two below the size.</summary>
    private static long LeftSize(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
