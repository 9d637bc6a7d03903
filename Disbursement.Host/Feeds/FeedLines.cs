using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Feeds;

/// <summary>A batch with the line it travels in.</summary>
internal sealed record FeedLine(FeedBatchRow Batch, string Text);

/// <summary>The lines of a subscriber as they were signed: made of the outbox's rows again, the same bytes each time.
/// </summary>
internal static class FeedLines
{
    /// <summary>The line that holds the record behind a number, or null where nothing is behind it yet.</summary>
    public static FeedLine? After(LedgerView view, FeedSubscriberRow subscriber, long after)
    {
        if (view.Lists.FeedBatchAfter(subscriber.Subscriber, after) is not { } batch) return null;
        var records = view.Queries.FeedRecords(subscriber, batch.AfterSequence, batch.ToSequence, long.MaxValue);
        var payload = FeedText.Payload(subscriber, batch.Batch, batch.FirstN, batch.Previous, records);
        Invariant.Holds(FeedText.Digest(payload) == batch.Digest,
            $"batch {batch.Batch} of subscriber {subscriber.Name} is no longer what was signed");
        return new FeedLine(batch, FeedText.Line(subscriber, batch, payload));
    }

    /// <summary>The lines behind a number, one by one.</summary>
    /// <param name="limit">Stops with the line by which so many records have been given.</param>
    public static IEnumerable<FeedLine> AllAfter(LedgerView view, FeedSubscriberRow subscriber, long after, long limit)
    {
        for (var given = 0L; given < limit && After(view, subscriber, after) is { } line; after = line.Batch.LastN)
        {
            given += line.Batch.LastN - line.Batch.FirstN + 1;
            yield return line;
        }
    }
}
