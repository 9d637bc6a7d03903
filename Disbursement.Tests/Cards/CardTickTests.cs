using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Cli;
using Disbursement.Host.Jobs;
using Disbursement.Host.Storage;
using Disbursement.Tests.Cli;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Cards;

/// <summary>tick takes batches of cards to their bank as it does files, and after them.</summary>
public sealed class CardTickTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_batch_that_was_applied_for_goes_once_and_a_sending_that_died_is_Unknown(string engine)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        Assert.Contains(Ticked(month), s => (s.Verb, s.Subject, s.Changed) == ("card.send", batch.Batch, true));
        Assert.Equal((FileState.Delivered, 1), (month.Batch(batch.Batch).State, month.AtTheBank));
        Assert.DoesNotContain(Ticked(month), s => s.Verb == "card.send");

        month.Roster(CardMonth.Worker("样例戊", 9, "13800000009"));
        var dies = month.Applied();
        month.Samples.Done("", new Command("card.seal", ("batch", dies.Batch))
            .With(new InputDocument(CardSending.Body, "x"u8.ToArray())));
        month.Samples.Done("", new Command("card.send", ("batch", dies.Batch)));
        Ticked(month);
        Assert.Equal(FileState.Sending, month.Batch(dies.Batch).State);
        month.Samples.Moment.At += FileSend.Lease;
        Assert.Contains(Ticked(month), s => s.Verb == "card.expire-lease");
        Assert.Equal((FileState.Unknown, 1), (month.Batch(dies.Batch).State, month.AtTheBank));
    }

    [Fact]
    public void A_lost_journal_is_said_once_and_nothing_goes()
    {
        using var month = new CardMonth();
        Ticked(month, month.Applied());
        month.Roster(CardMonth.Worker("样例戊", 9, "13800000009"));
        var next = month.Applied();
        File.Delete(month.Settings.Journal);
        var told = Assert.Single(new Pump(month.Samples.Composition, month.Settings).Tick(SampleLedger.Ledger),
            s => s.Findings.Any(f => f.Rule == RestoreRules.JournalLost));
        Assert.Equal(("card.send", 0L), (told.Verb, told.Subject));
        Assert.Equal((FileState.Built, 1), (month.Batch(next.Batch).State, month.AtTheBank));
    }

    [Fact]
    public void A_batch_that_cannot_be_written_stops_no_wage()
    {
        using var folder = TranscriptScript.Begin("built-and-carded");
        folder.Sql("DROP TRIGGER subject_key_kept; DELETE FROM subject_key WHERE subject = 'worker/5'");
        var taken = folder.Run("tick --until-idle", "--lang", "en");
        Assert.Equal(ExitStatus.FoundWrong, taken.Status);
        Assert.Contains(CardRules.NotEncodable.Code, taken.Seen, StringComparison.Ordinal);
        Assert.Equal([FileState.Delivered], Rows<DisbursementFileRow>(folder).Select(f => f.State));
        Assert.Equal([FileState.Built], Rows<CardBatchRow>(folder).Select(b => b.State));
    }

    private static IReadOnlyList<PumpStep> Ticked(CardMonth month, CardBatchRow? sent = null)
    {
        var steps = new Pump(month.Samples.Composition, month.Settings).UntilIdle(SampleLedger.Ledger);
        if (sent is not null) Assert.Equal(FileState.Delivered, month.Batch(sent.Batch).State);
        return steps;
    }

    private static IReadOnlyList<T> Rows<T>(TranscriptFolder folder) where T : class, IRow
    {
        using var view = new LedgerStore(new SqliteDialect(folder.InFolder("./ledger.db")))
            .Read(TranscriptFolder.Ledger);
        return view.List<T>();
    }
}
