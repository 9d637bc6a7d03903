using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class LeafTests
{
    private static readonly Hash256 Digest = Hash256.Of("sheet"u8);

    private static readonly Leaf Sample = new("520100", 17, Instant.FromUtc(2026, 1, 31, 8, 0), "payroll.approve/1")
    {
        Arguments = [new("payroll", "12"), new("reason", "100% 补发\n第二行 ")],
        Inputs = [new("approval", Digest), new("approval", Hash256.Of([]))],
        Outputs = [new("sealed", Digest)],
        Rows = [new("wage_claim", 500, Digest), new("payment", 0, MerkleTree.EmptyRoot)],
        Counts = [new("paid_fen", 123450), new("difference_fen", -5)],
    };

    [Fact]
    public void A_leaf_is_written_as_the_specification_shows_it()
    {
        var expected = $"""
            disburse-leaf/1
            ledger 520100
            n 17
            at 2026-01-31T08:00:00.000000Z
            decider payroll.approve/1
            arg payroll 12
            arg reason 100%25 补发%0A第二行{" "}
            input approval {Digest}
            input approval {Hash256.Of([])}
            output sealed {Digest}
            rows wage_claim 500 {Digest}
            rows payment 0 {MerkleTree.EmptyRoot}
            count paid_fen 123450
            count difference_fen -5

            """;
        Assert.Equal(expected, Encoding.UTF8.GetString(Sample.Format()));
    }

    [Fact]
    public void What_is_written_is_read_back_whole()
    {
        Assert.True(Leaf.TryParse(Sample.Format(), out var read, out _));
        Assert.Equal(Sample.Arguments, read.Arguments);
        Assert.Equal(Sample.Inputs, read.Inputs);
        Assert.Equal(Sample.Outputs, read.Outputs);
        Assert.Equal(Sample.Rows, read.Rows);
        Assert.Equal(Sample.Counts, read.Counts);
        Assert.Equal((Sample.Ledger, Sample.N, Sample.At, Sample.Decider),
            (read.Ledger, read.N, read.At, read.Decider));
    }

    [Property(MaxTest = 200)]
    public void Any_argument_comes_back(string? value)
    {
        // Text that is no Unicode (half a surrogate pair) cannot be stored anywhere, so it does not get this far.
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value ?? ""));
        var bytes = (Sample with { Arguments = [new("text", text)] }).Format();
        Assert.True(Leaf.TryParse(bytes, out var read, out var error), error);
        Assert.Equal(text, read.Arguments[0].Value);
    }

    [Property(MaxTest = 500)]
    public void Whatever_changed_bytes_are_accepted_are_written_the_same(int place, byte value)
    {
        var bytes = Sample.Format();
        bytes[(place & int.MaxValue) % bytes.Length] = value;
        if (Leaf.TryParse(bytes, out var leaf, out var error)) Assert.Equal(bytes, leaf.Format());
        else Assert.NotEmpty(error);
    }

    [Property(MaxTest = 200)]
    public void Any_bytes_are_answered(byte[] bytes) => Assert.False(Leaf.TryParse(bytes, out _, out _));

    [Theory]
    [InlineData("n 17", "n 0", "line 3")]
    [InlineData("n 17", "n 017", "line 3")]
    [InlineData("n 17", "n +17", "line 3")]
    [InlineData("ledger 520100", "ledger ", "line 2")]
    [InlineData("00.000000Z", "00Z", "line 4")]
    [InlineData("00.000000Z", "00.000000+00:00", "line 4")]
    [InlineData("00.000000Z", "60.000000Z", "line 4")]
    [InlineData("decider payroll", "decider pay roll", "line 5")]
    [InlineData("arg payroll 12", "arg payroll", "line 6")]
    [InlineData("arg reason", "arg payroll", "line 7: payroll stands twice")]
    [InlineData("100%25", "100%", "line 7")]
    [InlineData("100%25", "%31%30%30%25", "line 7")]
    [InlineData("%0A", "%0a", "line 7")]
    [InlineData("output sealed", "input sealed", "")]
    [InlineData("output sealed", "arg sealed", "line 10")]
    [InlineData("rows payment 0", "rows wage_claim 0", "line 12")]
    [InlineData("rows payment 0", "rows payment -1", "line 12")]
    [InlineData("count paid_fen 123450", "count paid_fen 123,450", "line 13")]
    [InlineData("difference_fen -5", "difference_fen -0", "line 14")]
    [InlineData("disburse-leaf/1\n", "disburse-leaf/1\r\n", "line 1")]
    [InlineData("count difference_fen -5\n", "count difference_fen -5", "the last line")]
    [InlineData("count difference_fen -5\n", "count difference_fen -5\n\n", "line 15")]
    public void Another_spelling_is_refused_with_its_line(string from, string to, string error)
    {
        var text = Encoding.UTF8.GetString(Sample.Format());
        var changed = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        Assert.NotEqual(text, Encoding.UTF8.GetString(changed));
        Assert.Equal(error.Length == 0, Leaf.TryParse(changed, out _, out var found));
        Assert.StartsWith(error, found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_that_could_not_be_read_back_is_a_defect()
    {
        Assert.Throws<DefectException>(() => (Sample with { N = 0 }).Format());
        Assert.Throws<DefectException>(() => (Sample with { Decider = "two words" }).Format());
        Assert.Throws<DefectException>(() => (Sample with { Counts = [new("a\nb", 1)] }).Format());
        Assert.Throws<DefectException>(() => (Sample with { Decider = "a/1\narg forged 1" }).Format());
        Assert.Throws<DefectException>(() => (Sample with { At = Sample.At.PlusNanoseconds(1) }).Format());
    }
}
