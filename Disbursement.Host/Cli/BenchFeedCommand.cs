using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Bench;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>bench feed: how fast a subscriber drains the feed.</summary>
public static class BenchFeedCommand
{
    public static Command Create()
    {
        var records = new Option<int>("--records")
        {
            DefaultValueFactory = _ => 100_000,
            Description = "记录条数 / records of the outbox",
        };
        var feed = new Command("feed", "实测监管推送 / measures what a subscriber drains in a minute") { records };
        feed.SetAction(parse =>
        {
            var output = Output.Of(parse);
            var many = parse.GetValue(records);
            if (many is < 1 or > 10_000_000)
                throw new UsageException("--records 为 1 至 10000000", "--records from 1 to 10000000");
            var isNamed = parse.GetResult(GlobalOptions.Database) is { Implicit: false };
            var runs = isNamed ? [new BenchFeed(many).Run(Dialect.Parse(parse.GetValue(GlobalOptions.Database)!),
                Console.Error.WriteLine)] : Both(many);
            Print(output, runs);
            return runs.All(r => r.Whole) ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return feed;
    }

    private static List<FeedFigures> Both(int records)
    {
        var bench = new BenchFeed(records);
        var folder = Directory.CreateTempSubdirectory("bench-feed-db").FullName;
        try
        {
            using var server = new PrivatePostgres();
            return [bench.Run(new SqliteDialect(Path.Combine(folder, "ledger.db")), Console.Error.WriteLine),
                bench.Run(Dialect.Parse(server.Database("feed")), Console.Error.WriteLine)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(Output output, IReadOnlyList<FeedFigures> runs)
    {
        if (output.Json)
        {
            output.Print(new { runs }, "");
            return;
        }
        static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        output.Table(runs, ("engine", r => r.Engine), ("records", r => r.Records), ("cut s", r => Number(r.CutSeconds)),
            ("pull s", r => Number(r.PullSeconds)), ("push s", r => Number(r.PushSeconds)),
            ("pull/min", r => (long)r.PullPerMinute), ("push/min", r => (long)r.PushPerMinute),
            ("whole", r => r.Whole));
    }
}
