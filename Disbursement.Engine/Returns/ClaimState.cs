using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Returns;

/// <summary>How a claim is met: by a file to the bank, by a payment outside of it, or not at all (voided).</summary>
public enum PaymentChannel { File, Outside, Void }

/// <summary>What the law of nothing lost counts: each approved claim is exactly one of these.</summary>
public enum ClaimStanding { Unpaid, InFlight, Paid, Voided }

/// <summary>Where a wage claim (应付工资) stands. Derived, never stored; "escalated" is a flag beside it.</summary>
public enum ClaimState
{
    Pending, Reserved, NotSent, Rejected, Returned,
    Filed, Sent, Unknown, Contradicted,
    Settled, Advanced, PaidOutside,
    Voided,
}

/// <summary>The latest attempt to pay a claim, with what it shares with its file and release.</summary>
/// <param name="Channel">How it is paid.</param>
/// <param name="Release">With whose money; of no meaning to a payment outside or a void.</param>
/// <param name="File">The file's state; null for a payment outside or a void.</param>
/// <param name="Outcomes">Every outcome known of this attempt.</param>
/// <param name="AnswerOverdue">
/// The file was accepted and the profile's answerBy passed without a word on this line.
/// </param>
public readonly record struct LatestAttempt(
    PaymentChannel Channel, ReleaseKind Release, FileState? File, OutcomeSet Outcomes, bool AnswerOverdue = false);

/// <summary>Derives a claim's state from the facts, and the standing from the state.</summary>
public static class ClaimStates
{
    /// <summary>The state of a claim.</summary>
    /// <param name="latest">Its latest attempt; null before the first.</param>
    /// <param name="reserved">A release with reserved money carries it and has not yet filed it.</param>
    public static ClaimState Of(LatestAttempt? latest, bool reserved)
    {
        var state = latest is { } attempt ? Of(attempt) : ClaimState.Pending;
        if (!reserved) return state;
        // Money is reserved only for what can still be paid: law L1 admits no next attempt beside a live one.
        Invariant.Holds(Standing(state) == ClaimStanding.Unpaid, $"money is reserved for a claim that is {state}");
        return ClaimState.Reserved;
    }

    /// <summary>
    /// Unpaid, in flight (a live payment), paid or voided. Paid is not the end: a late return makes it unpaid again.
    /// </summary>
    public static ClaimStanding Standing(ClaimState state) => state switch
    {
        ClaimState.Pending or ClaimState.Reserved or ClaimState.NotSent or ClaimState.Rejected or ClaimState.Returned
            => ClaimStanding.Unpaid,
        ClaimState.Filed or ClaimState.Sent or ClaimState.Unknown or ClaimState.Contradicted => ClaimStanding.InFlight,
        ClaimState.Settled or ClaimState.Advanced or ClaimState.PaidOutside => ClaimStanding.Paid,
        ClaimState.Voided => ClaimStanding.Voided,
        _ => throw new DefectException($"no such claim state: {state}"),
    };

    private static ClaimState Of(LatestAttempt attempt) => (attempt.Channel, attempt.Outcomes.State) switch
    {
        (PaymentChannel.Void, _) => ClaimState.Voided, // A void never dies.
        (_, AttemptState.NotSent) => ClaimState.NotSent,
        (_, AttemptState.Rejected) => ClaimState.Rejected,
        (_, AttemptState.Returned) => ClaimState.Returned,
        (_, AttemptState.Contradicted) => ClaimState.Contradicted,
        (PaymentChannel.Outside, _) => ClaimState.PaidOutside,
        (PaymentChannel.File, AttemptState.Settled) =>
            attempt.Release is ReleaseKind.Advance or ReleaseKind.Deposit ? ClaimState.Advanced : ClaimState.Settled,
        _ => Unanswered(attempt),
    };

    /// <summary>A line without an outcome stands where its file stands.</summary>
    private static ClaimState Unanswered(LatestAttempt attempt) => attempt.File switch
    {
        FileState.Built or FileState.Sealed => ClaimState.Filed,
        FileState.Sending or FileState.Delivered => ClaimState.Sent,
        FileState.Accepted => attempt.AnswerOverdue ? ClaimState.Unknown : ClaimState.Sent,
        FileState.Unknown => ClaimState.Unknown,
        // Refused, Reconciled and Withdrawn give every line an outcome in the same commit.
        _ => throw new DefectException($"a line without an outcome in a file that is {attempt.File}"),
    };
}
