using System.Net;
using System.Text.Json;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Feeds;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>What a subscriber is told: all of it, once each, in order, whatever happens on the way.</summary>
public sealed class FeedTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Two_people_subscribe_stop_and_resume_and_nothing_is_left_out(string engine)
    {
        using var world = new FeedWorld(engine);
        world.Write(3);
        Assert.True(world.Ask(SampleLedger.Clerk).Accepted);
        Assert.Null(world.Row());
        Assert.True(world.Ask(SampleLedger.Clerk).Value.Repeat);
        Assert.True(world.Ask(SampleLedger.Treasurer).Accepted);
        Assert.True(world.Ask(SampleLedger.Clerk).Value.Repeat);
        world.Cut();
        foreach (var person in new[] { SampleLedger.Clerk, SampleLedger.Treasurer })
            Assert.True(world.Ledger.Decide(person, new Command("feed.stop", ("name", FeedWorld.Name))).Accepted);
        Assert.Equal(SubscriberState.Stopped, world.Row().State);
        world.Write(2);
        Assert.Empty(world.Cut());
        Assert.Equal(3, world.Row().Records);
        world.Subscribe();
        world.Cut();
        Assert.Equal((5L, 2L), (world.Row().Records, world.Row().Batches));
        Assert.Equal([1L, 2, 3, 4, 5], Numbers(world.Pull()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_subscriber_of_a_region_or_of_kinds_has_numbers_of_its_own_without_a_gap(string engine)
    {
        using var world = new FeedWorld(engine);
        world.Write(2, "520102");
        world.Write(3, "520103", "warning.cleared");
        world.Write(1, "520102", "warning.cleared");
        world.Write(1, "520100");
        world.Subscribe("county", more: ("region", "520102"));
        world.Subscribe("prefecture", more: ("region", "520100"));
        world.Subscribe("cleared", more: [("kinds", "warning.changed warning.cleared"), ("from", 4)]);
        world.Cut();
        Assert.Equal([(1L, 1L), (2, 2), (3, 6)], Records(world.Pull("county")));
        Assert.Equal(Enumerable.Range(1, 7).Select(n => (long)n), Numbers(world.Pull("prefecture")));
        Assert.Equal([(1L, 4L), (2, 5), (3, 6)], Records(world.Pull("cleared")));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void It_is_fetched_from_any_point_with_the_same_bytes_and_from_a_backup_too(string engine)
    {
        using var world = new FeedWorld(engine);
        world.Subscribe();
        world.Subscribe("sm2", ApprovalSignature.Sm2);
        for (var i = 0; i < 3; i++)
        {
            world.Write(2);
            world.Cut();
        }
        var whole = world.Pull();
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal(whole, world.Pull());
        Assert.Equal(string.Concat(lines[1..].Select(l => l + "\n")), world.Pull(after: 2));
        // A number within a batch gives the batch whole: its signature is of all of it.
        Assert.Equal(world.Pull(after: 2), world.Pull(after: 3));
        Assert.Equal(lines[0] + "\n", world.Pull(limit: 1));
        Assert.Equal("", world.Pull(after: 6));
        var sm2 = world.Pull("sm2");
        Assert.Equal(sm2, world.Pull("sm2"));
        Assert.Null(Checked(sm2, world.Verifier(ApprovalSignature.Sm2)));
        Assert.Null(Checked(whole, world.Verifier()));
        using var backup = Databases.Copy(world.Database);
        using var view = backup.Store.Read(SampleLedger.Ledger);
        foreach (var (name, bytes) in new[] { (FeedWorld.Name, whole), ("sm2", sm2) })
            Assert.Equal(bytes, string.Concat(FeedLines.AllAfter(view,
                view.Find<FeedSubscriberRow>(("name", name))!, 0, long.MaxValue).Select(l => l.Text + "\n")));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void An_outage_puts_the_next_attempt_off_by_a_rule_and_loses_nothing(string engine)
    {
        using var world = new FeedWorld(engine);
        world.Subscribe(more: ("url", FeedWorld.Url));
        world.Write(5);
        world.Cut();
        var calls = 0;
        FeedReply Down(FeedSubscriberRow _, FeedLine __)
        {
            calls++;
            return new FeedReply(FeedAnswer.Unreachable);
        }
        long[] pauses = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (var minutes in pauses)
        {
            var step = Assert.Single(world.Send(Down));
            Assert.Equal("feed.not-delivered", Assert.Single(step.Findings).Rule.Code);
            Assert.Equal(world.Ledger.Moment.At + Duration.FromMinutes(minutes), world.Row().NextAttemptAt);
            world.Pass(Duration.FromMinutes(minutes) - Duration.FromSeconds(1));
            Assert.Empty(world.Send(Down));
            world.Pass(Duration.FromSeconds(1));
        }
        Assert.Equal((pauses.Length, (long)pauses.Length), (calls, world.Row().Attempts));
        using var copy = world.Copy();
        Assert.Empty(Assert.Single(world.Send(FeedWorld.To(copy))).Findings);
        Assert.Equal((5L, 0L, FeedAnswer.Acknowledged),
            (world.Row().Acknowledged, world.Row().Attempts, world.Row().Answer));
        Assert.Null(world.Row().NextAttemptAt);
        copy.Dispose();
        Assert.Equal(world.Pull(), File.ReadAllText(world.CopyPath));
    }

    [Fact]
    public void An_acknowledgement_never_goes_back_and_never_beyond_what_was_written()
    {
        using var world = new FeedWorld(Engines.Sqlite);
        world.Subscribe(more: ("url", FeedWorld.Url));
        for (var i = 0; i < 3; i++)
        {
            world.Write(2);
            world.Cut();
        }
        using (var copy = world.Copy()) world.Send(FeedWorld.To(copy));
        Assert.Equal(6, world.Row().Acknowledged);
        // Put back to an older state, it says that it holds less: it gets the rest again, and what it said stands.
        var lines = File.ReadAllLines(world.CopyPath);
        File.WriteAllText(world.CopyPath, lines[0] + "\n");
        world.Write(2);
        world.Cut();
        using (var copy = world.Copy())
        {
            List<long> acknowledged = [];
            world.Send((to, line) =>
            {
                acknowledged.Add(world.Row().Acknowledged);
                return FeedWorld.To(copy)(to, line);
            });
            Assert.All(acknowledged, a => Assert.Equal(6, a));
        }
        Assert.Equal((8L, world.Pull()), (world.Row().Acknowledged, File.ReadAllText(world.CopyPath)));
        world.Write(1);
        world.Cut();
        world.Send((_, line) => FeedPost.Of(HttpStatusCode.OK, 99, line));
        Assert.Equal((8L, FeedAnswer.Ahead, 1L), (world.Row().Acknowledged, world.Row().Answer, world.Row().Attempts));
        world.Pass(Duration.FromHours(1));
        // Who lacks again what it was just sent does not take it: once in a run, and then by the rule of pauses.
        var calls = 0;
        world.Send((_, line) =>
        {
            calls++;
            return FeedPost.Of(HttpStatusCode.OK, 0, line);
        });
        Assert.Equal((2, FeedAnswer.Refused, 2L), (calls, world.Row().Answer, world.Row().Attempts));
    }

    [Theory]
    [InlineData(200, null, FeedAnswer.Unreadable)]
    [InlineData(200, 3L, FeedAnswer.Refused)]
    [InlineData(302, 4L, FeedAnswer.Refused)]
    [InlineData(422, 2L, FeedAnswer.Refused)]
    [InlineData(503, null, FeedAnswer.Refused)]
    [InlineData(409, 1L, FeedAnswer.Gap)]
    [InlineData(200, 4L, FeedAnswer.Acknowledged)]
    public void An_answer_is_taken_by_its_status_and_the_last_record_in_it(int status, long? holds, FeedAnswer meant)
    {
        var batch = new FeedBatchRow
        {
            Subscriber = 1,
            Batch = 2,
            FirstN = 3,
            LastN = 4,
            AfterSequence = 2,
            ToSequence = 4,
            Previous = "",
            Digest = "",
            KeyDocument = "",
            Signature = "",
        };
        Assert.Equal(meant, FeedPost.Of((HttpStatusCode)status, holds, new FeedLine(batch, "")).Answer);
    }

    [Fact]
    public void Two_hosts_do_not_push_to_one_subscriber_at_once_and_one_that_died_is_followed_after_its_lease()
    {
        using var world = new FeedWorld(Engines.Sqlite);
        world.Subscribe(more: ("url", FeedWorld.Url));
        world.Write(1);
        world.Cut();
        using var copy = world.Copy();
        world.Send((to, line) =>
        {
            Assert.Empty(world.Send(FeedWorld.To(copy)));
            return FeedWorld.To(copy)(to, line);
        });
        world.Write(1);
        world.Cut();
        Assert.True(world.Ledger.Decide("", new Command("feed.lease", ("subscriber", 1))).Accepted);
        Assert.Empty(world.Send(FeedWorld.To(copy)));
        world.Pass(FeedDelivery.Lease);
        Assert.Single(world.Send(FeedWorld.To(copy)));
        Assert.Equal(2, world.Row().Acknowledged);
    }

    /// <summary>Nobody there, somebody who never answers, and somebody whose answer never ends.</summary>
    [Theory]
    [InlineData(null, FeedAnswer.Unreachable)]
    [InlineData("", FeedAnswer.Silent)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{", FeedAnswer.Silent)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", FeedAnswer.Refused)]
    [InlineData("junk\r\n\r\n", FeedAnswer.Unreachable)]
    public void A_receiver_costs_a_bounded_time_whatever_it_does(string? says, FeedAnswer heard)
    {
        using var world = new FeedWorld(Engines.Sqlite);
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        world.Subscribe(more: ("url", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        world.Write(1);
        world.Cut();
        if (says is null) listener.Stop();
        var server = new Thread(() =>
        {
            using var caller = listener.AcceptTcpClient();
            caller.GetStream().Write(System.Text.Encoding.ASCII.GetBytes(says!));
            // Until the caller has had enough.
            var taken = new byte[4096];
            while (caller.GetStream().Read(taken) > 0) { }
        })
        { IsBackground = true };
        if (says is not null) server.Start();
        using var post = new FeedPost { LongestCall = TimeSpan.FromSeconds(1) };
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        world.Send(post.Call);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal((heard, 1L, 0L), (world.Row().Answer, world.Row().Attempts, world.Row().Acknowledged));
        post.Dispose();
        if (says is not null) server.Join(TimeSpan.FromSeconds(20));
    }

    internal static (long Line, string Why)? Checked(string lines, FeedVerifier verifier)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines));
        return FeedCopy.Check(stream, verifier);
    }

    private static IEnumerable<long> Numbers(string lines) => Records(lines).Select(r => r.N);

    /// <summary>The subscriber's numbers with the ledger's.</summary>
    private static IEnumerable<(long N, long Sequence)> Records(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => JsonDocument.Parse(line).RootElement
            .GetProperty("batch").GetProperty("records").EnumerateArray().Select(r => (r.GetProperty("n").GetInt64(),
                r.GetProperty("record").GetProperty("sequence").GetInt64())));
}
