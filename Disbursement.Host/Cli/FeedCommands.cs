using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Feeds;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>feed subscribe, stop, list, show, records and pull; receive and check are the subscriber's.</summary>
public static class FeedCommands
{
    public static Command Create() => new("feed", "监管推送 / the feed of warnings")
    {
        Subscribe(), Stop(), List(), Show(), Records(), Pull(), FeedCopyCommands.Receive(), FeedCopyCommands.Check(),
    };

    private static Command Subscribe()
    {
        var name = Name();
        var region = new Option<string?>("--region") { Description = "只要此地区的记录 / only records of this region" };
        var kinds = new Option<string?>("--kinds")
        {
            Description = "只要这些种类, 以逗号分隔 / only these kinds, with commas between",
        };
        var url = new Option<string?>("--url")
        {
            Description = "推送地址; 不写则由对方领取 / where to push to; without it "
            + "the subscriber pulls"
        };
        var from = new Option<long?>("--from")
        {
            Description = "从本账本此序号起, 默认 1 / begin at this sequence of "
            + "the ledger, by default 1"
        };
        var signature = new Option<string>("--signature")
        {
            DefaultValueFactory = _ => "ed25519",
            Description = "签名算法 / how batches are signed",
        };
        signature.AcceptOnlyFromAmong("ed25519", "sm2");
        var subscribe = new Command("subscribe", "由两人登记订阅方, 或变更其地址、密钥, 或恢复 / two people enter a subscriber, "
            + "or change its address or key, or resume it") { name, region, kinds, url, from, signature };
        subscribe.SetAction(parse =>
        {
            var session = new Session(parse);
            var algorithm = parse.GetValue(signature) == "sm2" ? ApprovalSignature.Sm2 : ApprovalSignature.Ed25519;
            List<KeyValuePair<string, string>> arguments =
                [new("name", parse.GetValue(name)!), new("algorithm", algorithm)];
            void Add(string word, string? value)
            {
                if (!string.IsNullOrEmpty(value)) arguments.Add(new(word, value));
            }
            Add("region", parse.GetValue(region) is { } place && Region.TryParse(place, out var known) ? known.Code
                : parse.GetValue(region));
            Add("kinds", string.Join(' ', (parse.GetValue(kinds) ?? "").Split([',', ' '],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()
                .Order(StringComparer.Ordinal)));
            Add("url", parse.GetValue(url));
            Add("from", parse.GetValue(from)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var ledger = session.Ledger();
            var key = FeedKey.Ensure(session.Settings.Keys, algorithm);
            var command = new EngineCommand(FeedSubscribe.Name, arguments, [])
                .With(new InputDocument(FeedSubscribe.Key, Encoding.UTF8.GetBytes(key.PublicPem)));
            return session.Run(ledger, command, outcome => Told(session, (FeedSubscriberRow)outcome.Result!,
                FeedKey.PublicPath(session.Settings.Keys, algorithm)));
        });
        return subscribe;
    }

    private static int Told(Session session, FeedSubscriberRow subscriber, string keyFile)
    {
        session.Output.Print(new { subscriber.Name, subscriber.State, subscriber.Url, public_key_file = keyFile },
            $"{subscriber.Name} {session.Output.State(subscriber.State)}" + session.Output.Text(
                $"; 公钥 {keyFile}, 请交给订阅方", $"; the public key for it is {keyFile}"));
        return ExitStatus.Done;
    }

    private static Command Stop()
    {
        var name = Name();
        var stop = new Command("stop", "由两人停止订阅 / two people end a subscription") { name };
        stop.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new EngineCommand("feed.stop", ("name", parse.GetValue(name)!)), outcome =>
            {
                var subscriber = (FeedSubscriberRow)outcome.Result!;
                session.Output.Print(new { subscriber.Name, subscriber.State },
                    $"{subscriber.Name} {session.Output.State(subscriber.State)}");
                return ExitStatus.Done;
            });
        });
        return stop;
    }

    private static Command List()
    {
        var list = new Command("list", "列出订阅方 / list the subscribers");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            Print(session.Output, view.List<FeedSubscriberRow>());
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Show()
    {
        var name = Name();
        var show = new Command("show", "显示一个订阅方 / show a subscriber") { name };
        show.SetAction(parse => Found(parse, name, (session, view, subscriber) =>
        {
            var output = session.Output;
            if (!output.Json)
            {
                Print(output, [subscriber]);
                if (subscriber.Url is not null)
                    Console.Out.WriteLine(Bilingual.Said(FeedSending.Words(subscriber), output.Chinese));
                return ExitStatus.Done;
            }
            var shown = JsonSerializer.SerializeToNode(subscriber, Output.Form)!.AsObject();
            shown["behind"] = subscriber.Records - subscriber.Acknowledged;
            shown["said"] = Bilingual.Said(FeedSending.Words(subscriber), output.Chinese);
            shown["key"] = FeedText.KeyId(subscriber.KeyDocument);
            shown["public_key"] = Encoding.UTF8.GetString(view.Vault.Open(subscriber.KeyDocument)!);
            output.Print(new JsonArray(shown), "");
            return ExitStatus.Done;
        }));
        return show;
    }

    private static Command Records()
    {
        var after = new Option<long>("--after") { Description = "只列出此序号之后的 / only records after this sequence" };
        var records = new Command("records", "列出本账本的记录 / list the ledger's own records") { after };
        records.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var rows = view.List<OutboxRow>().Where(o => o.Sequence > parse.GetValue(after)).ToList();
            session.Output.Table(rows, ("sequence", o => o.Sequence), ("kind", o => o.Kind),
                ("subject", o => o.Subject), ("region", o => o.Region), ("body", o => o.Body));
            return ExitStatus.Done;
        });
        return records;
    }

    /// <summary>The lines as they were signed, and nothing else on standard output; with --json an array of them.
    /// </summary>
    private static Command Pull()
    {
        var name = Name();
        var after = new Option<long>("--after")
        {
            Description = "从订阅方此序号之后起 / begin behind this number of the "
            + "subscriber's"
        };
        var limit = new Option<long>("--limit")
        {
            DefaultValueFactory = _ => long.MaxValue,
            Description = "给足这么多条即止, 批次不拆分 / stop once so many records are given; batches stay whole",
        };
        var pull = new Command("pull", "领取已签名的批次, 每批一行 / print signed batches, one a line")
        {
            name, after, limit,
        };
        pull.SetAction(parse => Found(parse, name, (session, view, subscriber) =>
        {
            var lines = FeedLines.AllAfter(view, subscriber, parse.GetValue(after), parse.GetValue(limit));
            var (before, end) = session.Output.Json ? ("[\n", "\n]\n") : ("", "");
            foreach (var line in lines)
            {
                Console.Out.Write(before + line.Text + (session.Output.Json ? "" : "\n"));
                before = session.Output.Json ? ",\n" : "";
            }
            Console.Out.Write(before == "[\n" ? "[]\n" : end);
            return ExitStatus.Done;
        }));
        return pull;
    }

    private static Argument<string> Name() => new("name") { Description = "订阅方名称 / name of the subscriber" };

    private static int Found(ParseResult parse, Argument<string> name,
        Func<Session, LedgerView, FeedSubscriberRow, int> act)
    {
        var session = new Session(parse);
        using var view = session.Store.Read(session.Ledger());
        return view.Find<FeedSubscriberRow>(("name", parse.GetValue(name)!)) is { } subscriber
            ? act(session, view, subscriber)
            : session.Output.Refused([Guard.NotFound("subscriber", parse.GetValue(name)!)]);
    }

    private static void Print(Output output, IReadOnlyList<FeedSubscriberRow> subscribers) => output.Table(subscribers,
        ("subscriber", s => s.Name), ("state", s => s.State),
        ("region", s => s.Region.Length > 0 ? s.Region : output.Text("全部", "all")),
        ("kinds", s => s.Kinds.Length > 0 ? s.Kinds : output.Text("全部", "all")),
        ("address", s => s.Url ?? output.Text("自行领取", "pulls")), ("records", s => s.Records),
        ("acknowledged", s => s.Url is null ? null : s.Acknowledged),
        ("behind", s => s.Url is null ? null : s.Records - s.Acknowledged),
        ("last answer", s => s.Url is null ? null : s.Answer), ("next attempt", s => s.NextAttemptAt));
}
