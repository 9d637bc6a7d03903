using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A send journal that is deleted after files went out is missed, not begun anew without a word.</summary>
public sealed class LostJournalTests
{
    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Nothing_is_sent_until_it_is_back_or_two_people_declare_it_lost(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        Sent(outlay);
        var kept = File.ReadAllBytes(outlay.Settings.Journal);
        File.Delete(outlay.Settings.Journal);
        outlay.Chosen = 1;
        var second = outlay.Sealed();
        Assert.Equal([RestoreRules.JournalLost], Refused(outlay, second.File));
        Assert.False(File.Exists(outlay.Settings.Journal));

        File.WriteAllBytes(outlay.Settings.Journal, kept);
        Assert.Equal(FileState.Delivered, Send(outlay, second.File));
        File.Delete(outlay.Settings.Journal);
        outlay.Chosen = 2;
        var third = outlay.Sealed();
        outlay.Samples.Done(SampleLedger.Treasurer, Declared);
        Assert.Equal([RestoreRules.JournalLost], Refused(outlay, third.File));
        outlay.Samples.Done(SampleLedger.Clerk, Declared);
        Assert.Equal(FileState.Delivered, Send(outlay, third.File));
        Assert.Equal([third.Reference], outlay.Journal.Read().Sends.Select(s => s.Reference));

        // What was declared is the loss of that journal, not of the next one.
        File.Delete(outlay.Settings.Journal);
        outlay.Chosen = 3;
        Assert.Equal([RestoreRules.JournalLost], Refused(outlay, outlay.Sealed().File));
    }

    [Fact]
    public void A_tick_says_so_once_and_does_all_else()
    {
        using var outlay = new SampleOutlay();
        Sent(outlay);
        File.Delete(outlay.Settings.Journal);
        outlay.Chosen = 1;
        outlay.Sealed();
        outlay.Chosen = 2;
        outlay.Credit(outlay.Payroll.DeclaredFen);
        outlay.Plan();
        var steps = new Pump(outlay.Composition, outlay.Settings).UntilIdle(SampleLedger.Ledger);
        Assert.Single(steps, s => s.Findings.Any(f => f.Rule == RestoreRules.JournalLost));
        Assert.Contains(steps, s => s is { Verb: "file.seal", Changed: true });
        Assert.DoesNotContain(steps, s => s is { Verb: "file.send", Changed: true });
    }

    [Fact]
    public void A_journal_that_was_emptied_is_lost_too_but_not_one_whose_first_record_never_was_written()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        outlay.Run("file.send", "file", file.File);
        Assert.NotNull(Recovery.Lost(outlay.Samples.Store, outlay.Journal));
        outlay.Journal.Begin();
        Assert.Null(Recovery.Lost(outlay.Samples.Store, outlay.Journal));
        outlay.Chosen = 1;
        outlay.Run("file.send", "file", outlay.Sealed().File);
        Assert.Equal(RestoreRules.JournalLost, Recovery.Lost(outlay.Samples.Store, outlay.Journal)!.Rule);
    }

    [Fact]
    public void A_first_sending_needs_no_journal_and_one_that_never_left_does_not_make_it_needed()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Assert.Null(Recovery.Lost(outlay.Samples.Store, outlay.Journal));
        Directory.CreateDirectory(outlay.Settings.Journal);
        Assert.Equal(FileState.Sealed, Send(outlay, file.File));
        Directory.Delete(outlay.Settings.Journal);
        Assert.Equal(FileState.Delivered, Send(outlay, file.File));
    }

    private static Command Declared => new Command(RestoreLost.Name)
        .With(new InputDocument(RestoreResolve.Evidence, "样例: 已与银行逐一核对"u8.ToArray(), Personal: true));

    private static void Sent(SampleOutlay outlay) =>
        Assert.Equal(FileState.Delivered, Send(outlay, outlay.Sealed().File));

    private static FileState Send(SampleOutlay outlay, long file) =>
        ((DisbursementFileRow)Try(outlay, file).Value.Result!).State;

    private static IReadOnlyList<Engine.Primitives.RefusalRule> Refused(SampleOutlay outlay, long file) =>
        [.. Try(outlay, file).Findings.Select(f => f.Rule)];

    private static Engine.Primitives.Decision<Outcome> Try(SampleOutlay outlay, long file) =>
        outlay.Send(file, new ScriptedTransport((_, _) => new SendResult(SendOutcome.Delivered, "样例")));
}
