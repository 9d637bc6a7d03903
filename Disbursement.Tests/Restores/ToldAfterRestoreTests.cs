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

    /// <summary>specs/crash-safety.md: of a journal that is not where they look they know nothing.</summary>
    [Fact]
    public void Planning_and_funding_ask_the_journal_they_are_given_and_else_the_one_beside_the_database()
    {
        using var folder = Restored();
        string[] asked = ["release plan 1 --as treasurer", "release fund 1 --as treasurer"];
        foreach (var line in asked)
            Assert.Contains(RestoreRules.JournalAhead.Code, Ends(folder, ExitStatus.Refused, line),
                StringComparison.Ordinal);
        File.Move(folder.InFolder("./send-journal"), folder.InFolder("./elsewhere"));
        foreach (var line in asked)
        {
            Ends(folder, ExitStatus.Done, line);
            Assert.Contains(RestoreRules.JournalAhead.Code,
                Ends(folder, ExitStatus.Refused, line + " --journal ./elsewhere"), StringComparison.Ordinal);
        }
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

    [Fact]
    public void Recover_shows_what_the_bank_knows_and_this_database_does_not_and_lets_no_file_go_by_its_words()
    {
        using var folder = NameTaken("release send 1");
        Ends(folder, ExitStatus.WorldFailed, "release send 1");
        var told = Ends(folder, ExitStatus.FoundWrong, "recover");
        Assert.Contains("exception 1 NameTaken: ", told, StringComparison.Ordinal);
        Assert.Contains("recover dismiss 1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is open", told, StringComparison.Ordinal);

        File.WriteAllText(folder.InFolder("./letter.txt"), "样例: 银行函\n");
        foreach (var person in new[] { "treasurer", "supervisor" })
            Ends(folder, ExitStatus.Done, $"recover dismiss 1 --document ./letter.txt --as {person}");
        Assert.Contains("nothing is open: files may be sent", Ends(folder, ExitStatus.Done, "recover"),
            StringComparison.Ordinal);
    }

    /// <summary>specs/operations.md: which anchor may stand beside a database that came back.</summary>
    [Fact]
    public void An_older_anchor_beside_the_older_database_tells_nothing_and_the_newest_one_still_does_afterwards()
    {
        using var folder = TranscriptScript.Begin("sealed");
        var anchor = folder.InFolder("./ledger.db.520100.anchor");
        Before(folder, "ledger.db", () => Before(folder, "ledger.db.520100.anchor", () =>
        {
            Ends(folder, ExitStatus.Done, "release send 1");
            Ends(folder, ExitStatus.Done, "audit checkpoint");
            File.Copy(anchor, folder.InFolder("./auditor.note"));
        }));
        var told = Ends(folder, ExitStatus.Refused, "tick");
        Assert.Contains(RestoreRules.JournalAhead.Code, told, StringComparison.Ordinal);
        Assert.DoesNotContain("audit.anchor", told, StringComparison.Ordinal);
        Ends(folder, ExitStatus.FoundWrong, "recover --as supervisor");
        Assert.False(File.Exists(anchor + ".before-1"));

        File.Copy(folder.InFolder("./auditor.note"), anchor, overwrite: true);
        Assert.Contains("audit.anchor-", Ends(folder, ExitStatus.Refused, "file list"), StringComparison.Ordinal);
        Ends(folder, ExitStatus.FoundWrong, "recover --as supervisor");
        Assert.Equal(File.ReadAllBytes(folder.InFolder("./auditor.note")), File.ReadAllBytes(anchor + ".before-2"));
        Ends(folder, ExitStatus.Done, "file list");
    }

    [Fact]
    public void Recover_goes_on_listing_the_lines_that_two_people_hold()
    {
        using var folder = TranscriptScript.Begin("restored-without-payee");
        File.WriteAllText(folder.InFolder("./letter.txt"), "样例: 银行函\n");
        Assert.Contains("1 lines without their wage here", Ends(folder, ExitStatus.FoundWrong, "recover"),
            StringComparison.Ordinal);
        foreach (var person in new[] { "treasurer", "administrator" })
            Ends(folder, ExitStatus.Done, $"recover resolve 1 held --document ./letter.txt --as {person}");
        const string Held = "1 lines, 300.00 yuan, held by two people: their wages stay locked";
        Assert.Contains(Held, Ends(folder, ExitStatus.FoundWrong, "recover"), StringComparison.Ordinal);
        // Nothing holds up other files any more; these wages are locked all the same.
        foreach (var person in new[] { "treasurer", "administrator" })
            Ends(folder, ExitStatus.Done, $"file resolve 1 refused --document ./letter.txt --as {person}");
        var told = Ends(folder, ExitStatus.Done, "recover");
        Assert.Contains(Held, told, StringComparison.Ordinal);
        Assert.Contains("nothing is open: files may be sent", told, StringComparison.Ordinal);
        Assert.Contains("\"held\"", folder.Run("recover --json").Output, StringComparison.Ordinal);
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
