using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Host.Audit;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Cards;

/// <summary>A backup from before the sending of a batch comes back: the bank has each application once.</summary>
public sealed class CardRecoveryTests
{
    private const string Issued = "D|00000001|样例甲|6222020000000000020|0000|";

    public static TheoryData<string, FileState> Backups => new()
    {
        { Engines.Sqlite, FileState.Sealed }, { Engines.Postgres, FileState.Sealed },
        { Engines.Sqlite, FileState.Built }, { Engines.Sqlite, FileState.Withdrawn },
        { Engines.Postgres, FileState.Built },
    };

    [Theory, MemberData(nameof(Backups))]
    public void A_batch_that_the_backup_had_not_sent_is_Unknown_and_its_answer_counts(string engine, FileState state)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        if (state != FileState.Built) month.Seal(batch.Batch);
        var backup = month.Database.Copy();
        Assert.True(month.Deliver(batch.Batch).Accepted);
        Assert.Equal((FileState.Delivered, 1), (month.Batch(batch.Batch).State, month.AtTheBank));
        month.Restore(backup);
        if (state == FileState.Withdrawn) // before anybody looked, somebody took it back
            month.Samples.Done(Clerk, new("card.withdraw", ("batch", batch.Batch)));
        Assert.Equal(state, month.Batch(batch.Batch).State);
        if (state != FileState.Withdrawn)
            Assert.Equal(RestoreRules.JournalAhead, month.Deliver(batch.Batch).Findings[0].Rule);

        var (code, output, errors) = month.Recover();
        Assert.True(code == 0, output + errors);
        Assert.Contains($"card applications {batch.Reference}, 2", output, StringComparison.Ordinal);
        var doubted = month.Batch(batch.Batch);
        Assert.Equal((FileState.Unknown, true, true), (doubted.State, doubted.FirstSentAt is not null,
            doubted.JournalDocument is not null));
        Assert.Equal(0, month.Recover().Code); // nothing new
        Assert.Equal(doubted, month.Batch(batch.Batch));
        // Neither it nor another of the same workers goes to the bank.
        Assert.True(month.Deliver(batch.Batch).Value.Repeat);
        new RefusalOrder(month.Samples)
            .Row(CardRules.NobodyWithout, Clerk, CardMonth.ApplyTo(CardMonth.Project)).Holds();
        Assert.Equal(1, month.AtTheBank);

        month.BankRuns();
        Assert.Empty(month.Received().Refused);
        var after = month.Batch(batch.Batch);
        Assert.Equal((FileState.Reconciled, 1L, 1L), (after.State, after.LinesIssued, after.LinesRefused));
        using var source = new LogSource(month.Database.Dialect);
        var into = new SqliteDialect(Path.Combine(month.Folder, "anew.db"));
        Assert.Empty(new Rebuild(source, into).Run());
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_batch_the_database_has_lost_is_listed_its_number_stays_free_and_its_answer_is_an_exception(
        string engine)
    {
        using var month = new CardMonth(engine);
        var backup = month.Database.Copy();
        var lost = month.Applied();
        Assert.True(month.Deliver(lost.Batch).Accepted);
        month.Restore(backup);
        Assert.Equal(RestoreRules.JournalAhead, Recovery.Refusal(month.Samples.Store,
            new SendJournal(month.Settings.Journal), Ledger)!.Rule);
        Assert.Equal(0, month.Recover().Code);
        var listed = Assert.Single(month.Samples.Ask(v => v.List<JournalledCardsRow>()));
        Assert.Equal((lost.Reference, 2L), (listed.Reference, listed.Lines));

        var again = month.Applied();
        Assert.NotEqual(lost.Batch, again.Batch);
        Assert.NotEqual(lost.Reference[..4], again.Reference[..4]); // an epoch of its own
        Assert.Equal((ExceptionKinds.CardBatchLost, lost.Reference), month.Answered(lost.Reference, "1", Issued));
        Assert.Equal(ExceptionKinds.CardBatchLost, month.RefusedWhole(lost.Reference, "lost-status-1"));
        Assert.True(month.Deliver(again.Batch).Accepted);
        Assert.Equal(FileState.Delivered, month.Batch(again.Batch).State);
    }

