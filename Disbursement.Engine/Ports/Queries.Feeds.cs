using Disbursement.Engine.Arrears;
using Disbursement.Engine.Feeds;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Records of the outbox that a subscriber gets, of those after one number up to another; in order.
    /// </summary>
    /// <param name="limit">So many at most.</param>
    IReadOnlyList<OutboxRow> FeedRecords(FeedSubscriberRow subscriber, long after, long to, long limit);

    /// <summary>The outbox's last number; 0 where it is empty.</summary>
    long LastFeedSequence();
}
