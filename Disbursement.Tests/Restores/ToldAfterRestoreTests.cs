using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Host.Cli;
using Disbursement.Tests.Cli;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>What a person is told who runs a restored database: what was not done, and what still holds money up.
/// </summary>
public sealed class ToldAfterRestoreTests
{
    [Fact]
    public void A_tick_before_recover_says_that_nothing_was_done_and_is_refused()
    {
        using var folder = Restored();
        var told = Ends(folder, ExitStatus.Refused, "tick");
        Assert.Contains(RestoreRules.JournalAhead.Code, told, StringComparison.Ordinal);
        Assert.Contains("run recover --journal", told, StringComparison.Ordinal);
        Assert.Contains("nothing was done: ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to do", told, StringComparison.Ordinal);
        Assert.Contains("nothing was done: ", Ends(folder, ExitStatus.Refused, "tick --until-idle"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_that_finds_a_name_taken_ends_as_the_sending_does_and_does_not_call_it_done()
    {
        using var folder = NameTaken("tick");
        var told = Ends(folder, ExitStatus.WorldFailed, "tick");
        Assert.Contains(FileRules.NameTaken.Code, told, StringComparison.Ordinal);
        Assert.Contains("unfinished: file.send 1 (sending.name-taken)", told, StringComparison.Ordinal);
        Assert.DoesNotContain("\nfile.send 1", told, StringComparison.Ordinal);
    }

    /// <summary>The database of before the sending in the place of that after it; the journal stays.</summary>
    private static TranscriptFolder Restored()
    {
        var folder = TranscriptScript.Begin("sealed");
        Before(folder, "ledger.db", () => Ends(folder, ExitStatus.Done, "release send 1"));
        File.Delete(folder.InFolder("./ledger.db.520100.anchor"));
        return folder;
    }

    /// <summary>Database, anchor and journal are of before the sending: only the bank's side knows of the file.
    /// </summary>
    private static TranscriptFolder NameTaken(string sent)
    {
        var folder = TranscriptScript.Begin("built");
        Before(folder, "ledger.db", () => Before(folder, "ledger.db.520100.anchor",
            () => Ends(folder, ExitStatus.Done, sent)));
        File.Delete(folder.InFolder("./send-journal"));
        return folder;
    }

    private static void Before(TranscriptFolder folder, string file, Action history)
    {
        folder.Settle();
        var (path, kept) = (folder.InFolder("./" + file), folder.InFolder("./kept-" + file));
        File.Copy(path, kept);
        history();
        folder.Settle();
        File.Move(kept, path, overwrite: true);
    }

    private static string Ends(TranscriptFolder folder, int status, string line)
    {
        var taken = folder.Run(line, "--lang", "en");
        Assert.True(taken.Status == status, $"{line}: {taken.Status} {taken.Seen}");
        return taken.Seen;
    }
}
