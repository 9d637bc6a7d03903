using System.Text;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Disbursement.Host.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Recalls;

/// <summary>A recall on its way to the bank: whatever the call comes to, the same bytes, and nobody is paid by it.
/// </summary>
public sealed class RecallSendingTests : IDisposable
{
    private readonly SampleOutlay _outlay = new() { Chosen = SampleRecall.PayrollOf("iso20022-pain") };
    private readonly DisbursementFileRow _file;

    public RecallSendingTests()
    {
        _file = _outlay.Sealed();
        Assert.True(_outlay.Send(_file.File, SampleRecall.Takes()).Accepted);
    }

    public void Dispose() => _outlay.Dispose();

    [Theory]
    [InlineData(SendOutcome.Delivered, false)]
    [InlineData(SendOutcome.Refused, false)]
    [InlineData(SendOutcome.NotSent, true)]
    [InlineData(SendOutcome.Unknown, true)]
    public void What_is_not_known_to_have_arrived_goes_again_with_the_same_bytes(SendOutcome outcome, bool again)
    {
        var recall = SampleRecall.Decided(_outlay, _file.File, "1,3");
        var bank = new ScriptedTransport((_, _) => new SendResult(outcome, "scripted"));
        foreach (var _ in Enumerable.Range(0, 2)) Assert.True(SampleRecall.Send(_outlay, recall, bank).Accepted);
        Assert.Equal(again ? 2 : 1, bank.Got.Count);
        Assert.Equal([$"{_file.Reference}-recall-1.xml"], bank.Got.Select(g => g.Name).Distinct());
        Assert.Single(bank.Got.Select(g => Convert.ToHexString(g.Body)).Distinct());
        Assert.Equal("", Schemas.Fault("camt.055.001.08", bank.Got[0].Body));
        Assert.Contains($"<OrgnlEndToEndId>{_file.Reference}00000003</OrgnlEndToEndId>",
            Encoding.UTF8.GetString(bank.Got[0].Body),
            StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat($"{outcome}", bank.Got.Count),
            _outlay.Samples.Ask(v => v.List<RecallSendingRow>()).Select(s => $"{s.Result}"));
        Assert.Equal(again, Sending.Outstanding(SampleLedger.Ledger).Count == 1);
    }

    [Fact]
    public void A_recall_that_is_not_answered_in_the_bank_s_time_stands_on_the_worklist()
    {
        var recall = SampleRecall.Decided(_outlay, _file.File, "1,3");
        Assert.True(SampleRecall.Send(_outlay, recall, SampleRecall.Takes()).Accepted);
        using var view = _outlay.Samples.Store.Read(SampleLedger.Ledger);
        var had = view.List<RecallSendingRow>().Single().SentAt;
        Assert.DoesNotContain(new Worklist(view, had).Open(), a => a.Kind == Worklist.RecallUnanswered);
        var waits = Assert.Single(new Worklist(view, had + Duration.FromDays(14)).Open(),
            a => a.Kind == Worklist.RecallUnanswered);
        Assert.Equal((_file.File, recall.TotalFen), (waits.File!.Value, waits.AmountFen));
        Assert.Contains(recall.Reference, waits.Zh, StringComparison.Ordinal);
        Assert.Contains("bank receive", waits.DoEn, StringComparison.Ordinal);
        // As long as a file's, by the same calendar: not before the day after the bank's last one.
        Assert.True(waits.Since > had + Duration.FromDays(1));
    }

