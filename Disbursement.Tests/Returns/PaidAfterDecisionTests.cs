using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Recalls;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>What people decide stands; a report that comes after them and says otherwise is told.</summary>
public sealed class PaidAfterDecisionTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_report_of_payment_after_two_people_said_rejected_moves_nothing_and_is_told_once(string engine)
    {
        using var rig = new RecallRig(engine);
        Decided(rig, "Rejected");
        var payroll = rig.Money.ThePayroll;
        rig.Report((2, "ACSC"));
        rig.Report((2, "ACSC"));
        Assert.Equal((AttemptState.Rejected, payroll), (rig.Money.State(2), rig.Money.ThePayroll));
        var told = Assert.Single(rig.Money.All<BankExceptionRow>());
        Assert.Equal((ExceptionKinds.PaidAfterDecision, MoneyRig.Fen(2)), (told.Kind, told.AmountFen));
        Assert.NotNull(told.Claim);
    }

    [Fact]
    public void A_report_they_had_before_them_is_not_told_again()
    {
        using var rig = new RecallRig();
        rig.Report((2, "ACSC"), (2, "RJCT"));
        Decided(rig, "Rejected");
        rig.Report((2, "ACSC"));
        Assert.Equal(AttemptState.Rejected, rig.Money.State(2));
        Assert.DoesNotContain(ExceptionKinds.PaidAfterDecision, rig.Money.Kinds);
    }

    private static void Decided(RecallRig rig, string outcome)
    {
        rig.Report((1, "ACSC"));
        rig.Money.Clock.At += Duration.FromDays(10);
        var command = new Command("line.resolve", ("file", rig.Money.TheFile.File), ("row", 2), ("outcome", outcome))
            .With(new InputDocument(LineResolve.Evidence, "样例: 银行函"u8.ToArray(), Personal: true));
        foreach (var person in new[] { "treasurer", "other" })
            Assert.True(rig.Decide(person, command).Accepted);
    }
}
