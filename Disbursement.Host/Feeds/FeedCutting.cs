using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Jobs;

namespace Disbursement.Host.Feeds;

/// <summary>Makes up what the outbox holds for each subscriber: signed outside the lock, decided under it.</summary>
internal sealed class FeedCutting(Composition composition, Settings settings)
{
    /// <summary>Batches of one subscriber in one run: the lock is free between two, and wages go first.</summary>
    private const int MostBatches = 500;

    /// <summary>What was made up, subscriber by subscriber; nothing where there is nothing new.</summary>
    public IEnumerable<PumpStep> Cut(long ledger)
    {
        foreach (var subscriber in Active(ledger))
        {
            var (after, made) = (subscriber, 0);
            IReadOnlyList<Finding> findings = [];
            while (made < MostBatches && Command(ledger, after, out var missing) is { } command)
            {
                var decision = missing is not null ? Decision<Outcome>.Refuse([missing])
                    : composition.Runner.Run(ledger, command);
                findings = decision.Findings;
                if (!decision.Accepted || decision.Value.Repeat) break;
                after = (FeedSubscriberRow)decision.Value.Result!;
                made++;
            }
            if (made > 0 || findings.Count > 0)
                yield return new PumpStep("feed.cut", subscriber.Subscriber, made > 0, findings);
        }
    }

    private IReadOnlyList<FeedSubscriberRow> Active(long ledger)
    {
        using var view = composition.Store.Read(ledger);
        return view.List<FeedSubscriberRow>(("state", SubscriberState.Active));
    }

    /// <summary>The next batch, signed; null where no record waits.</summary>
    private Command? Command(long ledger, FeedSubscriberRow subscriber, out Finding? missing)
    {
        missing = null;
        using var view = composition.Store.Read(ledger);
        var records = view.Queries.FeedRecords(subscriber, subscriber.ToSequence, long.MaxValue, FeedText.MostRecords);
        if (records.Count == 0) return null;
        var batch = subscriber.Batches + 1;
        var key = FeedKey.Find(settings.Keys, subscriber.Algorithm);
        if (key is null)
            missing = new Finding(FeedRules.KeyDiffers, Place.Of("subscriber", subscriber.Name), subscriber.Name);
        var payload = FeedText.Payload(subscriber, batch, subscriber.Records + 1, subscriber.Digest, records);
        return new Command("feed.cut", ("subscriber", subscriber.Subscriber), ("batch", batch),
            ("to", records[^1].Sequence), ("signature", key?.Sign(payload) ?? ""));
    }
}
