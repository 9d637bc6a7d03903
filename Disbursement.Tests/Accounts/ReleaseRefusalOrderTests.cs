using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Accounts;

/// <summary>The precedence of a release's refusals, verb by verb, and of its files'.</summary>
public sealed class ReleaseRefusalOrderTests
{
    [Fact]
    public void Plan_is_refused_unsigned_then_without_role_then_of_no_kind_then_not_found_then_unapproved_then_empty()
    {
        using var outlay = new SampleOutlay();
        var other = (Engine.Payroll.PayrollRow)outlay.Samples
            .Done(Clerk, SampleLedger.Payroll(Employers[0], team: "二班")).Result!;
        Command Of(string kind, string payrolls) => new("release.plan", ("kind", kind), ("payrolls", payrolls));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Of("Loan", "99"))
            .Row(RuntimeRules.RoleMissing, Clerk, Of("Loan", "99"))
            .Row(ReleaseRules.KindUnknown, Treasurer, Of("Loan", "99"))
            .Row(ReleaseRules.KindUnknown, Treasurer, Of("Partial", "99"))
            .Row(RuntimeRules.NotFound, Treasurer, Of("RePayment", "99"))
            .Row(ReleaseRules.PayrollNotApproved, Treasurer, Of("RePayment", $"{other.Payroll}"))
            .Row(ReleaseRules.NothingToPlan, Treasurer, Of("RePayment", $"{outlay.Payroll.Payroll}"))
            .Holds();
    }

    [Fact]
    public void Fund_build_cancel_and_yield_are_refused_not_found_then_out_of_state_and_cancel_unsigned_first()
    {
        using var outlay = new SampleOutlay();
        outlay.Sealed();
        var planned = outlay.Plan(outlay.Payrolls[1]);
        var cancelled = outlay.Plan(outlay.Payrolls[2]);
        outlay.Samples.Done(Treasurer, new Command("release.cancel", ("release", cancelled.Release)));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.RoleMissing, Clerk, new Command("release.fund", ("release", 99)))
            .Row(RuntimeRules.NotFound, "", new Command("release.fund", ("release", 99)))
            // Its money was set aside and has gone into a file since; of the other nothing ever was.
            .Repeat("", new Command("release.fund", ("release", 1)))
            .Row(MachineRules.NoArrow, "", new Command("release.fund", ("release", cancelled.Release)))
            .Row(RuntimeRules.NotFound, "", new Command("file.build", ("release", 99)))
            .Repeat("", new Command("file.build", ("release", 1)))
            .Row(MachineRules.NoArrow, "", new Command("file.build", ("release", planned.Release)))
            .Row(RuntimeRules.ApprovalMissing, "", new Command("release.cancel", ("release", 99)))
            .Row(RuntimeRules.RoleMissing, Clerk, new Command("release.cancel", ("release", 99)))
            .Row(RuntimeRules.NotFound, Treasurer, new Command("release.cancel", ("release", 99)))
            .Repeat(Treasurer, new Command("release.cancel", ("release", cancelled.Release)))
            .Row(MachineRules.NoArrow, Treasurer, new Command("release.cancel", ("release", 1)))
            .Row(RuntimeRules.NotFound, "", new Command("release.yield", ("release", 99)))
            .Row(MachineRules.NoArrow, "", new Command("release.yield", ("release", 1)))
            .Holds();
    }

    [Fact]
    public void Build_is_refused_out_of_state_before_the_impaired_account()
    {
        using var outlay = new SampleOutlay();
        outlay.Credit(outlay.Payroll.DeclaredFen);
        var funded = outlay.Plan();
        outlay.Run("release.fund", "release", funded.Release);
        var waiting = outlay.Plan(outlay.Payrolls[1]);
        outlay.Credit(-100);
        new RefusalOrder(outlay.Samples)
            .Row(MachineRules.NoArrow, "", new Command("file.build", ("release", waiting.Release)))
            .Row(FileRules.AccountImpaired, "", new Command("file.build", ("release", funded.Release)))
            .Holds();
    }
}
