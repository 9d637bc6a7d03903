using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Feeds;

/// <summary>
/// feed.cut: the next records of the outbox that a subscriber gets become its next batch, signed beforehand, outside
/// the lock. The signature is held against the text as the ledger has it.
/// </summary>
/// <remarks>Arguments subscriber, batch (its number), to (the outbox's number of its last record), signature (base64).
/// </remarks>
public sealed class FeedCut(ISignatureCheck signatures) : ICommandHandler
{
    public string Verb => "feed.cut";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var command = context.Command;
        var id = command.Text("subscriber");
        if (context.Rows.Find<FeedSubscriberRow>(("subscriber", command.Number("subscriber"))) is not { } subscriber)
            return Decision<Changes>.Refuse([Guard.NotFound("subscriber", id)]);
        // Another host was faster, or two people stopped it meanwhile.
        if (subscriber.State != SubscriberState.Active || command.Number("batch") != subscriber.Batches + 1)
            return Decision<Changes>.Accept(Changes.Repeated(subscriber));
        var to = command.Number("to");
        // As many as there are up to it: how many a batch may hold was the caller's to heed, and may change one day.
        var records = context.Queries.FeedRecords(subscriber, subscriber.ToSequence, to, long.MaxValue);
        Invariant.Holds(records.Count > 0 && records[^1].Sequence == to, "a batch ends with its last record");
        var batch = subscriber.Batches + 1;
        var first = subscriber.Records + 1;
        var payload = FeedText.Payload(subscriber, batch, first, subscriber.Digest, records);
        var signature = command.Text("signature");
        var key = context.Vault.Open(subscriber.KeyDocument)
            ?? throw new DefectException($"the key of subscriber {subscriber.Name} is not kept");
        if (!signatures.Verify(subscriber.Algorithm, System.Text.Encoding.UTF8.GetString(key), payload, signature))
            return Decision<Changes>.Refuse(FeedRules.KeyDiffers, Place.Of("subscriber", subscriber.Name),
                subscriber.Name);
        var row = new FeedBatchRow
        {
            Subscriber = subscriber.Subscriber,
            Batch = batch,
            FirstN = first,
            LastN = subscriber.Records + records.Count,
            AfterSequence = subscriber.ToSequence,
            ToSequence = to,
            Previous = subscriber.Digest,
            Digest = FeedText.Digest(payload),
            KeyDocument = subscriber.KeyDocument,
            Signature = signature,
        };
        var after = subscriber with
        {
            Version = subscriber.Version + 1,
            Batches = batch,
            Records = row.LastN,
            ToSequence = to,
            Digest = row.Digest,
        };
        return Decision<Changes>.Accept(new Changes { Result = after }.Insert(row).Update(after)
            .Count("records", records.Count));
    }
}
