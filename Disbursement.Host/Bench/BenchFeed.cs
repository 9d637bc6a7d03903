using System.Diagnostics;
using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Feeds;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Bench;

/// <summary>How long a subscriber takes for so many records. Seconds are wall time.</summary>
/// <param name="CutSeconds">Making them up: signed batches, one decision each.</param>
/// <param name="PullSeconds">Fetched from the first to the last, and held to the key as a subscriber would.</param>
/// <param name="PushSeconds">Pushed over HTTP to a receiver in a process of its own, which verifies each batch and
/// flushes it before it answers; with the decisions that record the answers.</param>
/// <param name="Whole">Both copies are all of it, verified, and the same bytes.</param>
public sealed record FeedFigures(string Engine, int Records, double CutSeconds, double PullSeconds, double PushSeconds,
    double PullPerMinute, double PushPerMinute, bool Whole);

/// <summary>Fills the outbox of a ledger, as the sweep would, and lets a subscriber drain it both ways.</summary>
internal sealed class BenchFeed(int records)
{
    private const string Name = "bench";

    public FeedFigures Run(Dialect dialect, Action<string> progress)
    {
        var folder = Directory.CreateTempSubdirectory("bench-feed").FullName;
        try
        {
            var world = new DemoWorld(new DemoFolder(folder), new LedgerStore(dialect));
            world.Composition.Store.Migrate();
            world.Clock(new LocalDateTime(2026, 2, 2, 9, 0));
            BenchWorld.Enrol(world);
            progress($"{dialect.Engine}: {records} records");
            Fill(world);
            using var receiver = Receiver(world, folder, out var url);
            try
            {
                Subscribe(world, url);
                return Drain(world, folder, dialect.Engine, receiver, progress);
            }
            finally
            {
                End(receiver);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void End(Process receiver)
    {
        receiver.Kill(entireProcessTree: true);
        receiver.WaitForExit();
    }

    private FeedFigures Drain(
        DemoWorld world, string folder, string engine, Process receiver, Action<string> progress)
    {
        progress("batches");
        var cut = Timed(() =>
        {
            foreach (var _ in new FeedCutting(world.Composition, world.Settings).Cut(world.Ledger))
            {
            }
        });
        progress("pull");
        var pulled = Path.Combine(folder, "pulled.jsonl");
        var pull = Timed(() => Pull(world, pulled));
        progress("push");
        using var post = new FeedPost();
        var push = Timed(() =>
        {
            var sending = new FeedSending(world.Composition, post.Call);
            // Its share of one run is thirty seconds: a machine that is slower takes several.
            while (Subscriber(world) is var s && s.Acknowledged < s.Records && sending.Send(world.Ledger, s.Subscriber)
                is { Findings.Count: 0 })
            {
            }
        });
        End(receiver); // Its copy is its own while it runs.
        var ours = File.ReadAllBytes(pulled);
        var whole = Subscriber(world).Acknowledged == records
            && ours.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, "pushed.jsonl")));
        return new FeedFigures(engine, records, cut, pull, push, records * 60 / pull, records * 60 / push, whole);
    }

    /// <summary>What feed pull prints, read and verified line by line.</summary>
    private void Pull(DemoWorld world, string path)
    {
        var verifier = new FeedVerifier([PersonKey.Read(FeedKey.Ensure(world.Settings.Keys, ApprovalSignature.Ed25519)
            .PublicPem, out _)!]);
        using var view = world.Composition.Store.Read(world.Ledger);
        using var file = File.Create(path);
        foreach (var line in FeedLines.AllAfter(view, Subscriber(world), 0, long.MaxValue))
        {
            Invariant.Holds(verifier.Take(line.Text, out var why) == FeedVerdict.Next, why);
            file.Write(Encoding.UTF8.GetBytes(line.Text + "\n"));
        }
        Invariant.Holds(verifier.Last == records, "all of it was pulled");
    }

    private static FeedSubscriberRow Subscriber(DemoWorld world)
    {
        using var view = world.Composition.Store.Read(world.Ledger);
        return view.Find<FeedSubscriberRow>(("name", Name))!;
    }

    private static void Subscribe(DemoWorld world, string url)
    {
        var key = FeedKey.Ensure(world.Settings.Keys, ApprovalSignature.Ed25519);
        foreach (var person in new[] { world.People.Clerk, world.People.Administrator })
            world.Done(person, new Command(FeedSubscribe.Name, ("name", Name),
                ("algorithm", ApprovalSignature.Ed25519), ("url", url))
                .With(new InputDocument(FeedSubscribe.Key, Encoding.UTF8.GetBytes(key.PublicPem))));
    }

    private static Process Receiver(DemoWorld world, string folder, out string url)
    {
        FeedKey.Ensure(world.Settings.Keys, ApprovalSignature.Ed25519);
        var process = OwnProgram.Start(["feed", "receive", "--port", "0", "--into",
            Path.Combine(folder, "pushed.jsonl"), "--key",
            FeedKey.PublicPath(world.Settings.Keys, ApprovalSignature.Ed25519), "--lang", "en"]);
        // "receiving on 127.0.0.1:PORT, …"
        url = $"http://{process.StandardOutput.ReadLine()!.Split(' ')[2].TrimEnd(',')}/";
        return process;
    }

    /// <summary>As the product writes them, in decisions of a sweep's size.</summary>
    private void Fill(DemoWorld world)
    {
        var runner = new CommandRunner(world.Composition.Store, world.Composition.Clock,
            new HandlerCatalogue([new Sweep()]), new SignatureCheck());
        for (var left = records; left > 0; left -= Sweep.Most)
            Invariant.Holds(runner.Run(world.Ledger, new Command(Sweep.Name, ("count", Math.Min(left, Sweep.Most))))
                .Accepted, "the outbox is filled");
    }

    private static double Timed(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Warnings raised about payrolls that are not there.</summary>
    private sealed class Sweep : ICommandHandler
    {
        public const string Name = "bench.sweep";
        public const int Most = 10_000;
        public string Verb => Name;

        public Decision<Changes> Decide(DecisionContext context)
        {
            var told = new Changes();
            for (var i = context.Command.Number("count"); i > 0; i--)
            {
                var warning = context.NextId("warning");
                Outbox.Append(context, told, "warning.raised", $"warning/{warning}", "520102", ("rule", "W04"),
                    ("about", $"payroll/{warning}"), ("episode", 1L), ("state", WarningState.Raised),
                    ("level", WarningLevel.Yellow), ("shown", WarningLevel.Yellow), ("tier", WarningTier.County),
                    ("amount_fen", 571_200L), ("lines", 12L));
            }
            return Decision<Changes>.Accept(new Changes().Insert(
                [.. told.Sets.Cast<RowSet<OutboxRow>>().SelectMany(s => s.Rows)]));
        }
    }
}
