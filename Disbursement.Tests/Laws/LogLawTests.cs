using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Fixtures;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>The laws about the record itself, over histories: rebuild (L6), one history (L8), order (L9).</summary>
public sealed class LogLawTests : IDisposable
{
    private readonly Scratch _files = new();

    private LogKey Key => LogKey.Ensure(_files["keys/log.key.pem"]);

    public void Dispose() => _files.Dispose();

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 3)]
    public void A_history_decided_again_from_its_log_gives_its_tables(History history)
    {
        using var world = LawWorld.Play(history);
        var verdict = LiveRebuild.Compare(world.Database.Dialect, SampleLedger.Ledger, origin => Key.Verifiers(origin));
        Assert.Empty(verdict.Findings);
        Assert.Equal(world.Samples.Store.Ledgers()[0].Leaves, verdict.Leaves);
    }

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 3)]
    public void No_checkpoint_of_a_history_contradicts_another_and_a_forged_one_is_refused(History history)
    {
        var signed = new List<Checkpoint>();
        using var world = LawWorld.Play(history, only: "none", between: w =>
        {
            using var now = new LiveLog(w.Database.Dialect, SampleLedger.Ledger);
            if (now.Head!.Size % 3 == 0) signed.Add(Parsed(now.Sign(Key).Value));
        });
        using var log = new LiveLog(world.Database.Dialect, SampleLedger.Ledger);
        var (hashes, head) = (log.LeafHashes(), log.Head!);
        Assert.Empty(log.Verify(Key.Verifiers(log.Origin)));
        foreach (var (older, newer) in signed.Append(head).Zip(signed.Append(head).Skip(1)))
            Assert.True(MerkleTree.VerifyConsistency(older.Size, newer.Size,
                MerkleTree.ConsistencyProof(hashes, older.Size, newer.Size), older.Root, newer.Root));
        Assert.Contains(Forged(head with { Size = head.Size / 2, Root = Hash256.Of([1]) }),
            f => f.Rule.Severity == Severity.Refusal);

        IReadOnlyList<Finding> Forged(Checkpoint other)
        {
            File.Delete(_files["anchor"]);
            var anchor = new Anchor(_files["anchor"]);
            anchor.Save(SignedNote.Sign(other.Text, [.. Key.Signers(log.Origin)]));
            return anchor.Check(head, hashes, Key.Verifiers(log.Origin));
        }
    }

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void Any_order_split_and_repetition_of_the_banks_messages_moves_the_same(
        NonNegativeInt fate, int[] order, PositiveInt split)
    {
        using var told = Month(fate.Get % 16, 1 + split.Get % 3);
        while (told.Coming.Count > 0) told.Deliver(told.Coming[0]);
        using var mixed = Month(fate.Get % 16, 1 + (split.Get + 1) % 3);
        var turn = 0;
        while (mixed.Coming.Count > 0)
        {
            var drawn = order.Length == 0 ? turn : Math.Abs((long)order[turn % order.Length]) + turn;
            turn++;
            mixed.Deliver(mixed.Coming[(int)(drawn % mixed.Coming.Count)]);
            if (drawn % 4 == 0) mixed.Deliver(mixed.Came[(int)(drawn % mixed.Came.Count)]);
            if (drawn % 5 == 0 && mixed.Came[^1] is var word)
                mixed.Deliver(word with { Name = word.Name.Replace(".", "-again.", StringComparison.Ordinal) });
        }
        Assert.Equal(told.Broken(LawQueries.Moved), mixed.Broken(LawQueries.Moved));
        mixed.Hold();
    }

    /// <summary>Our own decisions of a month, the same each time, and what the bank then has to say.</summary>
    internal static LawWorld Month(int fate, int split)
    {
        var world = new LawWorld();
        world.Rich();
        world.Close();
        while (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
        world.Do(new Step(Act.Approve, 0, 0));
        world.Do(new Step(Act.Plan, 0, 0));
        world.Pump(0);
        foreach (var bank in world.Banks) world.Coming.AddRange(bank.Works(fate, split));
        world.Close();
        world.Samples.Moment.At += NodaTime.Duration.FromDays(1);
        foreach (var bank in world.Banks) world.Coming.AddRange(bank.Returns());
        world.Close();
        return world;
    }

    private static Checkpoint Parsed(SignedNote note) =>
        Checkpoint.TryParse(note.Text, out var head) ? head : throw new InvalidOperationException(note.Text);
}