    [Fact]
    public void A_call_that_throws_is_unknown_and_one_without_the_journal_is_never_made()
    {
        var recall = SampleRecall.Decided(_outlay, _file.File, "*");
        var bank = new ScriptedTransport((_, _) => throw new IOException("cut"));
        Assert.Equal(SendingResult.Unknown, Sent(SampleRecall.Send(_outlay, recall, bank).Value));
        var kept = _outlay.Settings.Journal + ".kept";
        var never = SampleRecall.Takes();
        // Somebody else writes the journal at this moment.
        using (new FileStream(_outlay.Settings.Journal, FileMode.Open, FileAccess.Read, FileShare.Read))
            Assert.Equal(SendingResult.NotSent, Sent(SampleRecall.Send(_outlay, recall, never).Value));
        // A journal that is gone is not begun anew by a recall: then nobody would miss it.
        File.Move(_outlay.Settings.Journal, kept);
        Refused(RestoreRules.JournalLost, SampleRecall.Send(_outlay, recall, never));
        var step = Assert.Single(new Pump(_outlay.Composition, _outlay.Settings).UntilIdle(SampleLedger.Ledger),
            s => s.Verb == "file.recall");
        Assert.Equal([RestoreRules.JournalLost], step.Findings.Select(f => f.Rule));
        Assert.False(File.Exists(_outlay.Settings.Journal));
        Assert.Empty(never.Got);
        File.Move(kept, _outlay.Settings.Journal);
        // The record is on disk while the bank is called.
        var seen = new ScriptedTransport((_, _) => new SendResult(SendOutcome.Delivered,
            $"{_outlay.Journal.Read().Recalls[^1].Reference}"));
        Assert.Equal(SendingResult.Delivered, Sent(SampleRecall.Send(_outlay, recall, seen).Value));
        Assert.Equal([recall.Reference, recall.Reference], _outlay.Journal.Read().Recalls.Select(r => r.Reference));
        Assert.Contains(recall.Reference, _outlay.Samples.Ask(v => Encoding.UTF8.GetString(v.Vault.Open(
            v.List<RecallSendingRow>()[^1].Document)!)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_sends_what_two_people_decided_and_no_line_moves_by_it()
    {
        var before = (_outlay.File(_file.File), Payroll, _outlay.Balance);
        var recall = SampleRecall.Decided(_outlay, _file.File, "*", "WrongAmount");
        var steps = new Pump(_outlay.Composition, _outlay.Settings).UntilIdle(SampleLedger.Ledger);
        Assert.Contains(steps, s => s is { Verb: "file.recall", Changed: true } && s.Subject == _file.File);
        Assert.True(File.Exists(Path.Combine(_outlay.Settings.Exchange, "iso20022-pain", "to-bank", recall.Name)));
        Assert.DoesNotContain(new Pump(_outlay.Composition, _outlay.Settings).UntilIdle(SampleLedger.Ledger),
            s => s.Verb == "file.recall");
        Assert.Equal(before, (_outlay.File(_file.File), Payroll, _outlay.Balance));
        Assert.Empty(_outlay.Samples.Ask(v => v.List<PaymentOutcomeRow>()));
        var again = new Command("release.plan", ("kind", ReleaseKind.RePayment),
            ("payrolls", $"{_outlay.Payroll.Payroll}"));
        Assert.False(_outlay.Samples.Decide(SampleLedger.Treasurer, again).Accepted);
    }

    [Fact]
    public void A_recall_that_only_the_journal_knows_shows_an_older_database_and_is_listed()
    {
        var recall = SampleRecall.Decided(_outlay, _file.File, "2");
        // Another history asked for row 1 under the number that is the next one here.
        var lost = new JournalledRecall(SampleLedger.Ledger, _file.Profile, _file.Reference, recall.Reference,
            new string('a', 64), "1");
        File.AppendAllText(_outlay.Settings.Journal, JournalText.Format(lost));
        Refused(RestoreRules.JournalAhead, SampleRecall.Send(_outlay, recall, SampleRecall.Takes()));
        var found = Recovery.Compare(_outlay.Composition, _outlay.Journal);
        Assert.Empty(found.Unknown);
        Assert.Equal([lost], found.Recalls);
        var ran = Recovery.Run(_outlay.Composition, SampleLedger.Ledger, found, null,
            command => _outlay.Composition.Runner.Run(SampleLedger.Ledger, command));
        Assert.True(ran.Accepted);
        Assert.Equal("1", Assert.Single(_outlay.Samples.Ask(v => v.List<JournalledRecallRow>())).Rows);
        Assert.Empty(Recovery.Compare(_outlay.Composition, _outlay.Journal).Recalls);
        Assert.True(SampleRecall.Send(_outlay, recall, SampleRecall.Takes()).Accepted);
        Assert.Equal($"{_file.Reference}C02", SampleRecall.Decided(_outlay, _file.File, "3").Reference);
    }

    private static void Refused(RefusalRule rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule.Code, decision.Findings[0].Rule.Code);
    }

    private static SendingResult Sent(Outcome outcome) => ((RecallSendingRow)outcome.Result!).Result;

    private RecallSending Sending => new(_outlay.Composition, _outlay.Settings, _outlay.Journal,
        profile => BankLinks.Of(_outlay.Settings, profile));

    private PayrollRow Payroll => _outlay.Samples.Ask(v => v.Find<PayrollRow>(("payroll", _outlay.Payroll.Payroll)))!;
}
