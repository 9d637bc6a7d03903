using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Laws;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Accounts;

/// <summary>When an advance can be planned, and whose claims it takes.</summary>
public class AdvancePlanTests
{
    /// <summary>So release.fund has no need to look for an earmark before the send deadline: an advance is planned
    /// after it, from the first moment its obligation is there.</summary>
    [Fact]
    public void An_advance_is_past_its_send_deadline_from_the_moment_it_can_be_planned()
    {
        using var world = new LawWorld();
        var obligation = Overdue(world);
        var planned = (IReadOnlyList<ReleaseRow>)Done(world, new Command("release.plan",
            ("kind", ReleaseKind.Advance), ("obligation", obligation.Obligation))).Result!;
        Assert.True(obligation.DueDate < ChinaTime.DayOf(world.Samples.Moment.At));
        var end = ChinaTime.At(obligation.DueDate.PlusDays(1), LocalTime.Midnight);
        Assert.All(planned, r => Assert.True(r.SendBy <= end));
    }

    /// <summary>An advance takes its wages out of a release that waits for money, and of no other advance.</summary>
    [Theory, InlineData(ReleaseKind.Advance), InlineData(ReleaseKind.Deposit)]
    public void An_advance_takes_over_from_what_waits_for_money_and_not_from_an_advance(ReleaseKind kind)
    {
        using var world = new LawWorld();
        var ordinary = Planned(world, ("kind", ReleaseKind.Ordinary), ("payrolls", 1L));
        Assert.Equal((ReleaseState.Planned, 4L), (ordinary.State, ordinary.Lines));
        var obligation = Overdue(world);
        var advance = Planned(world, ("kind", kind), ("obligation", obligation.Obligation));
        Assert.Equal((ReleaseState.Planned, kind, 4L), (advance.State, advance.Kind, advance.Lines));
        Assert.Equal((ReleaseState.Cancelled, 0L), world.Samples.Ask(v => v.List<ReleaseRow>()
            .Where(r => r.Release == ordinary.Release).Select(r => (r.State, r.Lines)).Single()));
        Assert.Equal([ReleaseExit.Advanced], world.Samples.Ask(v => v.List<ReleaseLeftRow>()).Select(l => l.Cause));
        // Neither the same once more nor the other kind takes them over from it.
        foreach (var again in new[] { ReleaseKind.Advance, ReleaseKind.Deposit, ReleaseKind.Ordinary })
        {
            var outcome = Done(world, again == ReleaseKind.Ordinary
                ? new Command("release.plan", ("kind", again), ("payrolls", 1L))
                : new Command("release.plan", ("kind", again), ("obligation", obligation.Obligation)));
            Assert.True(outcome.Repeat);
            Assert.Equal([advance.Release], ((IReadOnlyList<ReleaseRow>)outcome.Result!).Select(r => r.Release));
        }
        world.Hold();
    }

    private static ReleaseRow Planned(LawWorld world, params (string, object)[] what) =>
        Assert.Single((IReadOnlyList<ReleaseRow>)Done(world, new Command("release.plan", what)).Result!);

    private static Outcome Done(LawWorld world, Command command) => world.Samples.Done(SampleLedger.Treasurer, command);

    private static ObligationRow Overdue(LawWorld world)
    {
        world.Sweep();
        return world.Samples.Ask(v => v.List<ObligationRow>(("payroll", 1L))).Single();
    }
}
