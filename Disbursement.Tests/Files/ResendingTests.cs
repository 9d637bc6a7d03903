using System.Text;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Files;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Files;

/// <summary>What may go to a bank again, and when. Each of these was missing and is a mutant of the model
/// (specs/model.md): spin pays twice without it.</summary>
public sealed class ResendingTests
{
    [Fact]
    public void A_process_that_slept_past_its_lease_makes_no_call()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        var bank = Bank(SendOutcome.Delivered);
        var asleep = new Composition(outlay.Samples.Store, new Sleeper(outlay.Samples.Moment.At));
        var sending = new FileSending(asleep, outlay.Journal, _ => Decision<ITransport>.Accept(bank));
        Assert.True(sending.Send(Ledger, file.File).Accepted);
        Assert.Empty(bank.Got);
        Assert.Equal(FileState.Sealed, outlay.File(file.File).State);
        Assert.Single(outlay.Journal.Read().Sends);
    }

    [Fact]
    public void A_no_to_the_second_copy_is_none_to_the_first_one()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Unknown)).Accepted);
        Both(outlay, file, "absent");
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Refused)).Accepted);
        var after = outlay.File(file.File);
        Assert.Equal((FileState.Unknown, file.Lines), (after.State, after.LinesOpen));
    }

    [Fact]
    public void A_file_of_which_one_line_has_a_word_is_not_sent_again()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Unknown)).Accepted);
        var unpaid = new Command("line.resolve", ("file", file.File), ("row", 2), ("outcome", OutcomeKind.NotSent))
            .With(new InputDocument(LineResolve.Evidence, "样例: 第二行未付"u8.ToArray(), Personal: true));
        foreach (var person in new[] { Treasurer, Administrator }) outlay.Samples.Done(person, unpaid);
        var refused = outlay.Samples.Decide(Treasurer, Resolve(file, "absent"));
        Assert.False(refused.Accepted);
        Assert.Equal(ReturnsRules.LineDecided, refused.Findings[0].Rule);
        Assert.Equal([$"{file.File}", "2", $"{AttemptState.NotSent}"], refused.Findings[0].Arguments);
        // Refused as a whole it may be: every line is then unpaid.
        Both(outlay, file, "refused");
        Assert.Equal(FileState.Refused, outlay.File(file.File).State);
    }

    [Fact]
    public void The_quiet_period_begins_anew_with_every_sending()
    {
        using var outlay = new SampleOutlay();
        var file = outlay.Sealed();
        byte[] profile = outlay.Samples.Ask(v => v.Vault.Open(v.List<AdoptionRow>(("kind", Adopt.Profile),
            ("name", file.Profile))[^1].Document))!;
        var quiet = Encoding.UTF8.GetString(profile)
            .Replace("\"absenceProof\": \"operator\"", "\"absenceProof\": \"quietPeriod\"", StringComparison.Ordinal)
            .Replace("\"quietPeriodHours\": 0", "\"quietPeriodHours\": 24", StringComparison.Ordinal);
        foreach (var person in new[] { Clerk, Administrator })
            outlay.Samples.Done(person, new Command("ledger.adopt", ("kind", Adopt.Profile), ("name", file.Profile))
                .With(new InputDocument(Adopt.Profile, Encoding.UTF8.GetBytes(quiet))));
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Unknown)).Accepted);
        outlay.Samples.Moment.At += Duration.FromHours(25);
        Both(outlay, file, "absent");
        Assert.True(outlay.Send(file.File, Bank(SendOutcome.Unknown)).Accepted);
        // A day after the first sending, an hour after the second one.
        outlay.Samples.Moment.At += Duration.FromHours(1);
        var refused = outlay.Samples.Decide(Treasurer, Resolve(file, "absent"));
        Assert.False(refused.Accepted);
        Assert.Equal(FileRules.QuietPeriod, refused.Findings[0].Rule);
        outlay.Samples.Moment.At += Duration.FromHours(24);
        Both(outlay, file, "absent");
        Assert.Equal(FileState.Sealed, outlay.File(file.File).State);
    }

    private static void Both(SampleOutlay outlay, DisbursementFileRow file, string outcome)
    {
        foreach (var person in new[] { Treasurer, Administrator }) outlay.Samples.Done(person, Resolve(file, outcome));
    }

    private static Command Resolve(DisbursementFileRow file, string outcome) =>
        new Command("file.resolve", ("file", file.File), ("outcome", outcome))
            .With(new InputDocument(FileResolve.Evidence, Encoding.UTF8.GetBytes($"样例: {outcome}"), Personal: true));

    private static ScriptedTransport Bank(SendOutcome outcome) => new((_, _) => new SendResult(outcome, "scripted"));

    /// <summary>A machine that is put to sleep after each look at the clock.</summary>
    private sealed class Sleeper(Instant at) : IMoment
    {
        private Instant _at = at;

        public Instant Read()
        {
            var now = _at;
            _at += FileSend.Lease + Duration.FromMinutes(1);
            return now;
        }
    }
}
