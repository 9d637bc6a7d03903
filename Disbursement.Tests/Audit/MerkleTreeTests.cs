using Disbursement.Engine.Audit;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class MerkleTreeTests
{
    // The eight leaves that certificate-transparency implementations share, and their published roots for 1 to 8
    // leaves.
    private static readonly string[] PublishedLeaves =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] PublishedRoots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly Hash256[] Leaves =
        [.. Enumerable.Range(0, 70).Select(i => MerkleTree.LeafHash([(byte)i, (byte)(i * 3)]))];

    [Fact]
    public void A_frontier_gives_each_earlier_one_from_the_leaves_they_do_not_share()
    {
        var read = 0L;
        for (var size = 0; size <= Leaves.Length; size++)
        {
            var now = Of(size);
            for (var earlier = 0; earlier <= size; earlier++)
            {
                var shared = (int)now.SharedWith(earlier);
                Assert.Equal(Of(earlier).Format(), now.At(earlier, Leaves[shared..size])?.Format());
                if (shared == size) continue;
                Assert.Null(now.At(earlier, Leaves[shared..(size - 1)]));
                Assert.Null(now.At(earlier, Leaves[shared..size].Append(Leaves[0])));
                Assert.Null(now.At(earlier, Leaves[shared..(size - 1)].Append(MerkleTree.EmptyRoot)));
            }
            if (size > 0) read += size - now.SharedWith(size - 1);
        }
        // Two or so a leaf over a log's whole growth, not the log anew for each.
        Assert.InRange(read, Leaves.Length, 8 * Leaves.Length);

        static Frontier Of(int size)
        {
            var frontier = new Frontier();
            foreach (var leaf in Leaves[..size]) frontier.Append(leaf);
            return frontier;
        }
    }

    [Fact]
    public void The_published_roots_come_out()
    {
        var frontier = new Frontier();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", frontier.Root.ToString());
        for (var i = 0; i < 8; i++)
        {
            frontier.Append(MerkleTree.LeafHash(Convert.FromHexString(PublishedLeaves[i])));
            Assert.Equal(PublishedRoots[i], frontier.Root.ToString());
        }
    }

    [Fact]
    public void A_long_leaf_is_hashed_like_a_short_one()
    {
        foreach (var length in new[] { 0, 1, 510, 511, 512, 513, 100_000 })
        {
            var data = new byte[length];
            Assert.Equal(Hash256.Of([0, .. data]), MerkleTree.LeafHash(data));
        }
    }

    [Fact]
    public void The_frontier_agrees_with_the_recursive_definition_at_every_size()
    {
        var frontier = new Frontier();
        for (var n = 0; n <= Leaves.Length; n++)
        {
            Assert.Equal(Naive(Leaves.AsSpan(0, n)), frontier.Root);
            Assert.True(Frontier.TryParse(frontier.Format(), out var read));
            Assert.Equal(frontier.Format(), read.Format());
            if (n == Leaves.Length) break;
            frontier = read;
            frontier.Append(Leaves[n]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("0 ")]
    [InlineData("1 AA")]
    [InlineData("9223372036854775808")]
    [InlineData("0 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("1 6E340B9CFFB37A989CA544E6BB780A2C78901D3FB33738768511A30617AFA01D")]
    public void A_text_that_is_no_frontier_is_refused(string text) => Assert.False(Frontier.TryParse(text, out _));

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proved_and_no_other_in_its_place()
    {
        for (var size = 1; size <= 33; size++)
            for (var index = 0; index < size; index++)
            {
                var root = Naive(Leaves.AsSpan(0, size));
                var path = MerkleTree.InclusionProof(i => Leaves[i], index, size);
                Assert.True(MerkleTree.VerifyInclusion(Leaves[index], index, size, path, root));
                for (var other = -1; other <= size; other++)
                    Assert.Equal(
                        other == index, MerkleTree.VerifyInclusion(Leaves[index], other, size, path, root));
                Assert.False(MerkleTree.VerifyInclusion(Leaves[index + 1], index, size, path, root));
            }
    }

    [Fact]
    public void Every_small_tree_is_proved_a_beginning_of_every_larger_one()
    {
        for (var second = 0; second <= 33; second++)
            for (var first = 0; first <= second; first++)
            {
                var (old, grown) = (Naive(Leaves.AsSpan(0, first)), Naive(Leaves.AsSpan(0, second)));
                var proof = MerkleTree.ConsistencyProof(i => Leaves[i], first, second);
                Assert.True(MerkleTree.VerifyConsistency(first, second, proof, old, grown));
                Assert.False(MerkleTree.VerifyConsistency(first, second, proof, Leaves[40], grown));
                Assert.False(MerkleTree.VerifyConsistency(first, second, [.. proof, Leaves[41]], old, grown));
                if (first > 0) Assert.False(MerkleTree.VerifyConsistency(first, second, proof, old, Leaves[40]));
            }
    }

    public static TheoryData<string, int, int> PathAttacks => new()
    {
        { "empty path", 3, 0 }, { "path cut at the leaf", 3, 1 }, { "path cut at the root", 3, 2 },
        { "hash added at the leaf", 3, 3 }, { "hash added at the root", 3, 4 }, { "two hashes swapped", 3, 5 },
        { "one bit of a sibling flipped", 3, 6 }, { "last leaf, path of its neighbour", 6, 7 },
    };

    [Theory]
    [MemberData(nameof(PathAttacks))]
    public void A_forged_inclusion_path_is_refused(string attack, int index, int kind)
    {
        var root = Naive(Leaves.AsSpan(0, 7));
        var path = MerkleTree.InclusionProof(i => Leaves[i], index, 7).ToList();
        Assert.True(MerkleTree.VerifyInclusion(Leaves[index], index, 7, path, root));
        List<Hash256> forged = kind switch
        {
            0 => [],
            1 => path[1..],
            2 => path[..^1],
            3 => [Leaves[index], .. path],
            4 => [.. path, root],
            5 => [path[1], path[0], .. path[2..]],
            6 => [path[0] with { A = path[0].A ^ 1 }, .. path[1..]],
            _ => [.. MerkleTree.InclusionProof(i => Leaves[i], 5, 7)],
        };
        Assert.False(MerkleTree.VerifyInclusion(Leaves[index], index, 7, forged, root), attack);
    }

    [Fact]
    public void An_inner_node_does_not_pass_for_a_leaf()
    {
        // The second-preimage attack that the 0x00 and 0x01 prefixes are for.
        byte[] children = [.. Leaves[0].ToArray(), .. Leaves[1].ToArray()];
        var root = MerkleTree.NodeHash(Leaves[0], Leaves[1]);
        Assert.False(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(children), 0, 1, [], root));
    }

    [Fact]
    public void A_rewritten_leaf_breaks_the_consistency_of_the_log()
    {
        var rewritten = Leaves.ToArray();
        rewritten[4] = Leaves[60];
        for (var second = 8; second < 20; second++)
        {
            var proof = MerkleTree.ConsistencyProof(i => rewritten[i], 7, second);
            var grown = Naive(rewritten.AsSpan(0, second));
            Assert.False(MerkleTree.VerifyConsistency(7, second, proof, Naive(Leaves.AsSpan(0, 7)), grown));
        }
    }

    [Property(MaxTest = 200)]
    public void Verification_answers_any_input(long index, long size, int hashes)
    {
        var path = Leaves.Take(Math.Abs(hashes % 70)).ToList();
        Assert.False(MerkleTree.VerifyInclusion(Leaves[0], index, size, path, Leaves[69]));
        Assert.False(MerkleTree.VerifyConsistency(index, size, path, Leaves[0], Leaves[69]));
    }

    /// <summary>RFC 6962 §2.1, word for word.</summary>
    private static Hash256 Naive(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.IsEmpty) return Hash256.Of([]);
        if (leaves.Length == 1) return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length) k *= 2;
        return Hash256.Of([1, .. Naive(leaves[..k]).ToArray(), .. Naive(leaves[k..]).ToArray()]);
    }
}
