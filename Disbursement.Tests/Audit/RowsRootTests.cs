using System.Diagnostics;
using System.Text;
using Disbursement.Engine.Audit;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class RowsRootTests
{
    private static readonly byte[][] Rows =
        [.. Enumerable.Range(1, 500).Select(i => Encoding.UTF8.GetBytes($"claim {i} net_fen {i * 100}"))];

    [Fact]
    public void One_row_is_proved_without_the_others()
    {
        var root = Root(Rows);
        foreach (var index in new[] { 0, 1, 255, 256, 499 })
        {
            var path = RowsRoot.Prove(Rows.Select(r => new ReadOnlyMemory<byte>(r)), index);
            Assert.True(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(Rows[index]), index, 500, path, root.Root));
            Assert.False(MerkleTree.VerifyInclusion(
                MerkleTree.LeafHash("claim 1 net_fen 999999"u8), index, 500, path, root.Root));
        }
    }

    [Fact]
    public void The_root_depends_on_order_and_on_where_rows_begin()
    {
        Assert.NotEqual(Root(Rows).Root, Root([.. Rows.Reverse()]).Root);
        Assert.NotEqual(Root(["ab"u8.ToArray(), "c"u8.ToArray()]).Root, Root(["a"u8.ToArray(), "bc"u8.ToArray()]).Root);
        Assert.Equal(MerkleTree.EmptyRoot, Root([]).Root);
    }

    [Fact]
    public void A_million_rows_cost_seconds_at_most_and_no_memory()
    {
        var row = new byte[120];
        var rows = new RowsRoot();
        rows.Add(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 1_000_000; i++)
        {
            BitConverter.TryWriteBytes(row, i);
            rows.Add(row);
        }
        clock.Stop();
        TestContext.Current.TestOutputHelper!.WriteLine($"1,000,000 rows: {clock.ElapsedMilliseconds} ms");
        Assert.Equal(1_000_001, rows.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        // A loaded machine may be slow; more than this is another algorithm.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    private static RowsRoot Root(byte[][] rows)
    {
        var root = new RowsRoot();
        foreach (var row in rows) root.Add(row);
        return root;
    }
}
