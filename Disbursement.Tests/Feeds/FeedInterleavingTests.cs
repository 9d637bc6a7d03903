using Dapper;
using Disbursement.Engine.Feeds;
using Disbursement.Host.Feeds;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>
/// Lost calls, lost answers, calls that come twice, receivers that die within a line or are put back to an older
/// copy, in
/// any order: in the end the subscriber's copy is ours, byte for byte.
/// </summary>
public sealed class FeedInterleavingTests
{
    private enum Act { Write, Cut, Send, CallLost, AnswerLost, CallTwice, Restart, TornLine, PutBack, HostDies, Wait }

    [Property(MaxTest = 30, EndSize = 40)]
    public Property Any_order_of_mishaps_ends_with_the_same_bytes() =>
        Prop.ForAll(Acts, acts => Plays(acts, Engines.Sqlite));

    [Property(MaxTest = 3, StartSize = 30, EndSize = 40)]
    public Property On_PostgreSQL_too() => Prop.ForAll(Acts, acts => Plays(acts, Engines.Postgres));

    private static Arbitrary<int[]> Acts =>
        Gen.Choose(0, Enum.GetValues<Act>().Length - 1).ArrayOf().ToArbitrary();

    private static bool Plays(int[] acts, string engine)
    {
        using var world = new FeedWorld(engine);
        world.Subscribe(more: ("url", FeedWorld.Url));
        var copy = world.Copy();
        var acknowledged = 0L;
        foreach (var act in acts.Select(a => (Act)a))
        {
            Play(world, act, ref copy);
            var row = world.Row();
            Assert.InRange(row.Acknowledged, acknowledged, row.Records);
            acknowledged = row.Acknowledged;
            Assert.Empty(Broken(world));
        }
        world.Write(1);
        world.Cut();
        for (var run = 0; run < 4 && world.Row() is { } row && row.Acknowledged < row.Records; run++)
        {
            world.Pass(FeedDelivery.LongestPause);
            world.Send(FeedWorld.To(copy));
        }
        copy.Dispose();
        Assert.Equal(world.Pull(), File.ReadAllText(world.CopyPath));
        Assert.Equal(world.Row().Records, world.Row().Acknowledged);
        return true;
    }

    private static IEnumerable<string> Broken(FeedWorld world)
    {
        using var owner = world.Database.Owner();
        return owner.Query<string>(LawQueries.FeedWhole, new { ledger = SampleLedger.Ledger });
    }

    private static void Play(FeedWorld world, Act act, ref FeedCopy copy)
    {
        var to = FeedWorld.To(copy);
        switch (act)
        {
            case Act.Write: world.Write(3); break;
            case Act.Cut: world.Cut(); break;
            case Act.Send: world.Send(to); break;
            case Act.CallLost: world.Send((_, _) => new FeedReply(FeedAnswer.Unreachable)); break;
            case Act.AnswerLost:
                world.Send((subscriber, line) =>
                {
                    to(subscriber, line);
                    return new FeedReply(FeedAnswer.Silent);
                });
                break;
            case Act.CallTwice:
                world.Send((subscriber, line) =>
                {
                    to(subscriber, line);
                    return to(subscriber, line);
                });
                break;
            case Act.Restart: Reopen(world, ref copy, lines => lines); break;
            case Act.TornLine: Reopen(world, ref copy, lines => lines + "{\"batch\":{\"fe"); break;
            case Act.PutBack:
                Reopen(world, ref copy, lines => lines[..(lines.IndexOf('\n', StringComparison.Ordinal) + 1)]);
                break;
            case Act.HostDies:
                world.Ledger.Decide("", new Engine.Runtime.Command("feed.lease", ("subscriber", 1)));
                break;
            default: world.Pass(Duration.FromMinutes(3)); break;
        }
    }

    private static void Reopen(FeedWorld world, ref FeedCopy copy, Func<string, string> changed)
    {
        copy.Dispose();
        File.WriteAllText(world.CopyPath, changed(File.ReadAllText(world.CopyPath)));
        copy = world.Copy();
    }
}
