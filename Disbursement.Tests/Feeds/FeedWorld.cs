using System.Net;
using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Feeds;
using Disbursement.Host.Jobs;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>A ledger with people, an outbox that is filled as a test says, and a subscriber's copy in a file.</summary>
internal sealed class FeedWorld : IDisposable
{
    public const string Name = "gy-rsj", Url = "http://127.0.0.1:9/feed";

    private readonly string _folder = Directory.CreateTempSubdirectory("feed-").FullName;
    private readonly PutHandler _seed = new();
    private readonly CommandRunner _seeding;

    public FeedWorld(string engine) : this(Databases.Fresh(engine))
    {
    }

    private FeedWorld(Database database)
    {
        Database = database;
        Ledger = new SampleLedger(database.Store);
        Settings = new Settings(this["exchange"], this["keys"], this["journal"]);
        _seeding = new CommandRunner(database.Store, Ledger.Moment,
            new HandlerCatalogue([.. Composition.Handlers(), _seed]), new SignatureCheck());
    }

    public Database Database { get; }
    public SampleLedger Ledger { get; }
    public Settings Settings { get; }
    public string this[string name] => Path.Combine(_folder, name);
    public string CopyPath => this["copy.jsonl"];

    /// <summary>So many records more, written as the product writes them.</summary>
    public void Write(int count, string region = "520102", string kind = "warning.raised")
    {
        _seed.Put = (context, changes) =>
        {
            var told = new Changes();
            for (var i = 0; i < count; i++)
                Outbox.Append(context, told, kind, $"warning/{i + 1}", region, ("rule", "W04"), ("about", "payroll/7"),
                    ("episode", 1L), ("state", WarningState.Raised), ("level", WarningLevel.Yellow),
                    ("shown", WarningLevel.Yellow), ("tier", WarningTier.County), ("amount_fen", 571200L + i),
                    ("lines", 1L));
            changes.Insert([.. told.Sets.Cast<RowSet<OutboxRow>>().SelectMany(s => s.Rows)]);
        };
        Assert.True(_seeding.Run(SampleLedger.Ledger, new Command("test.put")).Accepted);
    }

    public Decision<Outcome> Ask(string person, string name = Name, string algorithm = ApprovalSignature.Ed25519,
        params (string Name, object Value)[] more) => Ledger.Decide(person,
        new Command(FeedSubscribe.Name, [("name", name), ("algorithm", algorithm), .. more])
            .With(new InputDocument(FeedSubscribe.Key,
                Encoding.UTF8.GetBytes(FeedKey.Ensure(Settings.Keys, algorithm).PublicPem))));

    /// <summary>Subscribed by two people.</summary>
    public FeedSubscriberRow Subscribe(string name = Name, string algorithm = ApprovalSignature.Ed25519,
        params (string Name, object Value)[] more)
    {
        Assert.True(Ask(SampleLedger.Clerk, name, algorithm, more).Accepted);
        Assert.True(Ask(SampleLedger.Treasurer, name, algorithm, more).Accepted);
        return Row(name);
    }

    public IReadOnlyList<PumpStep> Cut() =>
        [.. new FeedCutting(Ledger.Composition, Settings).Cut(SampleLedger.Ledger)];

    /// <summary>One run of the push, by a host of its own.</summary>
    public IReadOnlyList<PumpStep> Send(FeedCall call) =>
        [.. new FeedSending(Ledger.Composition, call).Send(SampleLedger.Ledger, new HashSet<long>())];

    public void Pass(Duration time) => Ledger.Moment.At += time;

    public FeedSubscriberRow Row(string name = Name)
    {
        using var view = Database.Store.Read(SampleLedger.Ledger);
        return view.Find<FeedSubscriberRow>(("name", name))!;
    }

    /// <summary>What the subscriber would fetch.</summary>
    public string Pull(string name = Name, long after = 0, long limit = long.MaxValue)
    {
        using var view = Database.Store.Read(SampleLedger.Ledger);
        return string.Concat(FeedLines.AllAfter(view, Row(name), after, limit).Select(l => l.Text + "\n"));
    }

    public FeedVerifier Verifier(string algorithm = ApprovalSignature.Ed25519) =>
        new([PersonKey.Read(FeedKey.Ensure(Settings.Keys, algorithm).PublicPem, out _)!]);

    public FeedCopy Copy() => FeedCopy.Open(CopyPath, Verifier(), out _)!;

    /// <summary>A subscriber that takes lines into its copy and answers as the receiver does.</summary>
    public static FeedCall To(FeedCopy copy) => (to, line) =>
    {
        var status = copy.Take(line.Text, out _) switch
        {
            FeedVerdict.Next or FeedVerdict.Repeated => HttpStatusCode.OK,
            FeedVerdict.Gap => HttpStatusCode.Conflict,
            _ => HttpStatusCode.UnprocessableEntity,
        };
        return FeedPost.Of(status, copy.Last, line);
    };

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
