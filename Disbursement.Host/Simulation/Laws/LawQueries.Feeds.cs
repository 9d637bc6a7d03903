namespace Disbursement.Host.Simulation.Laws;

/// <summary>What must hold of the feed: asked of the outbox, the batches and what subscribers acknowledged.</summary>
public static partial class LawQueries
{
    // A county's code; of a prefecture or the province what its codes begin with; of no region everything.
    private const string FeedOf = """
        (o.region LIKE CASE WHEN s.region LIKE '%0000' THEN substr(s.region, 1, 2)
            WHEN s.region LIKE '%00' THEN substr(s.region, 1, 4) ELSE s.region END || '%'
        AND (s.kinds = '' OR ' ' || s.kinds || ' ' LIKE '% ' || o.kind || ' %'))
        """;

    /// <summary>
    /// A subscriber's numbers have no gap and its batches leave nothing out; each names the one before; nothing is
    /// acknowledged that was not written.
    /// </summary>
    public const string FeedWhole = """
        SELECT 'feed: batch ' || b.batch || ' of subscriber ' || b.subscriber || ' begins at ' || b.first_n || ' after '
            || b.after_sequence || ', the one before ended at ' || coalesce(p.last_n, 0) || ' with '
            || coalesce(p.to_sequence, s.from_sequence - 1)
        FROM feed_batch b
        JOIN feed_subscriber s ON s.ledger = b.ledger AND s.subscriber = b.subscriber
        LEFT JOIN feed_batch p ON p.ledger = b.ledger AND p.subscriber = b.subscriber AND p.batch = b.batch - 1
        WHERE b.ledger = @ledger AND (b.first_n <> coalesce(p.last_n, 0) + 1
            OR b.after_sequence <> coalesce(p.to_sequence, s.from_sequence - 1)
            OR b.previous <> coalesce(p.digest, '0000000000000000000000000000000000000000000000000000000000000000'))
        UNION ALL
        SELECT 'feed: batch ' || b.batch || ' of subscriber ' || b.subscriber || ' holds ' || (b.last_n - b.first_n + 1)
            || ' records, and there are ' || (SELECT count(*) FROM outbox o WHERE o.ledger = b.ledger
                AND o.sequence > b.after_sequence AND o.sequence <= b.to_sequence AND
        """ + FeedOf + """
            )
        FROM feed_batch b
        JOIN feed_subscriber s ON s.ledger = b.ledger AND s.subscriber = b.subscriber
        WHERE b.ledger = @ledger AND b.last_n - b.first_n + 1 <> (SELECT count(*) FROM outbox o
            WHERE o.ledger = b.ledger AND o.sequence > b.after_sequence AND o.sequence <= b.to_sequence AND
        """ + FeedOf + """
            )
        UNION ALL
        SELECT 'feed: subscriber ' || s.subscriber || ' has acknowledged ' || s.acknowledged || ' of ' || s.records
            || ', its batches hold ' || coalesce(max(b.last_n), 0)
        FROM feed_subscriber s
        LEFT JOIN feed_batch b ON b.ledger = s.ledger AND b.subscriber = s.subscriber
        WHERE s.ledger = @ledger
        GROUP BY s.subscriber, s.acknowledged, s.records
        HAVING s.acknowledged > coalesce(max(b.last_n), 0) OR s.records <> coalesce(max(b.last_n), 0)
        """;
}
