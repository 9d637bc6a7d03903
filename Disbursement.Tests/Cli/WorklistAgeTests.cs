using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>A worklist ages by the moment a decision would be taken at, and says where that is not the ledger's.
/// </summary>
public sealed class WorklistAgeTests
{
    [Fact]
    public void Without_a_moment_a_ledger_ahead_of_the_clock_ages_by_its_own_last_moment()
    {
        using var folder = TranscriptScript.Begin("unknown");
        folder.At = "2090-02-06T02:00:00Z";
        Assert.Equal(ExitStatus.Done, folder.Run("tick").Status);
        var asked = folder.Run("exception list --kind FileUnknown", "--lang", "en").Output;
        Assert.Contains("23376 days", asked, StringComparison.Ordinal);
        folder.At = "";
        Assert.Equal(asked, folder.Run("exception list --kind FileUnknown", "--lang", "en").Output);
    }

    [Fact]
    public void A_rehearsal_that_stands_days_behind_the_clock_is_told_by_which_of_the_two_it_is_aged()
    {
        using var folder = TranscriptScript.Begin("unknown");
        const string Told = "this rehearsal ledger's last moment is 2026-02-06T01:11:00.000000Z: --at ages by another";
        folder.At = "2026-02-09T02:00:00Z";
        var moved = folder.Run("exception list", "--lang", "en");
        Assert.Contains("3 days", moved.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Told, moved.Seen, StringComparison.Ordinal);
        folder.At = "";
        var told = folder.Run("exception list", "--lang", "en");
        Assert.Contains(Told, told.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Told, told.Output, StringComparison.Ordinal);
    }
}
