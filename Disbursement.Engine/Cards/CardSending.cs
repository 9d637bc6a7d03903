using System.Globalization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Cards;

/// <summary>One step of a batch on its way to the bank, as a file takes it: card.seal, card.send, card.sent,
/// card.expire-lease, card.withdraw.</summary>
/// <remarks>Argument batch. The steps differ in what they ask before and what they write.</remarks>
public sealed class CardSending : ICommandHandler
{
    public const string Body = "sealed-cards";
    public const string Signature = "cards-signature";

    private readonly Func<DecisionContext, CardBatchRow, Decision<CardBatchRow>> _step;

    private CardSending(string verb, Func<DecisionContext, CardBatchRow, Decision<CardBatchRow>> step) =>
        (Verb, _step) = (verb, step);

    public static IEnumerable<ICommandHandler> All =>
    [
        new CardSending("card.seal", Seal), new CardSending("card.send", Send), new CardSending("card.sent", Sent),
        new CardSending("card.expire-lease", ExpireLease), new CardSending("card.withdraw", Withdraw),
    ];

    public string Verb { get; }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Verb == "card.withdraw" && Guard.Actor(context, Roles.Clerk) is { } unfit)
            return Decision<Changes>.Refuse([unfit]);
        var id = context.Command.Number("batch");
        if (context.Rows.Find<CardBatchRow>(("batch", id)) is not { } batch)
            return Decision<Changes>.Refuse([Guard.NotFound("card", Text(id))]);
        var stepped = _step(context, batch);
        if (!stepped.Accepted) return Decision<Changes>.Refuse(stepped.Findings);
        var after = stepped.Value;
        if (ReferenceEquals(after, batch)) return Decision<Changes>.Accept(Changes.Repeated(batch));
        after = after with { Version = batch.Version + 1 };
        var changes = new Changes { Result = after }.Update(after);
        if (context.Command.Find("taken") is not null) changes.Insert(FileSent.NameTaken(context, batch.Reference));
        return Decision<Changes>.Accept(changes);
    }

    /// <summary>The bytes that go to the bank are kept; every sending uses these.</summary>
    private static Decision<CardBatchRow> Seal(DecisionContext context, CardBatchRow batch)
    {
        var body = context.InputDigest(Body);
        if (batch.SealedDocument == body) return Decision<CardBatchRow>.Accept(batch);
        return Step(batch, FileTrigger.Seal, next => batch with
        {
            State = next,
            SealedDocument = body,
            SignatureDocument = context.Input(Signature) is null ? null : context.InputDigest(Signature),
        });
    }

    /// <summary>Said before anything leaves the house. No repeat: whoever asks twice must not send twice.</summary>
    private static Decision<CardBatchRow> Send(DecisionContext context, CardBatchRow batch) =>
        Step(batch, FileTrigger.Send, next => batch with
        {
            State = next,
            FirstSentAt = context.At,
            LeaseUntil = context.At + FileSend.Lease,
        }, context.Queries.OpenSends() is [var open, ..]
            ? new Finding(RestoreRules.ListOpen, At(batch), open.Reference) : RestoreLock.BankAhead(context));

    /// <summary>The outcome of a call, told with the version of the Sending it belongs to. Late, it changes nothing.
    /// </summary>
    private static Decision<CardBatchRow> Sent(DecisionContext context, CardBatchRow batch)
    {
        var text = context.Command.Text("result");
        if (!Enum.TryParse<SendingResult>(text, out var result))
            return Decision<CardBatchRow>.Refuse(FileRules.ResultUnknown, At(batch), text);
        if (batch.State != FileState.Sending || batch.Version != context.Command.Number("version"))
            return Decision<CardBatchRow>.Accept(batch);
        return Step(batch, FileSent.TriggerOf(result), next => batch with
        {
            State = next,
            LeaseUntil = null,
            // The transport proves that no byte left; from Unknown nothing leads back, so there was no other sending.
            FirstSentAt = result == SendingResult.NotSent ? null : batch.FirstSentAt,
        });
    }

    /// <summary>A sending whose process died without a word is Unknown.</summary>
    private static Decision<CardBatchRow> ExpireLease(DecisionContext context, CardBatchRow batch) =>
        Step(batch, FileTrigger.LoseAnswer, next => batch with { State = next, LeaseUntil = null },
            batch.LeaseUntil > context.At
                ? new Finding(CardRules.LeaseRuns, At(batch), Text(batch.Batch), $"{batch.LeaseUntil}") : null);

    /// <summary>Given up before any sending, which its state proves: its workers can be applied for again.</summary>
    private static Decision<CardBatchRow> Withdraw(DecisionContext context, CardBatchRow batch) =>
        batch.State == FileState.Withdrawn ? Decision<CardBatchRow>.Accept(batch)
            : Step(batch, FileTrigger.Withdraw, next => batch with { State = next });

    private static Decision<CardBatchRow> Step(CardBatchRow batch, FileTrigger trigger,
        Func<FileState, CardBatchRow> after, Finding? refusal = null)
    {
        var next = CardMachine.Table.Step(batch.State, trigger, At(batch));
        return !next.Accepted ? Decision<CardBatchRow>.Refuse(next.Findings)
            : refusal is not null ? Decision<CardBatchRow>.Refuse([refusal])
            : Decision<CardBatchRow>.Accept(after(next.Value));
    }

    private static Place At(CardBatchRow batch) => Place.Of("card", Text(batch.Batch));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
