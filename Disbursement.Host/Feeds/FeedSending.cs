using System.Diagnostics;
using System.Globalization;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Jobs;
using NodaTime;

namespace Disbursement.Host.Feeds;

/// <summary>
/// Pushes to subscribers what they have not acknowledged, line by line: each answer is a decision of its own, so that a
/// crash forgets nothing but the last line's, which then goes once more with the same bytes.
/// </summary>
internal sealed class FeedSending(Composition composition, FeedCall call)
{
    /// <summary>One subscriber's share of a run, and that of all of them.</summary>
    private static readonly TimeSpan s_share = TimeSpan.FromSeconds(30), s_all = TimeSpan.FromSeconds(60);

    /// <summary>Every subscriber that something waits for, each at most once in a run.</summary>
    /// <param name="told">Those that had their turn in this run.</param>
    public IEnumerable<PumpStep> Send(long ledger, ISet<long> told)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var subscriber in Due(ledger))
        {
            if (Stopwatch.GetElapsedTime(began) > s_all) yield break;
            if (told.Add(subscriber.Subscriber) && Send(ledger, subscriber.Subscriber) is { } step) yield return step;
        }
    }

    /// <summary>One subscriber, until it holds everything, fails, or its share of time is over; null where another host
    /// is at it.</summary>
    public PumpStep? Send(long ledger, long id)
    {
        var leased = composition.Runner.Run(ledger, new Command("feed.lease", ("subscriber", id)));
        if (!leased.Accepted || leased.Value.Repeat) return null;
        var subscriber = (FeedSubscriberRow)leased.Value.Result!;
        var (began, position, isRewound) = (Stopwatch.GetTimestamp(), subscriber.Acknowledged, false);
        while (Next(ledger, subscriber, position) is { } line)
        {
            var reply = call(subscriber, line);
            // Once in a run: who says again that it lacks what it was just sent does not take it.
            if (reply.Answer is FeedAnswer.Gap && isRewound) reply = reply with { Answer = FeedAnswer.Refused };
            isRewound |= reply.Answer is FeedAnswer.Gap;
            var goesOn = reply.Answer is FeedAnswer.Gap
                || (reply.Answer is FeedAnswer.Acknowledged && reply.Holds < subscriber.Records);
            if (Stopwatch.GetElapsedTime(began) > s_share) goesOn = false;
            subscriber = Told(ledger, subscriber, reply, goesOn);
            position = reply.Holds ?? position;
            if (!goesOn || subscriber.Answer is not (FeedAnswer.Acknowledged or FeedAnswer.Gap)) break;
        }
        return new PumpStep("feed.push", id, true, NotDelivered(subscriber) is { } finding ? [finding] : []);
    }

    /// <summary>Why a subscriber is behind, or null.</summary>
    public static Finding? NotDelivered(FeedSubscriberRow subscriber) => subscriber.Attempts == 0 ? null
        : new Finding(FeedRules.NotDelivered, Place.Nowhere, subscriber.Name, Words(subscriber),
            string.Create(CultureInfo.InvariantCulture, $"{subscriber.Records - subscriber.Acknowledged}"),
            Cli.Output.Cell(subscriber.NextAttemptAt));

    /// <summary>The last answer in both languages.</summary>
    public static string Words(FeedSubscriberRow subscriber)
    {
        var status = subscriber.AnswerStatus is { } code ? $" (HTTP {code})" : "";
        var (zh, en) = subscriber.Answer switch
        {
            FeedAnswer.None => ("尚未推送", "nothing was pushed yet"),
            FeedAnswer.Acknowledged => ("已确认", "it acknowledged"),
            FeedAnswer.Unreachable => ("连接不上, 或连接中断", "no connection, or one that broke"),
            FeedAnswer.Silent => ("限时内没有应答", "no answer in the time allowed"),
            FeedAnswer.Refused => ("对方没有接收", "it did not take them"),
            FeedAnswer.Unreadable => ("应答中没有最后序号", "its answer does not say what it holds"),
            FeedAnswer.Gap => ("对方缺少已确认过的记录, 已从缺处重发",
                "it lacks what it had acknowledged: sent again from there"),
            FeedAnswer.Ahead => ("对方的记录比本账本多: 一方出自另一份历史, 须人工核对",
                "it holds more than this ledger wrote: one of the two is of another history, compare them"),
            _ => throw new DefectException($"no words for {subscriber.Answer}"),
        };
        return Bilingual.Of(zh + status, en + status);
    }

    private List<FeedSubscriberRow> Due(long ledger)
    {
        var now = composition.Clock.Read();
        using var view = composition.Store.Read(ledger);
        return [.. view.List<FeedSubscriberRow>(("state", SubscriberState.Active))
            .Where(s => FeedDelivery.IsDue(s, Instant.Max(now, s.AttemptedAt ?? now)))];
    }

    private FeedLine? Next(long ledger, FeedSubscriberRow subscriber, long position)
    {
        using var view = composition.Store.Read(ledger);
        return FeedLines.After(view, subscriber, position);
    }

    private FeedSubscriberRow Told(long ledger, FeedSubscriberRow subscriber, FeedReply reply, bool goesOn)
    {
        List<KeyValuePair<string, string>> arguments =
        [
            new("subscriber", Text(subscriber.Subscriber)), new("answer", $"{reply.Answer}"),
            new("lease", subscriber.LeaseUntil is { } until ? FeedDelivery.Moment(until) : ""),
        ];
        if (reply.Holds is { } holds) arguments.Add(new("holds", Text(holds)));
        if (reply.Status is { } status) arguments.Add(new("status", Text(status)));
        if (goesOn) arguments.Add(new("more", "1"));
        var told = composition.Runner.Run(ledger, new Command("feed.told", arguments, []));
        return told.Accepted ? (FeedSubscriberRow)told.Value.Result!
            : throw new DefectException($"what subscriber {subscriber.Name} answered is not taken");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
