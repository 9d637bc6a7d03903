namespace Disbursement.Tests.Storage.Attacks;

/// <summary>Forgeries about the feed, tried as all others are.</summary>
internal static class FeedForgeries
{
    public static IReadOnlyDictionary<string, (Forgery Row, string Law)> All { get; } =
        new Dictionary<string, (Forgery Row, string Law)>
        {
            ["A subscriber that nobody decided"] = (new("feed_subscriber", "subscriber = 1",
                "subscriber = 2, name = 'mine'"), "L7: two people decide who is told"),
            ["A subscriber that begins with batches"] = (new("feed_subscriber", "subscriber = 1",
                "subscriber = 2, name = 'other', records = 5, batches = 1"), "begins with no batch"),
            ["A batch that leaves a number out"] = (
                new("feed_batch", "batch = 1", "subscriber = 1, batch = 2, first_n = 3, last_n = 3"),
                "a batch follows the one before"),
            ["A batch of more records than its stretch has"] = (new("feed_batch", "batch = 1", "batch = 2, last_n = 9"),
                "a batch follows the one before|feed_batch_check|CHECK"),
            ["A batch written anew"] = (new("feed_batch", "batch = 1", "digest = 'other'"),
                "feed_batch_pkey|written once|feed_batch_last|UNIQUE"),
        };
}
