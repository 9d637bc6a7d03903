using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Feeds;

/// <summary>
/// feed.lease and feed.told: one host takes it upon itself to push to a subscriber for a while, and records what came
/// of each call. What a subscriber holds only grows; a failure puts the next attempt off, by a rule without chance.
/// </summary>
/// <remarks>
/// Arguments: subscriber; of told also lease (its end, by which a late answer is known), answer, holds (the last record
/// it says it holds), status (HTTP), more (1: the same host goes on).
/// </remarks>
public sealed class FeedDelivery : ICommandHandler
{
    /// <summary>Longer than a call and its commit can take; shorter than anybody would wait after a crash.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(1);

    /// <summary>The longest pause between two attempts: a subscriber that is back waits no longer than this.</summary>
    public static readonly Duration LongestPause = Duration.FromHours(1);

    private readonly Func<DecisionContext, FeedSubscriberRow, Decision<Changes>> _decide;

    private FeedDelivery(string verb, Func<DecisionContext, FeedSubscriberRow, Decision<Changes>> decide) =>
        (Verb, _decide) = (verb, decide);

    public static IEnumerable<ICommandHandler> All =>
        [new FeedDelivery("feed.lease", Take), new FeedDelivery("feed.told", Told)];

    public string Verb { get; }

    public Decision<Changes> Decide(DecisionContext context) =>
        context.Rows.Find<FeedSubscriberRow>(("subscriber", context.Command.Number("subscriber"))) is { } subscriber
            ? _decide(context, subscriber)
            : Decision<Changes>.Refuse([Guard.NotFound("subscriber", context.Command.Text("subscriber"))]);

    /// <summary>Whether there is something to push and nothing to wait for.</summary>
    public static bool IsDue(FeedSubscriberRow subscriber, Instant at) => subscriber is
    {
        State: SubscriberState.Active,
        Url: not null,
    } && subscriber.Records > subscriber.Acknowledged
        && !(subscriber.NextAttemptAt > at) && !(subscriber.LeaseUntil > at);

    /// <summary>The pause after so many failures in a row: one minute, two, four … an hour.</summary>
    public static Duration Pause(long failures) =>
        failures > 6 ? LongestPause : Duration.Min(LongestPause, Duration.FromMinutes(1L << (int)(failures - 1)));

    private static Decision<Changes> Take(DecisionContext context, FeedSubscriberRow subscriber)
    {
        if (!IsDue(subscriber, context.At)) return Decision<Changes>.Accept(Changes.Repeated());
        return Moved(subscriber with { LeaseUntil = context.At + Lease });
    }

    private static Decision<Changes> Told(DecisionContext context, FeedSubscriberRow subscriber)
    {
        var command = context.Command;
        var answer = Enum.Parse<FeedAnswer>(command.Text("answer"));
        var holds = command.Find("holds") is null ? 0 : command.Number("holds");
        if (holds > subscriber.Records) answer = FeedAnswer.Ahead;
        // A late answer is evidence all the same, whoever has the lease by now.
        var isOurs = subscriber.LeaseUntil is { } until && Moment(until) == command.Text("lease");
        var failed = answer is not (FeedAnswer.Acknowledged or FeedAnswer.Gap);
        // Who only lacks again what it had is no better off: the pauses go on growing.
        var attempts = failed ? subscriber.Attempts + 1 : answer is FeedAnswer.Gap ? subscriber.Attempts : 0;
        return Moved(subscriber with
        {
            // Who refuses a batch may hold another history's: its number counts for nothing then.
            Acknowledged = answer is FeedAnswer.Acknowledged ? Math.Max(subscriber.Acknowledged, holds)
                : subscriber.Acknowledged,
            Answer = answer,
            AnswerStatus = command.Find("status") is null ? null : command.Number("status"),
            AttemptedAt = context.At,
            Attempts = attempts,
            NextAttemptAt = failed ? context.At + Pause(attempts) : null,
            LeaseUntil = !isOurs ? subscriber.LeaseUntil
                : command.Find("more") == "1" && !failed ? context.At + Lease : null,
        });
    }

    /// <summary>A lease's end as an argument.</summary>
    public static string Moment(Instant until) => Leaf.TimePattern.Format(until);

    private static Decision<Changes> Moved(FeedSubscriberRow after)
    {
        var row = after with { Version = after.Version + 1 };
        return Decision<Changes>.Accept(new Changes { Result = row }.Update(row));
    }
}
