using Disbursement.Engine.Arrears;
using Disbursement.Engine.Feeds;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string FeedRecordsSql = """
        SELECT o.ledger, o.sequence, o.kind, o.subject, o.region, o.body
        FROM outbox o
        WHERE o.ledger = @ledger AND o.sequence > @after AND o.sequence <= @upto
          AND o.region LIKE @prefix AND (@kinds = '  ' OR @kinds LIKE '% ' || o.kind || ' %')
        ORDER BY o.sequence LIMIT @most
        """;

    private const string LastFeedSequenceSql =
        "SELECT coalesce(max(o.sequence), 0) FROM outbox o WHERE o.ledger = @ledger";

    private const string FeedBatchAfterSql = """
        SELECT b.ledger, b.subscriber, b.batch, b.first_n, b.last_n, b.after_sequence, b.to_sequence, b.previous,
            b.digest, b.key_document, b.signature
        FROM feed_batch b WHERE b.ledger = @ledger AND b.subscriber = @subscriber AND b.last_n > @after
        ORDER BY b.last_n LIMIT 1
        """;

    public IReadOnlyList<OutboxRow> FeedRecords(FeedSubscriberRow subscriber, long after, long to, long limit) =>
        view.Ask<OutboxRow>(FeedRecordsSql, ("after", after), ("upto", to), ("most", limit),
            ("prefix", FeedFilter.Prefix(subscriber.Region) + "%"), ("kinds", $" {subscriber.Kinds} "));

    public long LastFeedSequence() => view.Ask<long>(LastFeedSequenceSql)[0];

    /// <summary>The batch that holds the subscriber's record behind a number; null where there is none yet.</summary>
    public FeedBatchRow? FeedBatchAfter(long subscriber, long after) =>
        view.Ask<FeedBatchRow>(FeedBatchAfterSql, ("subscriber", subscriber), ("after", after)) is [var batch]
            ? batch : null;
}
