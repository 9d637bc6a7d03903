using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// claim.void: two people find, by a document, that a claim is not owed. It then stands as voided for good, and the
/// next revision may be written. Argument: claim; input: the evidence.
/// </summary>
public sealed class ClaimVoid : ICommandHandler
{
    public const string Input = "void-evidence";

    public string Verb => "claim.void";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var id = context.Command.Text("claim");
        if (context.Rows.Find<WageClaimRow>(("claim", context.Command.Number("claim"))) is not { } claim)
            return Decision<Changes>.Refuse([Guard.NotFound("claim", id)]);
        var evidence = context.InputDigest(Input);
        var last = context.Rows.List<PaymentRow>(("claim", claim.Claim)) is [.., var latest] ? latest : null;
        if (last?.Channel == PaymentChannel.Void)
            return last.Document == evidence
                ? Decision<Changes>.Accept(Changes.Repeated(last))
                : Decision<Changes>.Refuse(StandingRules.ClaimVoided, Place.Of("claim", id), id);
        if (RestoreLock.Refusal(context, claim.Claim) is { } locked) return Decision<Changes>.Refuse([locked]);
        // By its words, not by its death alone: what was rejected and is now called settled is in flight again.
        if (ClaimStates.Standing(context.Queries.ClaimFacts(claim.Claim)!.State(context.At)) != ClaimStanding.Unpaid)
            return Decision<Changes>.Refuse(StandingRules.PaymentLive, Place.Of("claim", id), id);
        if (context.Queries.UnfiledReleasesOf(claim.Payroll, claim.PayrollLine) is [var release, ..])
            return Decision<Changes>.Refuse(
                StandingRules.InRelease, Place.Of("claim", id), id, PayrollAct.Text(release));
        return TwoPeople.Decide(context, $"claim/{id}", evidence,
            changes => Decision<Changes>.Accept(Voided(context, changes, claim, last?.Attempt, evidence)));
    }

    private static Changes Voided(
        DecisionContext context, Changes changes, WageClaimRow claim, long? prior, string evidence)
    {
        var payment = new PaymentRow
        {
            Claim = claim.Claim,
            Attempt = (prior ?? 0) + 1,
            PriorAttempt = prior,
            Channel = PaymentChannel.Void,
            AmountFen = claim.NetFen,
            Document = evidence,
        };
        var counters = new PayrollCounters();
        counters.Move(claim.Payroll, ClaimStanding.Unpaid, ClaimStanding.Voided, new Money(claim.NetFen));
        var payroll = counters.Apply(context.Rows.Find<PayrollRow>(("payroll", claim.Payroll))!);
        changes.Update(payroll).Insert(payment).Count("voided_fen", claim.NetFen);
        var open = context.Queries.OpenObligationLinesOfClaim(claim.Claim);
        ObligationBook.Leave(context, changes, [(claim.Claim, LeftCause.Voided)], open, evidence);
        changes.Result = payment;
        return changes;
    }
}
