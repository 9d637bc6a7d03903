using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// arrears.discharge: two people and a document say that a claim was paid outside the wage account. Of a claim that has
/// a live payment the same document is an exception, not a discharge: the worker may have been paid twice.
/// </summary>
public sealed class Discharge : ICommandHandler
{
    public const string Evidence = "evidence";
    public const string PossibleDoublePayment = "PossibleDoublePayment";

    public string Verb => "arrears.discharge";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var id = context.Command.Number("claim");
        var claimText = id.ToString(CultureInfo.InvariantCulture);
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (context.Input(Evidence) is null)
            return Decision<Changes>.Refuse(ArrearsRules.EvidenceMissing, Place.Of("--evidence", ""));
        if (context.Queries.ClaimFacts(id) is not { } claim)
            return Decision<Changes>.Refuse([Guard.NotFound("claim", claimText)]);
        var digest = context.InputDigest(Evidence);
        // By its channel too: the document of a void discharges nothing.
        if (context.Rows.List<PaymentRow>(("claim", id)).FirstOrDefault(
            p => p.Channel == PaymentChannel.Outside && p.Document == digest) is { } known)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        if (RestoreLock.Refusal(context, id) is { } locked) return Decision<Changes>.Refuse([locked]);
        var state = claim.State(context.At);
        return ClaimStates.Standing(state) switch
        {
            ClaimStanding.Voided =>
                Decision<Changes>.Refuse(ArrearsRules.NothingOwed, Place.Of("claim", claimText), claimText, $"{state}"),
            ClaimStanding.Unpaid => Unpaid(context, claim, claimText, digest),
            ClaimStanding.InFlight or ClaimStanding.Paid => Decision<Changes>.Accept(Doubtful(context, claim, digest)),
            var standing => throw new DefectException($"no such standing: {standing}"),
        };
    }

    private static Decision<Changes> Unpaid(
        DecisionContext context, ClaimFacts claim, string claimText, string digest) =>
        context.Queries.UnfiledReleasesOf(claim.Payroll, claim.PayrollLine) is [var release, ..]
            ? Decision<Changes>.Refuse(ArrearsRules.InRelease, Place.Of("claim", claimText), claimText,
                release.ToString(CultureInfo.InvariantCulture))
            : TwoPeople.Decide(context, $"claim/{claimText}", digest, changes => Paid(context, changes, claim, digest));

    private static Decision<Changes> Paid(DecisionContext context, Changes changes, ClaimFacts claim, string digest)
    {
        var payment = new PaymentRow
        {
            Claim = claim.Claim,
            Attempt = claim.Attempt + 1,
            PriorAttempt = claim.Attempt == 0 ? null : claim.Attempt,
            Channel = PaymentChannel.Outside,
            AmountFen = claim.NetFen,
            Document = digest,
        };
        var counters = new PayrollCounters();
        counters.Move(claim.Payroll, ClaimStanding.Unpaid, ClaimStanding.Paid, new Money(claim.NetFen));
        var payroll = context.Rows.Find<PayrollRow>(("payroll", claim.Payroll))
            ?? throw new DefectException($"claim {claim.Claim} has no payroll");
        changes.Update(counters.Apply(payroll)).Insert(payment).Count("outside_fen", claim.NetFen);
        ObligationBook.Leave(context, changes, [(claim.Claim, LeftCause.Outside)],
            context.Queries.OpenObligationLinesOfClaim(claim.Claim), digest);
        changes.Result = payment;
        return Decision<Changes>.Accept(changes);
    }

    private static Changes Doubtful(DecisionContext context, ClaimFacts claim, string digest)
    {
        if (context.Rows.List<BankExceptionRow>(("kind", PossibleDoublePayment), ("claim", claim.Claim))
            .FirstOrDefault(e => e.Detail == digest) is { } known) return Changes.Repeated(known);
        var exception = new BankExceptionRow
        {
            Exception = context.NextId("exception"),
            Kind = PossibleDoublePayment,
            DocumentLine = 0,
            Claim = claim.Claim,
            AmountFen = claim.NetFen,
            ExpectedFen = 0,
            Detail = digest,
        };
        return new Changes { Result = exception }.Insert(exception);
    }
}
