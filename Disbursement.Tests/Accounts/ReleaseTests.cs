using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Accounts;

public class ReleaseTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_funded_release_becomes_files_with_every_claim_in_flight(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        outlay.Credit(outlay.Payroll.DeclaredFen);
        var release = outlay.Plan();
        Assert.Equal((outlay.Payroll.LinesDeclared, outlay.Payroll.DeclaredFen), (release.Lines, release.AmountFen));
        outlay.Run("release.fund", "release", release.Release);
        Assert.Equal(release.AmountFen, outlay.Balance.ReservedAfterFen);
        outlay.Run("file.build", "release", release.Release);
        var payroll = outlay.Samples.Ask(v => v.Find<PayrollRow>(("payroll", outlay.Payroll.Payroll)))!;
        var left = outlay.Samples.Ask(v => v.List<ReleaseLeftRow>(("release", release.Release)))
            .Sum(l => l.ToLine - l.FromLine + 1);
        Assert.Equal(payroll.LinesDeclared - left, payroll.LinesInFlight);
        Assert.Equal((ReleaseState.Filed, payroll.LinesInFlight),
            (outlay.Release(release.Release).State, outlay.Release(release.Release).Lines));
        Assert.Equal(payroll.InFlightFen, outlay.Balance.ReservedAfterFen);
        Assert.True(outlay.Run("file.build", "release", release.Release).Repeat);
    }

    [Fact]
    public void Planning_twice_plans_once()
    {
        using var outlay = new SampleOutlay();
        var first = outlay.Plan();
        var again = outlay.Samples.Done(SampleLedger.Treasurer, SampleOutlay.PlanCommand(outlay.Payroll));
        Assert.True(again.Repeat);
        Assert.Equal(first.Release, ((IReadOnlyList<ReleaseRow>)again.Result!)[0].Release);
    }

    [Fact]
    public void Before_the_send_deadline_a_release_is_funded_whole_or_not_at_all()
    {
        using var outlay = new SampleOutlay();
        var release = outlay.Plan();
        outlay.Samples.Moment.At = release.SendBy - Duration.FromHours(1);
        outlay.Credit(release.AmountFen - 1);
        var funding = (Funding)outlay.Run("release.fund", "release", release.Release).Result!;
        Assert.Equal((ReleaseState.Short, 1L), (funding.Releases[0].State, funding.Shortfall.Fen));
        Assert.True(outlay.Run("release.fund", "release", release.Release).Repeat);
        outlay.Credit(1);
        outlay.Run("release.fund", "release", release.Release);
        Assert.Equal(ReleaseState.Funded, outlay.Release(release.Release).State);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void At_the_send_deadline_the_money_pays_as_many_whole_claims_as_it_covers(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var release = outlay.Plan();
        outlay.Credit(release.AmountFen / 2);
        outlay.Samples.Moment.At = release.SendBy;
        var funding = (Funding)outlay.Run("release.fund", "release", release.Release).Result!;
        var part = funding.Releases.Single(r => r.Kind == ReleaseKind.Partial);
        var rest = outlay.Release(release.Release);
        Assert.Equal((ReleaseState.Funded, ReleaseState.Short), (part.State, rest.State));
        Assert.Equal(release.Lines, part.Lines + rest.Lines);
        Assert.Equal(release.AmountFen, part.AmountFen + rest.AmountFen);
        Assert.Equal(part.AmountFen, outlay.Balance.ReservedAfterFen);
        Assert.True(outlay.Run("release.fund", "release", release.Release).Repeat);
        outlay.Run("file.build", "release", part.Release);
        outlay.Credit(release.AmountFen);
        outlay.Run("release.fund", "release", release.Release);
        Assert.Equal(ReleaseState.Funded, outlay.Release(release.Release).State);
    }

    [Fact]
    public void Planning_and_funding_are_repeats_in_every_later_state()
    {
        using var outlay = new SampleOutlay();
        outlay.Credit(outlay.Payroll.DeclaredFen);
        var release = outlay.Plan().Release;
        outlay.Run("release.fund", "release", release);
        outlay.Run("file.build", "release", release);
        Assert.Equal(ReleaseState.Filed, outlay.Release(release).State);
        Assert.True(outlay.Run("release.fund", "release", release).Repeat);
        var again = outlay.Samples.Done(SampleLedger.Treasurer, SampleOutlay.PlanCommand(outlay.Payroll));
        Assert.True(again.Repeat);
        Assert.Equal([release], ((IReadOnlyList<ReleaseRow>)again.Result!).Select(r => r.Release));
    }

    [Fact]
    public void Whoever_signs_needs_the_role_before_the_state_is_looked_at()
    {
        using var outlay = new SampleOutlay();
        foreach (var verb in new[] { "release.fund", "file.build", "release.cancel", "file.withdraw" })
            Refused(RuntimeRules.RoleMissing, outlay.Samples.Decide(SampleLedger.Clerk,
                new Command(verb, ("release", 99L), ("file", 99L))));
        foreach (var verb in new[] { "recovery.recovered", "recovery.write-off" })
            Refused(RuntimeRules.ApprovalMissing, outlay.Try(verb, "recovery", 99));
        Refused(RuntimeRules.ApprovalMissing, outlay.Samples.Decide("",
            new Command("line.resolve", ("file", 99L), ("row", 1L), ("outcome", "Settled"))));
    }

    [Fact]
    public void A_cancelled_release_gives_its_money_and_its_claims_back()
    {
        using var outlay = new SampleOutlay();
        outlay.Credit(outlay.Payroll.DeclaredFen);
        var release = outlay.Plan();
        outlay.Run("release.fund", "release", release.Release);
        outlay.Samples.Done(SampleLedger.Treasurer, new Command("release.cancel", ("release", release.Release)));
        Assert.Equal(0, outlay.Balance.ReservedAfterFen);
        Assert.Equal(release.Lines, outlay.Plan().Lines);
    }

    [Fact]
    public void What_the_machines_do_not_draw_is_refused()
    {
        using var outlay = new SampleOutlay();
        var release = outlay.Plan();
        Refused(MachineRules.NoArrow, outlay.Try("file.build", "release", release.Release));
        Refused(RuntimeRules.NotFound, outlay.Try("release.fund", "release", 99));
        Refused(RuntimeRules.ApprovalMissing, outlay.Try("release.cancel", "release", release.Release));
        Refused(RuntimeRules.RoleMissing,
            outlay.Samples.Decide(SampleLedger.Clerk, SampleOutlay.PlanCommand(outlay.Payroll)));
    }

    private static void Refused(RefusalRule rule, Decision<Outcome> decision)
    {
        Assert.False(decision.Accepted);
        Assert.Equal(rule.Code, decision.Findings[0].Rule.Code);
    }
}