    /// <summary>Database and journal come back together: the bank's word is the last witness, as of a file.</summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void An_answer_to_a_batch_never_sent_from_here_holds_every_sending_until_the_journal_names_it(string engine)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        Assert.Equal((ExceptionKinds.NeverSent, batch.Reference), month.Answered(batch.Reference, "1", Issued));
        Assert.Equal(RestoreRules.BankAhead, month.Deliver(batch.Batch).Findings[0].Rule);
        var journal = new SendJournal(month.Settings.Journal);
        journal.Append(Ledger, batch with { Version = 3 }, "x"u8.ToArray());
        Assert.Equal(0, month.Recover().Code);
        Assert.Equal(FileState.Unknown, month.Batch(batch.Batch).State);
        Assert.Null(month.Samples.Ask(v => new Host.Returns.Worklist(v, month.Samples.Moment.At).Open())
            .FirstOrDefault(a => a.Kind == ExceptionKinds.NeverSent));
        Assert.Equal(("", ""), month.Answered(batch.Reference, "2", Issued));
        Assert.Equal((FileState.Accepted, 1L), (month.Batch(batch.Batch).State, month.Batch(batch.Batch).LinesIssued));
    }

    /// <summary>Database and journal come back together from before the sending: the name at the bank's side tells.
    /// </summary>
    [Theory]
    [InlineData(Engines.Sqlite, false)]
    [InlineData(Engines.Sqlite, true)]
    [InlineData(Engines.Postgres, true)]
    public void A_name_that_stands_at_the_bank_s_side_is_not_a_second_batch(string engine, bool isOther)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        month.Seal(batch.Batch);
        var backup = month.Database.Copy();
        Assert.True(month.Deliver(batch.Batch).Accepted);
        month.Restore(backup);
        System.IO.File.Delete(month.Settings.Journal);
        if (isOther) month.Overwrite("another history sealed it with other bytes");

        var told = month.Deliver(batch.Batch);
        Assert.Equal(FileRules.NameTaken, Assert.Single(told.Findings).Rule);
        Assert.Equal(FileState.Unknown, month.Batch(batch.Batch).State);
        var noted = Assert.Single(month.Samples.Ask(v => v.List<BankExceptionRow>()));
        Assert.Equal((ExceptionKinds.NameTaken, batch.Reference), (noted.Kind, noted.Detail));
        Assert.Contains(batch.Reference, ExceptionWords.Say(noted, "", "").Text(chinese: false),
            StringComparison.Ordinal);
        // Its workers are in no second batch, and nothing else goes out until two people know why.
        new RefusalOrder(month.Samples)
            .Row(CardRules.NobodyWithout, Clerk, CardMonth.ApplyTo(CardMonth.Project)).Holds();
        month.Roster(CardMonth.Worker("样例戊", 9, "13800000009"));
        var next = month.Applied();
        Assert.Equal(RestoreRules.BankAhead, month.Deliver(next.Batch).Findings[0].Rule);
        var dismiss = new Engine.Runtime.Command(RestoreDismiss.Name, ("exception", noted.Exception)).With(
            new Engine.Runtime.InputDocument(RestoreResolve.Evidence, "样例: 银行函"u8.ToArray(), Personal: true));
        foreach (var person in new[] { Treasurer, Administrator }) month.Samples.Done(person, dismiss);
        Assert.True(month.Deliver(next.Batch).Accepted);
        using var source = new LogSource(month.Database.Dialect);
        Assert.Empty(new Rebuild(source, new SqliteDialect(Path.Combine(month.Folder, "anew.db"))).Run());
    }

    [Fact]
    public void An_answer_under_our_own_numbering_that_nobody_built_is_ahead_of_us_in_either_form()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        var ahead = batch.Reference[..^1] + "7";
        Assert.Equal((ExceptionKinds.FileAhead, ahead), month.Answered(ahead, "1", Issued));
        Assert.Equal(ExceptionKinds.FileAhead, month.RefusedWhole(ahead, "ahead-status-1"));
        Assert.Equal(ExceptionKinds.UnknownFile, month.Answered("NOBODYS", "2", Issued).Kind);
        Assert.Equal(RestoreRules.BankAhead, month.Deliver(batch.Batch).Findings[0].Rule);
    }

    /// <summary>Cards count as sent too: a journal that is gone is missed though no file went out yet.</summary>
    [Fact]
    public void A_journal_lost_after_cards_went_out_refuses_the_next_sending()
    {
        using var month = new CardMonth();
        Assert.True(month.Deliver(month.Applied().Batch).Accepted);
        month.Roster(CardMonth.Worker("样例戊", 9, "13800000009"));
        var next = month.Applied();
        System.IO.File.Delete(month.Settings.Journal);
        Assert.Equal(RestoreRules.JournalLost, month.Deliver(next.Batch).Findings[0].Rule);
        Assert.Equal(1, month.AtTheBank);
    }
}
