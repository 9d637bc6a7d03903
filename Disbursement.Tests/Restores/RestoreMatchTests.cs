using System.Text;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Recalls;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>What cannot be matched at once: unknown wages, two journalled attempts of one wage, messages too
/// early.</summary>
public class RestoreMatchTests
{
    private static readonly InputDocument Letter =
        new(FileResolve.Evidence, "样例: 银行函"u8.ToArray(), Personal: true);

    [Fact]
    public void A_wage_nobody_here_knows_is_listed_and_holds_every_sending_until_two_people_decide()
    {
        using var outlay = new SampleOutlay();
        var waiting = outlay.Sealed();
        var rows = outlay.Samples.Ask(v => FileRows.ClaimsOf(v, waiting.File));
        Begin(outlay, "R001", Record(outlay, waiting, 900, [.. rows.Take(2).Select(r => r with { Worker = "00ff" })]));
        var open = Assert.Single(Open(outlay));
        Assert.Equal(("Unknown", 2L, 900L), (open.State, open.LinesWaiting, open.File));
        Refused(RestoreRules.ListOpen, outlay.Try("file.send", "file", waiting.File));
        Refused(RestoreRules.LinesWait, outlay.Samples.Decide(SampleLedger.Treasurer, Resolve(open.File, "absent")));

        outlay.Samples.Done(SampleLedger.Treasurer, Settle(open.Send, "absent"));
        Assert.Equal(2, Assert.Single(Open(outlay)).LinesWaiting);
        outlay.Samples.Done(SampleLedger.Administrator, Settle(open.Send, "absent"));
        Assert.Equal(0, Assert.Single(Open(outlay)).LinesWaiting);
        Refused(RestoreRules.NothingWaits, outlay.Samples.Decide(SampleLedger.Treasurer, Settle(open.Send, "held")));
        // Its bytes are lost: proved absent it is given up, never sent again.
        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            outlay.Samples.Done(person, Resolve(open.File, "absent"));
        Assert.Equal(FileState.Withdrawn, outlay.File(open.File).State);
        Assert.Empty(Open(outlay));
        Assert.True(outlay.Run("file.send", "file", waiting.File).Leaf > 0);
        // The next file is numbered beyond what the journal showed.
        Assert.Contains("file=900", outlay.Composition.Store.Ledgers()[0].Counters, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_file_of_which_a_row_has_no_payment_here_can_be_called_back_whole(string engine)
    {
        using var outlay = new SampleOutlay(engine) { Chosen = SampleRecall.PayrollOf("iso20022-pain") };
        var file = outlay.Sealed();
        var rows = outlay.Samples.Ask(v => FileRows.ClaimsOf(v, file.File));
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", file.File)));
        Begin(outlay, "R001", Record(outlay, file, 901, [rows[0] with { Worker = "00ff" }, rows[1]]));
        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            outlay.Samples.Done(person, Settle(Assert.Single(Open(outlay)).Send, "absent"));
        Assert.Single(outlay.Samples.Ask(v => v.List<PaymentRow>(("file", 901L))));
        var recall = SampleRecall.Decided(outlay, 901, "*");
        Assert.Equal((2, rows[0].Fen + rows[1].Fen), (recall.Lines, recall.TotalFen));
    }

    [Fact]
    public void Of_two_journalled_attempts_of_one_wage_the_second_waits_locked_for_the_death_of_the_first()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var row = outlay.Samples.Ask(v => FileRows.ClaimsOf(v, file.File))[0];
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", file.File)));
        Begin(outlay, "R001", Record(outlay, file, 901, [row]) + Record(outlay, file, 902, [row]));
        Assert.Equal([0L, 1L], Open(outlay).Select(o => o.LinesWaiting));
        var claim = Assert.Single(outlay.Samples.Ask(v => v.List<PaymentRow>(("file", 901L)))).Claim;

        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            outlay.Samples.Done(person, Resolve(901, "refused"));
        // Unpaid for a moment, and nobody else's: the second attempt went out as well.
        Refused(RestoreRules.ClaimLocked, outlay.Samples.Decide(SampleLedger.Treasurer,
            new Command("claim.void", ("claim", claim)).With(new InputDocument(ClaimVoid.Input, new byte[] { 1 }))));
        Match(outlay);
        Assert.Equal(claim, Assert.Single(outlay.Samples.Ask(v => v.List<PaymentRow>(("file", 902L)))).Claim);
        Assert.Equal(("Unknown", 0L), (Open(outlay).Single().State, Open(outlay).Single().LinesWaiting));
    }

    [Fact]
    public void A_word_of_the_bank_about_a_row_without_its_payment_waits_and_is_kept()
    {
        using var rig = new MoneyRig();
        var claims = new[] { new JournalledClaim("lost", "lost", "2026-01-01/2026-01-31", 0, 1, "00ff", "00ff", 100) };
        var file = rig.TheFile;
        rig.Run(new Command("restore.begin", ("epoch", "R001")).With(new InputDocument(RestoreBegin.Journal,
            Encoding.UTF8.GetBytes(JournalText.Format(new JournalledSend(MoneyRig.Ledger, file.Account, file.Profile, 0,
                file.Reference, "ab", 1, 100, "0a", claims))))));
        var message = rig.Keep($"{MoneyRig.Reference}-result-9.txt",
            "[BatchPayDetail]\n查询时间:2026-03-13\n批次号:SAMPLE\n批次状态:处理成功\n"
            + "银行反馈信息:\n序号|币种|收款账号|收款单位名称|金额|网上银行状态|银行反馈信息\n");
        var applied = rig.Runner.Run(MoneyRig.Ledger,
            new Command("bank.apply", ("message", message.Message), ("from", 0)));
        Refused(RestoreRules.MessageWaits, applied);
    }

    [Fact]
    public void A_record_nobody_can_read_and_an_epoch_used_before_are_refused()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var row = outlay.Samples.Ask(v => FileRows.ClaimsOf(v, file.File))[0];
        var record = Record(outlay, file, 900, [row]);
        Refused(RestoreRules.JournalForm, Asked(outlay, "R001", record[..^20]));
        Refused(RestoreRules.EpochTaken, Asked(outlay, outlay.Composition.Store.Ledgers()[0].Epoch, record));
    }

