using System.Diagnostics;
using System.Globalization;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Feeds;
using Disbursement.Host.Feeds;
using Disbursement.Host.Samples;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>
/// kill -9 of the sender's process or the receiver's while thousands of records are on their way: in the end the
/// subscriber's copy is ours, byte for byte, without a gap or a repeat.
/// </summary>
public sealed class FeedKillTests
{
    private const int Records = 30_000;

    // A busy machine gets longer, for less than three blows prove little; but not for ever.
    private static readonly TimeSpan s_striking = TimeSpan.FromSeconds(8), s_longest = TimeSpan.FromSeconds(90);

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Neither_side_s_death_loses_or_repeats_a_record(string engine)
    {
        var port = LoopbackPort.Free();
        using var world = new FeedWorld(engine);
        world.Subscribe(more: ("url", $"http://127.0.0.1:{port}/"));
        world.Write(Records);
        var chance = new SampleSeed(20261128);
        var (began, hours, blows, midway) = (Stopwatch.GetTimestamp(), 1, 0, 0);
        var receiver = Receiver(world, port);
        try
        {
            while (Stopwatch.GetElapsedTime(began) < (blows < 3 || midway < 1 ? s_longest : s_striking)
                && world.Row().Acknowledged < Records)
            {
                if (receiver.HasExited) receiver = Receiver(world, port);
                using var sender = Tick(world, hours++);
                var struck = chance.Next() % 2 == 0 ? sender : receiver;
                // Beginning takes a while: the blow falls somewhere behind it, by what has arrived, or by the clock.
                var at = new FileInfo(world.CopyPath) is { Exists: true } copy ? copy.Length : 0;
                var wait = (long)(chance.Next() % 2_000_000);
                while (!sender.HasExited && Length(world) < at + wait) Thread.Sleep(1);
                if (!sender.HasExited)
                {
                    struck.Kill(entireProcessTree: true);
                    struck.WaitForExit();
                    blows++;
                    if (Length(world) > 0 && world.Row().Acknowledged < Records) midway++;
                }
                Disburse.End(sender);
            }
            for (var run = 0; run < 5 && world.Row().Acknowledged < Records; run++)
            {
                if (receiver.HasExited) receiver = Receiver(world, port);
                using var sender = Tick(world, hours++);
                var (code, output, errors) = Disburse.End(sender);
                Assert.True(code == 0, $"{code}: {output}{errors}");
            }
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
            receiver.WaitForExit();
            receiver.Dispose();
        }
        Assert.True(blows >= 2 && midway >= 1, $"{blows} blows, {midway} of them midway");
        Assert.Equal((Records, Records), (world.Row().Records, world.Row().Acknowledged));
        var (status, ours, trouble) = Disburse.Run([.. Words(world, hours), "feed", "pull", FeedWorld.Name]);
        Assert.True(status == 0, trouble);
        Assert.Equal(ours, File.ReadAllText(world.CopyPath));
        using var file = File.OpenRead(world.CopyPath);
        var verifier = world.Verifier();
        Assert.Null(FeedCopy.Check(file, verifier));
        Assert.Equal(Records, verifier.Last);
    }

    private static long Length(FeedWorld world) =>
        new FileInfo(world.CopyPath) is { Exists: true } copy ? copy.Length : 0;

    /// <summary>Each run hours after the one before: past any lease and any pause.</summary>
    private static Process Tick(FeedWorld world, int hours) => Disburse.StartGroup([.. Words(world, hours), "tick"]);

    private static string[] Words(FeedWorld world, int hours) =>
    [
        "--db", world.Database.Option, "--lang", "en", "--keys", world.Settings.Keys, "--anchor", world["anchor"],
        "--journal", world.Settings.Journal, "--exchange", world.Settings.Exchange, "--at",
        NodaTime.Text.InstantPattern.ExtendedIso.Format(Instant.FromUtc(2026, 2, 6, 1, 0) + Duration.FromHours(hours)),
    ];

    /// <summary>Begun, and listening.</summary>
    private static Process Receiver(FeedWorld world, int port)
    {
        var process = Disburse.StartGroup(["feed", "receive", "--port", port.ToString(CultureInfo.InvariantCulture),
            "--into", world.CopyPath, "--key", FeedKey.PublicPath(world.Settings.Keys, "ed25519"), "--lang", "en"]);
        var said = process.StandardOutput.ReadLine();
        Assert.True(said?.StartsWith("receiving on", StringComparison.Ordinal),
            said ?? process.StandardError.ReadToEnd());
        return process;
    }
}
