using Disbursement.Engine.Files;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>The disk of the database, the journal, the exchange, the anchor is full while files go out.</summary>
public sealed class DiskFullTests(PreparedMorning prepared) : IClassFixture<PreparedMorning>
{
    /// <summary>So that the disk fills in one decision after another, and between a call and its outcome.</summary>
    private static readonly int[] s_room = [0, 40_000, 70_000, 100_000, 150_000, 200_000, 300_000];

    [Fact]
    public void A_full_disk_under_the_database_ends_in_words_and_nothing_is_half_done()
    {
        var morning = prepared.Copy();
        var failed = 0;
        foreach (var room in s_room)
        {
            var (code, output, errors) = Run(morning, Path.Combine(morning.Root, "data/"), room);
            if (code == 0) break;
            failed++;
            Assert.True(code == 4, $"{room}: {code} {output}{errors}");
            Assert.Contains("the disk of the database sqlite:/", errors, StringComparison.Ordinal);
            Assert.Contains("run the same again", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
        Assert.InRange(failed, 2, s_room.Length);
        morning.GoesOn();
        var (rebuilt, differences, trouble) = Disburse.Run("audit", "rebuild", "--db", morning.Database);
        Assert.True(rebuilt == 0, differences + trouble);
    }

    /// <summary>No record, no call: the file stays Sealed; a record that was cut short is of nothing sent.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void A_full_disk_under_the_journal_sends_nothing(int room)
    {
        var morning = prepared.Copy();
        var (code, output, errors) = Run(morning, morning.Journal.Path, room);
        Assert.True(code == 4, $"{code}: {output}{errors}");
        Assert.Contains(FileRules.NotSent.Code, errors, StringComparison.Ordinal);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
        Assert.Contains("send-journal", output + errors, StringComparison.Ordinal);
        Assert.Equal(3, morning.Files(FileState.Sealed).Count);
        Assert.Empty(morning.Standing());
        morning.GoesOn();
        Assert.Equal(room > 0 ? 1 : 0, morning.Journal.Read().Torn);
    }

    /// <summary>What was written beside the name of a file is no file: it stays Sealed and goes another time.</summary>
    [Fact]
    public void A_full_disk_under_the_exchange_sends_nothing()
    {
        var morning = prepared.Copy();
        var (code, output, errors) = Run(morning, Path.Combine(morning.Root, "exchange/"), 600);
        Assert.True(code == 4, $"{code}: {output}{errors}");
        Assert.Contains(FileRules.NotSent.Code, errors, StringComparison.Ordinal);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
        Assert.Equal(3, morning.Files(FileState.Sealed).Count);
        Assert.Empty(morning.Standing());
        morning.GoesOn();
    }

    [Fact]
    public void A_full_disk_under_the_anchor_is_told_and_the_next_decision_moves_it()
    {
        var morning = prepared.Copy();
        var anchor = Path.Combine(morning.Root, "disburse.anchor");
        var before = File.ReadAllText(anchor);
        var (code, output, errors) =
            Disburse.RunWith(OuterWorld.Full(anchor), morning.Words(["release", "fund", "1"]));
        Assert.True(code == 4, $"{code}: {output}{errors}");
        Assert.Contains("the anchor was not moved", errors, StringComparison.Ordinal);
        Assert.Contains("run the same again", errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(anchor));
        morning.GoesOn();
        Assert.NotEqual(before, File.ReadAllText(anchor));
    }

    private static (int Code, string Output, string Errors) Run(SendingMorning morning, string under, int room) =>
        Disburse.RunWith(OuterWorld.Full(under, room), morning.Words(["tick"]));
}
