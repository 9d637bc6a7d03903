using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A journalled file that cannot be made at first, for its account is not known here: what people and bank say
/// of its rows before it can.</summary>
public class MissingFileTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Absent_said_before_the_account_was_known_and_paid_by_the_bank_since_is_contradicted(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("absent"));
        Assert.Null(lost.File);
        lost.Tell(1, (1, Settled), (2, Rejected));
        var told = Assert.Single(lost.Exceptions());
        Assert.Equal((ExceptionKinds.PaidAfterAbsence, lost.Reference, IcbcReports.Profile),
            (told.Kind, told.FileReference, told.Profile));
        Assert.Contains($"file {lost.Reference} row 1", told.En, StringComparison.Ordinal);
        Assert.Contains($"file resolve {EmptyRig.Number} OUTCOME", told.DoEn, StringComparison.Ordinal);

        lost.Enter();
        // The wage is locked from its first moment, and absent said again does not free what finds its row now.
        Assert.Single(lost.Samples.Ask(v => v.Queries.LockedClaims()));
        var again = lost.Samples.Decide(SampleLedger.Treasurer, EmptyRig.Settle("absent", "样例: 银行第二封函"));
        Assert.Equal(RestoreRules.NothingWaits.Code, again.Findings[0].Rule.Code);
        lost.Match();
        Assert.Equal([AttemptState.Contradicted], lost.States);
        Assert.Empty(lost.Waiting);
        // The other row is not paid, by people's word: it is counted as in a file that was there when they said so.
        Assert.Equal((0L, 1L, 1L, lost.Claims[1].Fen),
            (lost.File!.LinesOpen, lost.File.LinesSettled, lost.File.LinesRejected, lost.File.RejectedFen));
        Assert.Equal(FileState.Reconciled, lost.File.State);
        Assert.Equal((ReleaseState.Settling, 1L), (lost.Release.State, lost.Release.LinesOpen));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_bank_s_word_that_comes_after_everything_was_entered_again_finds_its_row_too(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("absent"));
        lost.Enter();
        lost.Match();
        Assert.Null(lost.File);
        lost.Tell(1, (1, Settled), (2, Rejected));
        lost.Match();
        Assert.Equal([AttemptState.Contradicted], lost.States);
        Assert.Equal((0L, 1L, 1L), (lost.File!.LinesOpen, lost.File.LinesSettled, lost.File.LinesRejected));
        // Their rejection is what two people said: that wage is free.
        Assert.Empty(lost.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Words_on_held_lines_kept_before_the_account_was_known_answer_the_file(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("held"));
        lost.Tell(1, (1, Settled), (2, Rejected));
        Assert.Empty(lost.Exceptions());
        lost.Enter();
        lost.Match();
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States);
        Assert.Equal((FileState.Accepted, 0L), (lost.File!.State, lost.File.LinesOpen));
        Assert.Equal(ReleaseState.Done, lost.Release.State);
        // An answered file is no longer what holds up the others.
        Assert.Empty(lost.Samples.Ask(v => v.Queries.OpenSends()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_whole_file_refused_before_the_account_was_known_is_refused_once_it_is_made(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("held"));
        lost.Refuse(1, "批次号重复");
        Assert.Equal([(ExceptionKinds.DuplicateRefused, lost.Reference)],
            lost.Exceptions().Select(x => (x.Kind, x.FileReference!)));
        Assert.All(lost.Samples.Ask(v => v.List<JournalledWordRow>()),
            w => Assert.Equal(ExceptionKinds.DuplicateRefused, w.Trouble));

        lost.Refuse(2, "其它");
        lost.Enter();
        lost.Match();
        Assert.Equal([AttemptState.Rejected, AttemptState.Rejected], lost.States);
        Assert.Equal((FileState.Refused, 0L, 2L), (lost.File!.State, lost.File.LinesOpen, lost.File.LinesRejected));
        Assert.Equal(ReleaseState.Done, lost.Release.State);
        Assert.Empty(lost.Waiting);
    }
}
