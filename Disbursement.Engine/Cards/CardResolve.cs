using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Cards;

/// <summary>
/// card.resolve: two people with a document of the bank say what became of a batch that is Unknown: it arrived (its
/// workers keep waiting for the bank), or it never did (they can be applied for again). Never a timer.
/// </summary>
/// <remarks>Arguments batch and outcome ("arrived", "never-arrived"); input the evidence. Refusals: person.* by who
/// signs, not found, no evidence, another outcome, a batch that is not Unknown, and before the bank's longest intake
/// delay has passed what never arrived: a second batch of the same workers would meet the first one.</remarks>
public sealed class CardResolve(IBankTermsReader terms) : ICommandHandler
{
    public const string Evidence = "card-evidence";
    public const string Arrived = "arrived";
    public const string NeverArrived = "never-arrived";

    public string Verb => "card.resolve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (id, outcome) = (context.Command.Text("batch"), context.Command.Text("outcome"));
        if (context.Rows.Find<CardBatchRow>(("batch", context.Command.Number("batch"))) is not { } batch)
            return Decision<Changes>.Refuse([Guard.NotFound("card", id)]);
        var at = Place.Of("card", id);
        if (context.Input(Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, at, batch.Reference);
        if (TriggerOf(outcome) is not { } trigger)
            return Decision<Changes>.Refuse(CardRules.OutcomeUnknown, Place.Of("outcome", outcome), outcome);
        var body = $"{outcome} {context.InputDigest(Evidence)}";
        if (batch.State != FileState.Unknown && TwoPeople.Decided(context, Subject(batch.Batch), body))
            return Decision<Changes>.Accept(Changes.Repeated(batch));
        if (batch.State != FileState.Unknown)
            return Decision<Changes>.Refuse([Guard.WrongState("card", batch.Batch, batch.State.ToString(), Verb)]);
        var next = CardMachine.Table.Step(batch.State, trigger, at);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (trigger == FileTrigger.ProveAbsence && QuietUntil(context, batch) is { } quiet && context.At < quiet)
            return Decision<Changes>.Refuse(CardRules.QuietPeriod, at, id, $"{quiet}");
        return TwoPeople.Decide(context, Subject(batch.Batch), body, changes =>
        {
            var resolved = batch with { Version = batch.Version + 1, State = next.Value };
            changes.Result = resolved;
            return Decision<Changes>.Accept(changes.Update(resolved));
        });
    }

    /// <summary>What two people decide on.</summary>
    public static string Subject(long batch) => $"card/{batch.ToString(CultureInfo.InvariantCulture)}";

    private Instant? QuietUntil(DecisionContext context, CardBatchRow batch) =>
        PayerBank.TermsOf(context, terms, batch.Profile) is { Absence: AbsenceEvidence.QuietPeriod } bank
            ? batch.FirstSentAt + Duration.FromHours(bank.QuietHours) : null;

    private static FileTrigger? TriggerOf(string outcome) => outcome switch
    {
        Arrived => FileTrigger.Accept,
        NeverArrived => FileTrigger.ProveAbsence,
        _ => null,
    };
}
