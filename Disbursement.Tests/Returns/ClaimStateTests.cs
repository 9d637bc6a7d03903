using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

public class ClaimStateTests
{
    [Fact]
    public void A_claim_before_its_first_attempt_is_pending_or_reserved()
    {
        Assert.Equal(ClaimState.Pending, ClaimStates.Of(null, reserved: false));
        Assert.Equal(ClaimState.Reserved, ClaimStates.Of(null, reserved: true));
    }

    [Theory]
    [InlineData(FileState.Built, false, ClaimState.Filed)]
    [InlineData(FileState.Sealed, false, ClaimState.Filed)]
    [InlineData(FileState.Sending, false, ClaimState.Sent)]
    [InlineData(FileState.Delivered, false, ClaimState.Sent)]
    [InlineData(FileState.Accepted, false, ClaimState.Sent)]
    [InlineData(FileState.Accepted, true, ClaimState.Unknown)]
    [InlineData(FileState.Unknown, false, ClaimState.Unknown)]
    public void A_line_without_an_outcome_stands_where_its_file_stands(FileState file, bool overdue, ClaimState state)
    {
        var attempt = new LatestAttempt(PaymentChannel.File, ReleaseKind.Ordinary, file, OutcomeSet.Empty, overdue);
        Assert.Equal(state, ClaimStates.Of(attempt, reserved: false));
        Assert.Equal(ClaimStanding.InFlight, ClaimStates.Standing(state));
    }

    [Theory]
    [InlineData(FileState.Refused)]
    [InlineData(FileState.Reconciled)]
    [InlineData(FileState.Withdrawn)]
    public void A_file_at_its_end_has_an_outcome_for_every_line(FileState file) =>
        Assert.Throws<DefectException>(() => ClaimStates.Of(
            new LatestAttempt(PaymentChannel.File, ReleaseKind.Ordinary, file, OutcomeSet.Empty), reserved: false));

    [Theory]
    [InlineData(ReleaseKind.Ordinary, ClaimState.Settled)]
    [InlineData(ReleaseKind.Partial, ClaimState.Settled)]
    [InlineData(ReleaseKind.RePayment, ClaimState.Settled)]
    [InlineData(ReleaseKind.Advance, ClaimState.Advanced)]
    [InlineData(ReleaseKind.Deposit, ClaimState.Advanced)]
    public void What_is_settled_with_another_s_money_is_advanced(ReleaseKind release, ClaimState state) =>
        Assert.Equal(state,
            ClaimStates.Of(Attempt(PaymentChannel.File, release, OutcomeKind.Settled), reserved: false));

    [Theory]
    [InlineData(ClaimState.Rejected, ClaimStanding.Unpaid, OutcomeKind.Rejected)]
    [InlineData(ClaimState.NotSent, ClaimStanding.Unpaid, OutcomeKind.NotSent)]
    [InlineData(ClaimState.Returned, ClaimStanding.Unpaid, OutcomeKind.Settled, OutcomeKind.Returned)]
    [InlineData(ClaimState.Contradicted, ClaimStanding.InFlight, OutcomeKind.Settled, OutcomeKind.Rejected)]
    public void An_outcome_outweighs_the_file(ClaimState state, ClaimStanding standing, params OutcomeKind[] kinds)
    {
        var attempt = Attempt(PaymentChannel.File, ReleaseKind.Ordinary, kinds);
        Assert.Equal(state, ClaimStates.Of(attempt, reserved: false));
        Assert.Equal(standing, ClaimStates.Standing(state));
    }

    [Fact]
    public void A_payment_outside_is_paid_until_it_dies_and_a_void_never_dies()
    {
        Assert.Equal(ClaimState.PaidOutside, ClaimStates.Of(Attempt(PaymentChannel.Outside, default), reserved: false));
        Assert.Equal(ClaimState.Returned,
            ClaimStates.Of(Attempt(PaymentChannel.Outside, default, OutcomeKind.Returned), reserved: false));
        Assert.Equal(ClaimState.Voided,
            ClaimStates.Of(Attempt(PaymentChannel.Void, default, OutcomeKind.Returned), reserved: false));
    }

    [Fact]
    public void Money_is_reserved_again_only_after_the_death_of_the_attempt_before()
    {
        var dead = Attempt(PaymentChannel.File, ReleaseKind.Ordinary, OutcomeKind.Rejected);
        var paid = Attempt(PaymentChannel.File, ReleaseKind.Ordinary, OutcomeKind.Settled);
        Assert.Equal(ClaimState.Reserved, ClaimStates.Of(dead, reserved: true));
        Assert.Throws<DefectException>(() => ClaimStates.Of(paid, reserved: true));
    }

    [Fact]
    public void Every_state_is_exactly_one_of_unpaid_in_flight_paid_and_voided()
    {
        var counted = Enum.GetValues<ClaimState>().CountBy(ClaimStates.Standing).ToDictionary();
        Assert.Equal((5, 4, 3, 1), (counted[ClaimStanding.Unpaid], counted[ClaimStanding.InFlight],
            counted[ClaimStanding.Paid], counted[ClaimStanding.Voided]));
    }

    private static LatestAttempt Attempt(PaymentChannel channel, ReleaseKind release, params OutcomeKind[] kinds) =>
        new(channel, release, channel == PaymentChannel.File ? FileState.Accepted : null,
            OutcomeSet.Of(kinds.Select(kind => (OutcomeSource.Statement, kind))));
}
