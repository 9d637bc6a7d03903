using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>
/// A database restored to before its projects, which come back in another order: the number that the journal has of
/// the file's account is another project's here, and its own account has another.
/// </summary>
public class RenumberedAccountTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";

    public static TheoryData<string, bool> Holding =>
        new() { { Engines.Sqlite, true }, { Engines.Sqlite, false }, { Engines.Postgres, true },
            { Engines.Postgres, false } };

    [Theory, MemberData(nameof(Holding))]
    public void The_file_is_made_on_its_project_s_account_and_its_money_is_reserved_there(string engine, bool held)
    {
        using var lost = new EmptyRig(engine);
        if (held) lost.Both(EmptyRig.Settle("held"));
        var own = Renumbered(lost);
        var paid = lost.Claims.Sum(c => c.Fen);
        lost.Statement("S1", 0, (paid, "TRANSFER", ""));
        lost.Match();
        Assert.Equal((own, own, FileState.Unknown), (lost.File!.Account, lost.Release.Account, lost.File.State));
        Assert.Empty(lost.Waiting);
        Assert.Equal(paid, lost.File.ReservedFen);
        Assert.Equal([(own, paid, paid)], Books(lost));

        lost.Tell(1, (1, Settled), (2, Rejected));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States);
        // The bank's statement of that very account finds the file.
        var back = lost.Claims[1].Fen;
        lost.Statement("S2", paid, (-paid, "WAGE", lost.Reference), (back, "REFUND", lost.Reference));
        Assert.Equal((FileState.Reconciled, paid, back),
            (lost.File.State, lost.File.DebitedFen, lost.File.RefundedFen));
        Assert.Equal([(own, back, 0L)], Books(lost));
        Assert.DoesNotContain(lost.Exceptions(), x => x.Kind == ExceptionKinds.ForeignDebit);
        Assert.Empty(lost.Samples.Ask(v => v.Queries.OpenSends()));
        Assert.Empty(lost.Samples.Ask(v => v.Queries.LockedClaims()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Words_kept_before_the_account_was_known_are_applied_on_it(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("held"));
        lost.Tell(1, (1, Settled), (2, Rejected));
        var own = Renumbered(lost);
        lost.Match();
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States);
        Assert.Equal((own, FileState.Accepted, 0L), (lost.File!.Account, lost.File.State, lost.File.LinesOpen));
        Assert.Equal(ReleaseState.Done, lost.Release.State);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Absent_said_before_and_again_does_not_free_what_the_bank_paid(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("absent"));
        lost.Tell(1, (1, Settled), (2, Rejected));
        var own = Renumbered(lost);
        lost.Match();
        Assert.Equal(own, lost.File!.Account);
        Assert.Equal([AttemptState.Contradicted], lost.States);
        Assert.Empty(lost.Waiting);
        var again = lost.Samples.Decide(SampleLedger.Treasurer, EmptyRig.Settle("absent", "样例: 银行第二封函"));
        Assert.Equal(RestoreRules.NothingWaits.Code, again.Findings[0].Rule.Code);
    }

    [Fact]
    public void Recover_tells_why_the_file_cannot_be_made_and_what_would_make_it()
    {
        using var lost = new EmptyRig(Engines.Sqlite);
        var project = lost.Claims[0].Project;
        var (code, output, errors) = lost.Recover();
        Assert.True(code == 1, output + errors);
        Assert.Contains($"account unknown (project {project} is not known here: import it again), 2 × =", output,
            StringComparison.Ordinal);

        // The project comes back as another bank's customer: its number alone does not make the file.
        lost.EnterBackwards(l => l.StartsWith(project, StringComparison.Ordinal)
            ? l.Replace(IcbcReports.Profile, "iso20022-pain", StringComparison.Ordinal) : l);
        lost.Match();
        Assert.Null(lost.File);
        Assert.Contains($"it went out by {IcbcReports.Profile}, and project {project} has its account at "
            + "iso20022-pain here", lost.Recover().Output, StringComparison.Ordinal);
    }

    /// <summary>Enters everything anew, projects in another order; the number of the file's account here.</summary>
    private static long Renumbered(EmptyRig lost)
    {
        lost.EnterBackwards();
        lost.Enter();
        var own = AccountOf(lost, lost.Claims[0].Project);
        Assert.NotEqual(lost.Account, own);
        var other = lost.Samples.Ask(v => v.Find<WageAccountRow>(("account", lost.Account)))!;
        Assert.NotNull(other.Project);
        return own;
    }

    private static long AccountOf(EmptyRig lost, string code) => lost.Samples.Ask(v => v.Find<WageAccountRow>(
        ("project", v.Find<ProjectRow>(("code", code))!.Project)))!.Account;

    /// <summary>What is posted and reserved on each wage account that has an entry.</summary>
    private static IReadOnlyList<(long Account, long Posted, long Reserved)> Books(EmptyRig lost) =>
        [.. lost.Samples.Ask(v => v.List<AccountEntryRow>()).GroupBy(e => e.Account).OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Last().PostedAfterFen, g.Last().ReservedAfterFen))];
}