    [Fact]
    public void The_text_of_a_record_reads_back_whatever_a_code_holds_and_a_later_form_is_not_torn()
    {
        var send = new JournalledSend(1, 2, "p", Engine.Accounts.ReleaseKind.Advance, "r1", "ab", 1, 5, "0a",
            [new JournalledClaim("a b%20\n样例", "e", "2026-01-01/2026-01-31", 0, 1, "00", "ff", 5)]);
        var read = JournalText.Read(JournalText.Format(send).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(send.Claims, Assert.Single(read.Sends).Claims);
        var later = JournalText.Format(send).Replace("send 3", "send 4", StringComparison.Ordinal);
        var before = later[..(later.IndexOf("\nend ", StringComparison.Ordinal) + 1)];
        var sum = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(before)));
        var foreign = JournalText.Read((before + "end " + sum).Split('\n'));
        Assert.Equal((0, 0, 1), (foreign.Sends.Count, foreign.Torn, foreign.Foreign));
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_named_by_its_number_and_itself()
    {
        var send = new JournalledSend(1, 2, "p", Engine.Accounts.ReleaseKind.Advance, "r1", "ab", 1, 5, "0a",
            [new JournalledClaim("a", "e", "2026-01-01/2026-01-31", 0, 1, "00", "ff", 5)]);
        var good = JournalText.Format(send);
        var bad = Summed(good[..(good.IndexOf("\nend ", StringComparison.Ordinal) + 1)]
            .Replace("2026-01-01/2026-01-31", "January", StringComparison.Ordinal));
        var later = Summed("send 4 " + new string('x', 200) + "\n");
        var lines = (good + bad + later + "send 3 torn\n" + good).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var reading = JournalText.Read(lines);
        Assert.Equal([5L, 7L], reading.ForeignLines.Select(l => l.Line));
        Assert.Equal("claim a e January 0 1 00 ff 5", reading.ForeignLines[0].Text);
        Assert.Equal("send 4 " + new string('x', 73) + "…", reading.ForeignLines[1].Text);
        Assert.Equal(new JournalledLine(9, "send 3 torn"), Assert.Single(reading.TornLines));
        Assert.Equal(2, reading.Sends.Count);
    }

    private static string Summed(string before)
    {
        var sum = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(before));
        return $"{before}end {Convert.ToHexStringLower(sum)}\n";
    }

    private static string Record(
        SampleOutlay outlay, DisbursementFileRow file, long number, JournalledClaim[] claims) =>
        JournalText.Format(new JournalledSend(SampleLedger.Ledger, outlay.Account, file.Profile,
            Engine.Accounts.ReleaseKind.Ordinary, FileReference.Of("ROLD", SampleLedger.Ledger, number, 20),
            $"{number:x4}", claims.Length, claims.Sum(c => c.Fen), $"{number:x4}", claims));

    private static Decision<Outcome> Asked(SampleOutlay outlay, string epoch, string records) =>
        outlay.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.begin", ("epoch", epoch))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(records))));

    private static void Begin(SampleOutlay outlay, string epoch, string records)
    {
        Assert.True(Asked(outlay, epoch, records).Accepted);
        Match(outlay);
    }

    private static void Match(SampleOutlay outlay) =>
        Assert.True(outlay.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.match")).Accepted);

    private static IReadOnlyList<OpenSend> Open(SampleOutlay outlay) => outlay.Samples.Ask(v => v.Queries.OpenSends());

    private static Command Resolve(long file, string outcome) =>
        new Command("file.resolve", ("file", file), ("outcome", outcome)).With(Letter);

    private static Command Settle(long send, string outcome) =>
        new Command("restore.resolve", ("send", send), ("outcome", outcome))
            .With(Letter with { Kind = RestoreResolve.Evidence });

    private static void Refused(RefusalRule rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule.Code, decision.Findings[0].Rule.Code);
    }
}
