using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Feeds;

/// <summary>
/// feed.subscribe: two people have a subscriber (订阅方) told what the outbox holds. Decided again under the same name it
/// changes address and key, or resumes what was stopped.
/// </summary>
/// <remarks>
/// Arguments name, algorithm ("ed25519" or "sm2-sm3"); region, kinds, url, from where given. Input: the public key of
/// the batches, which two people hand to the subscriber. L7: whom the records go to is nobody's alone to say.
/// </remarks>
public sealed class FeedSubscribe : ICommandHandler
{
    public const string Name = "feed.subscribe";
    public const string Key = "feed-key";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var command = context.Command;
        var name = command.Text("name");
        var standing = context.Rows.Find<FeedSubscriberRow>(("name", name));
        var wanted = new FeedSubscriberRow
        {
            Subscriber = 0,
            Version = 1,
            Name = name,
            State = SubscriberState.Active,
            Region = command.Find("region") ?? "",
            Kinds = command.Find("kinds") ?? "",
            Algorithm = command.Text("algorithm"),
            FromSequence = command.Find("from") is null ? standing?.FromSequence ?? 1 : command.Number("from"),
            Url = command.Find("url"),
            KeyDocument = context.InputDigest(Key),
            Batches = 0,
            Records = 0,
            ToSequence = 0,
            Digest = FeedText.Beginning,
            Acknowledged = 0,
            Attempts = 0,
            Answer = FeedAnswer.None,
        };
        if (Unfit(context, wanted) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        if (standing is not null && Differing(standing, wanted) is { } other)
            return Decision<Changes>.Refuse(FeedRules.NameTaken, Place.Of("name", name), name, other);
        if (standing is { State: SubscriberState.Active } && standing.Url == wanted.Url
            && standing.KeyDocument == wanted.KeyDocument)
            return Decision<Changes>.Accept(Changes.Repeated(standing));
        var body = $"{wanted.Region}|{wanted.Kinds}|{wanted.Algorithm}|{wanted.FromSequence}|{wanted.Url}|"
            + wanted.KeyDocument;
        return TwoPeople.Decide(context, FeedStop.SubjectOf(name), body,
            changes => Decision<Changes>.Accept(standing is null ? Begun(context, changes, wanted)
                : Resumed(changes, standing, wanted)));
    }

    private static Finding? Unfit(DecisionContext context, FeedSubscriberRow wanted)
    {
        if (!FeedFilter.IsName(wanted.Name))
            return new Finding(FeedRules.NameUnfit, Place.Of("name", wanted.Name), wanted.Name);
        if (wanted.Region.Length > 0 && !FeedFilter.IsOf(wanted.Region, context.Ledger))
            return new Finding(FeedRules.RegionUnfit, Place.Of("--region", wanted.Region), wanted.Region,
                $"{context.Ledger}");
        if (wanted.Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(FeedFilter.Kinds)
            .FirstOrDefault() is { } kind)
            return new Finding(FeedRules.KindUnknown, Place.Of("--kinds", kind), kind,
                string.Join(", ", FeedFilter.Kinds));
        if (wanted.Url is { } url && !FeedFilter.IsAddress(url))
            return new Finding(FeedRules.UrlUnfit, Place.Of("--url", url), url);
        // What is still to come may be begun at, nothing beyond it: a slip of the key would be silence for years.
        var next = context.Queries.LastFeedSequence() + 1;
        return wanted.FromSequence >= 1 && wanted.FromSequence <= next ? null
            : new Finding(FeedRules.FromBeyond, Place.Of("--from", $"{wanted.FromSequence}"),
                $"{wanted.FromSequence}", $"{next}");
    }

    private static string? Differing(FeedSubscriberRow standing, FeedSubscriberRow wanted) =>
        standing.Region != wanted.Region ? Bilingual.Of("地区", "region")
        : standing.Kinds != wanted.Kinds ? Bilingual.Of("种类", "choice of kinds")
        : standing.Algorithm != wanted.Algorithm ? Bilingual.Of("签名算法", "signature")
        : standing.FromSequence != wanted.FromSequence ? Bilingual.Of("起点", "beginning")
        : null;

    private static Changes Begun(DecisionContext context, Changes changes, FeedSubscriberRow wanted)
    {
        var row = wanted with
        {
            Subscriber = context.NextId("subscriber"),
            ToSequence = wanted.FromSequence - 1,
        };
        changes.Result = row;
        return changes.Insert(row);
    }

    private static Changes Resumed(Changes changes, FeedSubscriberRow standing, FeedSubscriberRow wanted)
    {
        var row = standing with
        {
            Version = standing.Version + 1,
            State = standing.State == SubscriberState.Active ? SubscriberState.Active
                : SubscriberMachine.Table.Next(standing.State, SubscriberTrigger.Resume),
            Url = wanted.Url,
            KeyDocument = wanted.KeyDocument,
            // What stood in the way was the old address: the new one is tried at once.
            Attempts = 0,
            NextAttemptAt = null,
            LeaseUntil = null,
        };
        changes.Result = row;
        return changes.Update(row);
    }
}

/// <summary>feed.stop: two people end a subscription. Argument name. What was made up for it stays to be fetched.
/// </summary>
public sealed class FeedStop : ICommandHandler
{
    public string Verb => "feed.stop";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var name = context.Command.Text("name");
        if (context.Rows.Find<FeedSubscriberRow>(("name", name)) is not { } subscriber)
            return Decision<Changes>.Refuse([Guard.NotFound("subscriber", name)]);
        if (subscriber.State == SubscriberState.Stopped) return Decision<Changes>.Accept(Changes.Repeated(subscriber));
        return TwoPeople.Decide(context, SubjectOf(name), "stop", changes =>
        {
            var row = subscriber with
            {
                Version = subscriber.Version + 1,
                State = SubscriberMachine.Table.Next(subscriber.State, SubscriberTrigger.Stop),
                NextAttemptAt = null,
                LeaseUntil = null,
            };
            changes.Result = row;
            return Decision<Changes>.Accept(changes.Update(row));
        });
    }

    internal static string SubjectOf(string name) => $"subscriber/{name}";
}
