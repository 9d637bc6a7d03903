using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Payroll;

/// <summary>The precedence of the refusals of voiding a claim.</summary>
public sealed class ClaimRefusalOrderTests
{
    [Fact]
    public void A_void_is_refused_unsigned_not_found_voided_otherwise_live_in_a_release_then_by_one_person()
    {
        using var outlay = new SampleOutlay();
        var samples = outlay.Samples;
        outlay.Sealed();
        outlay.Plan(outlay.Payrolls[1]);
        var (live, carried) = (ClaimOf(outlay.Payrolls[0], 0), ClaimOf(outlay.Payrolls[1], 0));
        var (voided, free) = (ClaimOf(outlay.Payrolls[2], 0), ClaimOf(outlay.Payrolls[2], 1));
        foreach (var person in new[] { Treasurer, Administrator }) samples.Done(person, Void(voided));
        samples.Enrol("second-login", Roles.Treasurer, 3);
        samples.Done(Treasurer, Void(free));
        new RefusalOrder(samples)
            .Row(RuntimeRules.ApprovalMissing, "", Void(99_999))
            .Row(RuntimeRules.NotFound, Clerk, Void(99_999))
            .Row(StandingRules.ClaimVoided, Clerk, Void(voided, 2))
            .Repeat(Clerk, Void(voided))
            .Row(StandingRules.PaymentLive, Clerk, Void(live))
            .Row(StandingRules.InRelease, Clerk, Void(carried))
            .Repeat(Treasurer, Void(free))
            .Row(RuntimeRules.SamePerson, "second-login", Void(free))
            .Holds();

        long ClaimOf(PayrollRow payroll, int line) =>
            samples.Ask(v => v.List<WageClaimRow>(("payroll", payroll.Payroll)))[line].Claim;
    }

    private static Command Void(long claim, byte paper = 1) => new Command("claim.void", ("claim", claim))
        .With(new InputDocument(ClaimVoid.Input, new[] { paper }));
}
