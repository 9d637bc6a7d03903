using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>What a bank says of rows of a journalled file that have no payment here is kept, and counts
/// later.</summary>
public class JournalledWordTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_wage_that_people_called_absent_is_locked_again_by_the_bank_s_word_and_contradicted(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, Settled), (2, Settled));
        lost.Report(2, (1, Settled), (2, Settled));
        Assert.Equal([ExceptionKinds.PaidAfterAbsence, ExceptionKinds.PaidAfterAbsence], lost.Kinds);
        Assert.Equal(lost.Claims.Select(c => c.Fen), lost.Rows<BankExceptionRow>().Select(x => x.AmountFen));
        // By their absence nothing of it was paid, as the bank's books say so far.
        Assert.Equal((FileState.Reconciled, 2L), (lost.Journalled.State, lost.Journalled.LinesRejected));
        Assert.Equal(2, lost.Rows<JournalledWordRow>().Count);

        // The file here that holds these wages never goes, and nothing else takes them.
        lost.Match();
        var refused = lost.Outlay.Try("file.send", "file", lost.Here.File);
        Assert.Equal(RestoreRules.RowLocked.Code, refused.Findings[0].Rule.Code);
        var (code, said) = lost.Outlay.Database.Outside("UPDATE disbursement_file SET version = version + 1, "
            + $"state = 'Sending', lease_until = built_at WHERE file = {lost.Here.File}");
        Assert.True(code != 0 && said.Contains("went out in a journalled file", StringComparison.Ordinal), said);
        Assert.Equal(2, lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()).Count);

        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.Contradicted, AttemptState.Contradicted], lost.States());
        Assert.Equal((0L, 2L), (lost.Journalled.LinesRejected, lost.Journalled.LinesSettled));
        Assert.Equal(2, lost.Open().Count(x => x.Kind == ExceptionKinds.Contradicted));
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.WaitingLines()));
        lost.Both(TwinRig.Line(1, OutcomeKind.Settled));
        lost.Both(TwinRig.Line(2, OutcomeKind.Rejected));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
        Assert.DoesNotContain(lost.Open(), x => x.Kind is ExceptionKinds.PaidAfterAbsence
            or ExceptionKinds.Contradicted);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Words_on_lines_that_people_hold_count_as_soon_as_their_wages_match(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        lost.Report(1, (1, Settled), (2, Rejected));
        Assert.Empty(lost.Kinds);
        Assert.Equal((FileState.Accepted, 2L), (lost.Journalled.State, lost.Journalled.LinesOpen));
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
        Assert.Equal((0L, 1L, 1L),
            (lost.Journalled.LinesOpen, lost.Journalled.LinesSettled, lost.Journalled.LinesRejected));
        // The same words once more, by their payments now, are a repeat.
        lost.Report(2, (1, Settled), (2, Rejected));
        Assert.Equal(2, lost.Rows<PaymentOutcomeRow>().Count(o => o.Source == OutcomeSource.Report));
        Assert.Empty(lost.Kinds);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Told_of_the_bank_s_word_two_people_free_the_line_again(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, Settled), (2, Rejected));
        var again = lost.Settle("absent", "样例: 银行第二封函");
        lost.Both(again);
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.WaitingLines()));
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
        Assert.True(lost.Outlay.Samples.Done(SampleLedger.Treasurer, again).Repeat);
        Assert.Equal(ExceptionKinds.PaidAfterAbsence, Assert.Single(lost.Open()).Kind);
        lost.Match();
        lost.SendHere();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_one_person_signed_before_the_bank_s_word_frees_nothing_after_it(string engine)
    {
        using var lost = new TwinRig(engine);
        var early = lost.Settle("absent", "样例: 银行第二封函");
        lost.Outlay.Samples.Done(SampleLedger.Treasurer, early);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, Settled), (2, Rejected));
        lost.Outlay.Samples.Done(SampleLedger.Administrator, early);
        Assert.Single(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
        // Nor does the schema take the decision that was made before the word for one about it.
        var absence = lost.Rows<JournalledLineLeftRow>().First(l => l.Cause == JournalledCause.Absent).Document;
        var (code, said) = lost.Outlay.Database.Outside("INSERT INTO journalled_word (ledger, send, line, seq, kind, "
            + "source, reason, bank_reference, document, document_line) SELECT ledger, send, line, seq + 1, "
            + $"'Rejected', 'People', 'evidence', '', '{absence}', 0 FROM journalled_word");
        Assert.True(code != 0 && said.Contains("L7: two people", StringComparison.Ordinal), said);
        lost.Outlay.Samples.Done(SampleLedger.Treasurer, early);
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Fact]
    public void A_line_called_absent_after_its_word_was_kept_stays_locked_and_is_told()
    {
        using var lost = new TwinRig(Engines.Sqlite);
        lost.Both(lost.Settle("held"));
        lost.Report(1, (1, Settled), (2, Rejected));
        lost.Both(lost.Settle("absent"));
        Assert.Equal([ExceptionKinds.PaidAfterAbsence], lost.Kinds);
        Assert.Single(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_payment_of_another_amount_or_account_locks_the_wage_and_is_told_as_such(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Told(lost.Journalled.Reference, 1, [(1, lost.AccountOf(1), lost.Claims[0].Fen + 1, Settled),
            (2, lost.AccountOf(1), lost.Claims[1].Fen, Settled), (7, lost.AccountOf(1), 100, Settled)]);
        Assert.Equal([ExceptionKinds.AmountDiffers, ExceptionKinds.AccountDiffers, ExceptionKinds.UnknownRow],
            lost.Kinds);
        Assert.Equal([(lost.Claims[0].Fen + 1, lost.Claims[0].Fen), (lost.Claims[1].Fen, lost.Claims[1].Fen)],
            lost.Rows<BankExceptionRow>().Take(2).Select(x => (x.AmountFen, x.ExpectedFen)));
        Assert.Equal(2, lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()).Count);
        Assert.Equal(RestoreRules.RowLocked.Code,
            lost.Outlay.Try("file.send", "file", lost.Here.File).Findings[0].Rule.Code);

        // With its payment here the row stays as people called it, locked, until they say what the bank did.
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.NotSent, AttemptState.NotSent], lost.States());
        Assert.Equal(2, lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()).Count);
        Assert.Equal(ReturnsRules.SaidBefore.Code, lost.Outlay.Samples.Decide(SampleLedger.Treasurer,
            TwinRig.Line(1, OutcomeKind.NotSent)).Findings[0].Rule.Code);
        lost.Both(TwinRig.Line(1, OutcomeKind.Settled));
        lost.Both(TwinRig.Line(2, OutcomeKind.Rejected));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
        Assert.Equal([ExceptionKinds.UnknownRow], lost.Open().Select(x => x.Kind));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_the_bank_says_right_after_saying_it_wrong_frees_or_contradicts_the_row(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Told(lost.Journalled.Reference, 1, [(1, lost.AccountOf(1), lost.Claims[0].Fen + 1, Settled),
            (2, lost.AccountOf(2), lost.Claims[1].Fen + 1, Settled)]);
        lost.Withdraw();
        lost.Match();
        lost.Report(2, (1, Settled), (2, Rejected));
        lost.Match();
        Assert.Equal([AttemptState.Contradicted, AttemptState.NotSent], lost.States());
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
        Assert.Equal([ExceptionKinds.Contradicted], lost.Open().Select(x => x.Kind));
        // The same outcome said once more is no new word; another is.
        Assert.Equal(ReturnsRules.SaidBefore.Code, lost.Outlay.Samples.Decide(SampleLedger.Treasurer,
            TwinRig.Line(1, OutcomeKind.NotSent)).Findings[0].Rule.Code);
        lost.Both(TwinRig.Line(1, OutcomeKind.Rejected));
        Assert.Equal([AttemptState.Rejected, AttemptState.NotSent], lost.States());
    }

    [Fact]
    public void Of_a_held_row_a_payment_of_another_amount_is_told_and_never_an_outcome()
    {
        using var lost = new TwinRig(Engines.Sqlite);
        lost.Both(lost.Settle("held"));
        lost.Told(lost.Journalled.Reference, 1, [(1, lost.AccountOf(1), lost.Claims[0].Fen + 1, Settled)]);
        Assert.Equal([ExceptionKinds.AmountDiffers], lost.Kinds);
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.Open, AttemptState.Open], lost.States());
        // Freed as never paid it stays locked as well.
        using var freed = new TwinRig(Engines.Sqlite);
        freed.Both(freed.Settle("held"));
        freed.Told(freed.Journalled.Reference, 1, [(1, freed.AccountOf(1), freed.Claims[0].Fen + 1, Settled),
            (2, freed.AccountOf(2), freed.Claims[1].Fen, Rejected)]);
        freed.Both(freed.Settle("absent"));
        Assert.Equal([ExceptionKinds.AmountDiffers, ExceptionKinds.PaidAfterAbsence], freed.Kinds);
        Assert.Single(freed.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_file_refused_whole_refuses_the_lines_that_people_hold_once_their_wages_match(string engine)
    {
        using var lost = new TwinRig(engine);
        var before = lost.Outlay.Balance.ReservedAfterFen;
        lost.Both(lost.Settle("held"));
        lost.Reports.Refuse(lost.Journalled.Reference, 1, "其它");
        Assert.Equal((FileState.Refused, 2L), (lost.Journalled.State, lost.Journalled.LinesOpen));
        Assert.Equal(2, lost.Rows<JournalledWordRow>().Count);
        // Said twice it is one word.
        lost.Reports.Refuse(lost.Journalled.Reference, 2, "其它");
        Assert.Equal(2, lost.Rows<JournalledWordRow>().Count);
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.Rejected, AttemptState.Rejected], lost.States());
        Assert.Equal((0L, 2L, 0L),
            (lost.Journalled.LinesOpen, lost.Journalled.LinesRejected, lost.Journalled.ReservedFen));
        Assert.Equal(ReleaseState.Done, lost.Outlay.Release(lost.Journalled.Release).State);
        Assert.Equal(0, lost.Outlay.Balance.ReservedAfterFen);
        Assert.True(before > 0);
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.WaitingLines()));
        // The wages are free: a payment of them is planned anew.
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_release_all_of_whose_lines_people_called_absent_is_done(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        var release = lost.Outlay.Release(lost.Journalled.Release);
        Assert.Equal((ReleaseState.Done, 0L), (release.State, release.LinesOpen));
        // The bank's word opens it again.
        lost.Report(1, (1, Settled), (2, Rejected));
        lost.Withdraw();
        lost.Match();
        release = lost.Outlay.Release(lost.Journalled.Release);
        Assert.Equal((ReleaseState.Settling, 1L), (release.State, release.LinesOpen));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_message_taken_before_the_recovery_counts_once_the_journal_lists_its_file(string engine)
    {
        using var lost = new TwinRig(engine, begun: false);
        lost.Report(1, (1, Settled), (2, Rejected));
        Assert.Equal([ExceptionKinds.FileAhead], lost.Kinds);
        Assert.Equal(0, lost.Waiting().Applied.Sum(a => a.Lines));
        Assert.Equal([ExceptionKinds.FileAhead], lost.Kinds);
        Assert.Single(lost.Open(), x => x.Kind == ExceptionKinds.FileAhead);

        lost.Withdraw();
        lost.Begin();
        // Open until its words are taken, by whatever comes first: a tick, or the bank's next message.
        Assert.Single(lost.Open(), x => x.Kind == ExceptionKinds.FileAhead);
        Assert.Equal(2, lost.Waiting().Applied.Sum(a => a.Lines));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
        Assert.DoesNotContain(lost.Open(), x => x.Kind == ExceptionKinds.FileAhead);
        Assert.StartsWith("Journal", lost.All().Single(x => x.Kind == ExceptionKinds.FileAhead).SettledBy,
            StringComparison.Ordinal);
        Assert.All(lost.Rows<MessageProgressRow>(), m => Assert.Equal(MessageState.Applied, m.State));
        Assert.Empty(lost.Waiting().Applied);
        Assert.Equal(2, lost.Rows<PaymentOutcomeRow>().Count(o => o.Source == OutcomeSource.Report));
    }

    [Fact]
    public void A_message_that_two_people_dismissed_is_done_with()
    {
        using var lost = new TwinRig(Engines.Sqlite, begun: false);
        lost.Report(1, (1, Settled));
        lost.Both(new Command("restore.dismiss", ("exception", lost.Rows<BankExceptionRow>()[0].Exception))
            .With(TwinRig.Letter with { Kind = RestoreResolve.Evidence }));
        lost.Waiting();
        Assert.Equal(MessageState.Applied, lost.Rows<MessageProgressRow>()[^1].State);
        Assert.Equal([ExceptionKinds.FileAhead], lost.Kinds);
        Assert.Empty(lost.Rows<PaymentOutcomeRow>());
    }
}
