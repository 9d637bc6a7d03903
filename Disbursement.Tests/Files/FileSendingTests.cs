using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>Every step of a sending fails twice: it did not happen, and it happened but the answer was lost.</summary>
public class FileSendingTests
{
    private static readonly ScriptedTransport Willing = new((_, _) => new SendResult(SendOutcome.Delivered, "taken"));

    [Fact]
    public void A_sent_file_is_delivered_journalled_and_has_the_sealed_bytes()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var bank = Bank(SendOutcome.Delivered);
        Assert.True(outlay.Send(file.File, bank).Accepted);
        var sent = outlay.File(file.File);
        Assert.Equal(FileState.Delivered, sent.State);
        Assert.Null(sent.LeaseUntil);
        Assert.True(sent.AnswerBy > sent.FirstSentAt);
        var bytes = outlay.Samples.Ask(v => v.Vault.Open(sent.SealedDocument!));
        Assert.Equal(bytes, bank.Got.Single().Body);
        var journalled = Assert.Single(outlay.Journal.Read().Sends);
        Assert.Equal((file.Reference, file.Lines, file.TotalFen), (journalled.Reference, journalled.Lines, journalled.TotalFen));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes!)), journalled.Digest);
        Assert.Equal(file.TotalFen, journalled.Claims.Sum(c => c.Fen));
    }

    [Fact]
    public void The_process_dies_after_Sending_before_the_journal_and_only_evidence_frees_the_file()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        // As every sending does before it is committed.
        outlay.Journal.Begin();
        outlay.Run("file.send", "file", file.File);
        Refused(MachineRules.NoArrow, outlay.Send(file.File, Willing));
        Refused(FileRules.LeaseRuns, outlay.Try("file.expire-lease", "file", file.File));
        outlay.Samples.Moment.At += Duration.FromMinutes(11);
        outlay.Run("file.expire-lease", "file", file.File);
        Assert.Equal(FileState.Unknown, outlay.File(file.File).State);
        var bank = Bank(SendOutcome.Delivered);
        Refused(MachineRules.NoArrow, outlay.Send(file.File, bank));
        Assert.Empty(bank.Got);
        Assert.Empty(outlay.Journal.Read().Sends);
    }

    [Fact]
    public void Without_a_journal_nothing_is_sent_and_the_file_may_go_later()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Directory.CreateDirectory(outlay.Settings.Journal);
        var bank = Bank(SendOutcome.Delivered);
        Assert.True(outlay.Send(file.File, bank).Accepted);
        Assert.Empty(bank.Got);
        Assert.Equal(FileState.Sealed, outlay.File(file.File).State);
        Directory.Delete(outlay.Settings.Journal);
        Assert.True(outlay.Send(file.File, bank).Accepted);
        Assert.Equal(FileState.Delivered, outlay.File(file.File).State);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_call_that_throws_is_Unknown_whether_or_not_the_bytes_went(bool went)
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var taken = new List<string>();
        var bank = new ScriptedTransport((name, _) =>
        {
            if (went) taken.Add(name);
            throw new TimeoutException("no answer");
        });
        Assert.True(outlay.Send(file.File, bank).Accepted);
        Assert.Equal(FileState.Unknown, outlay.File(file.File).State);
        Refused(MachineRules.NoArrow, outlay.Send(file.File, Willing));
        Assert.Equal(went ? 1 : 0, taken.Count);
        Assert.Single(outlay.Journal.Read().Sends);
    }

    [Fact]
    public void The_answer_that_comes_after_the_lease_is_kept_and_changes_nothing()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var version = ((DisbursementFileRow)outlay.Run("file.send", "file", file.File).Result!).Version;
        outlay.Samples.Moment.At += Duration.FromMinutes(11);
        outlay.Run("file.expire-lease", "file", file.File);
        var late = outlay.Samples.Done("", Sent(file.File, version, SendingResult.Delivered));
        Assert.True(late.Leaf > 0);
        Assert.Equal(FileState.Unknown, outlay.File(file.File).State);
    }

    [Fact]
    public void What_the_transport_proves_unsent_goes_again_with_the_same_bytes()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.NotSent)).Accepted);
        Assert.Equal((FileState.Sealed, null), (outlay.File(file.File).State, outlay.File(file.File).FirstSentAt));
        var bank = Bank(SendOutcome.Delivered);
        Assert.True(outlay.Send(file.File, bank).Accepted);
        Assert.Equal(outlay.Samples.Ask(v => v.Vault.Open(file.SealedDocument!)), bank.Got.Single().Body);
        Assert.Equal([file.Reference, file.Reference], outlay.Journal.Read().Sends.Select(s => s.Reference));
    }

    [Fact]
    public void Two_people_with_a_document_send_an_absent_file_again_with_the_same_bytes()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var first = Bank(SendOutcome.Unknown);
        Assert.True(outlay.Send(file.File, first).Accepted);
        Assert.Equal(FileState.Unknown, outlay.File(file.File).State);
        var absent = new Command("file.resolve", ("file", file.File), ("outcome", "absent"))
            .With(new InputDocument(FileResolve.Evidence, "样例: 银行未收到该文件"u8.ToArray(), Personal: true));
        outlay.Samples.Done(SampleLedger.Treasurer, absent);
        outlay.Samples.Done(SampleLedger.Treasurer, absent);
        Assert.Equal(FileState.Unknown, outlay.File(file.File).State);
        outlay.Samples.Done(SampleLedger.Administrator, absent);
        Assert.Equal(FileState.Sealed, outlay.File(file.File).State);
        var again = Bank(SendOutcome.Delivered);
        Assert.True(outlay.Send(file.File, again).Accepted);
        Assert.Equal(first.Got.Single().Body, again.Got.Single().Body);
    }

    [Fact]
    public void A_file_the_bank_refuses_leaves_every_claim_unpaid_and_no_money_set_aside()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Refused)).Accepted);
        Assert.Equal(FileState.Refused, outlay.File(file.File).State);
        Assert.Equal(0, outlay.Balance.ReservedAfterFen);
        Assert.Equal(file.Lines, outlay.Samples.Ask(v => v.Count<PaymentDeathRow>()));
    }

    [Fact]
    public void A_withdrawn_file_frees_its_claims_and_a_sent_one_cannot_be_withdrawn()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("file.withdraw", ("file", file.File)));
        Assert.Equal(FileState.Withdrawn, outlay.File(file.File).State);
        Assert.Equal(0, outlay.Balance.ReservedAfterFen);
        Refused(MachineRules.NoArrow, outlay.Send(file.File, Willing));

        using var other = new SampleOutlay();
        var sent = other.Sealed();
        Assert.True(other.Send(sent.File, Bank(SendOutcome.Unknown)).Accepted);
        Refused(MachineRules.NoArrow, other.Samples.Decide(SampleLedger.Treasurer, new Command("file.withdraw", ("file", sent.File))));
    }

    [Fact]
    public void Nothing_is_sent_from_an_impaired_account()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        outlay.Credit(-100);
        Refused(FileRules.AccountImpaired, outlay.Send(file.File, Willing));
        Assert.Equal(FileState.Sealed, outlay.File(file.File).State);
        Assert.Empty(outlay.Journal.Read().Sends);
    }

    private static ScriptedTransport Bank(SendOutcome outcome) => new((_, _) => new SendResult(outcome, "scripted"));

    private static Command Sent(long file, long version, SendingResult result) =>
        new Command("file.sent", ("file", file), ("version", version), ("result", result))
            .With(new InputDocument(FileSent.Detail, Encoding.UTF8.GetBytes("late\n")));

    private static void Refused(RefusalRule rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule.Code, decision.Findings[0].Rule.Code);
    }
}
