using Disbursement.Engine.Primitives;
using Disbursement.Host.Feeds;
using Disbursement.Host.Security;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>What a stranger sees of a copy that is not what was signed: the first wrong line.</summary>
public sealed class FeedCopyTests(FeedCopyTests.Lines lines) : IClassFixture<FeedCopyTests.Lines>
{
    public static TheoryData<string, int, string> Wrongs => new()
    {
        { "digit", 2, "the content is not of its digest" },
        { "digit and digest", 2, "the signature is wrong" },
        { "other key", 1, "signed with a key that was not given" },
        { "missing", 2, "was to come, this is batch 3" },
        { "swapped", 2, "was to come, this is batch 3" },
        { "twice", 3, "the same as a line before it" },
        { "begins later", 1, "was to come, this is batch 2" },
        { "cut off", 4, "not the line of a batch" },
        { "empty line", 2, "not the line of a batch" },
        { "another subscriber's", 2, "of another ledger or subscriber" },
        { "another history's", 2, "does not follow the batch before it" },
        { "junk", 1, "not the line of a batch" },
    };

    [Theory, MemberData(nameof(Wrongs))]
    public void The_first_wrong_line_is_named(string how, int line, string why)
    {
        var copy = lines.World.Pull().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        Assert.Equal(4, copy.Count);
        var changed = copy[1].Replace("571200", "571300", StringComparison.Ordinal);
        var (from, to) = (copy[1].LastIndexOf(",\"sha256\"", StringComparison.Ordinal), "{\"batch\":".Length);
        switch (how)
        {
            case "digit": copy[1] = changed; break;
            case "digit and digest":
                var digest = Engine.Feeds.FeedText.Digest(System.Text.Encoding.UTF8.GetBytes(changed[to..from]));
                copy[1] = changed[..(from + 11)] + digest + changed[(from + 75)..];
                break;
            case "other key": copy = [.. lines.World.Pull("sm2").Split('\n')[..1]]; break;
            case "missing": copy.RemoveAt(1); break;
            case "swapped": (copy[1], copy[2]) = (copy[2], copy[1]); break;
            case "twice": copy.Insert(2, copy[1]); break;
            case "begins later": copy.RemoveAt(0); break;
            case "cut off": copy[3] = copy[3][..^9]; break;
            case "empty line": copy.Insert(1, ""); break;
            case "another subscriber's": copy[1] = lines.World.Pull("other").Split('\n')[1]; break;
            case "another history's": copy[1] = lines.OtherHistory; break;
            default: copy = ["junk"]; break;
        }
        var wrong = FeedTests.Checked(string.Join('\n', copy) + "\n", lines.World.Verifier());
        Assert.Equal(line, wrong?.Line);
        Assert.Contains(why, Bilingual.Said(wrong!.Value.Why, chinese: false), StringComparison.Ordinal);
        Assert.DoesNotContain(why, Bilingual.Said(wrong.Value.Why, chinese: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_line_is_taken_off_and_comes_again_and_somebody_else_s_file_is_left_alone()
    {
        var all = lines.World.Pull().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var path = lines.World["torn.jsonl"];
        for (var cut = 1; cut < all[1].Length; cut += 97)
        {
            File.WriteAllText(path, all[0] + "\n" + all[1][..cut]);
            using var copy = FeedCopy.Open(path, lines.World.Verifier(), out _)!;
            Assert.Equal(FeedVerdict.Next, copy.Take(all[1], out _));
            Assert.Equal(FeedVerdict.Repeated, copy.Take(all[0], out _));
            copy.Dispose();
            Assert.Equal(all[0] + "\n" + all[1] + "\n", File.ReadAllText(path));
        }
        File.WriteAllText(path, "a letter\nwithout an end");
        Assert.Null(FeedCopy.Open(path, lines.World.Verifier(), out var wrong));
        Assert.Equal(1, wrong?.Line);
        Assert.Equal("a letter\nwithout an end", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_has_one_receiver()
    {
        using var first = FeedCopy.Open(lines.World["one.jsonl"], lines.World.Verifier(), out _);
        Assert.Throws<IOException>(() => FeedCopy.Open(lines.World["one.jsonl"], lines.World.Verifier(), out _));
    }

    /// <summary>Four lines of two records, another subscriber's, one in SM2, and a second line of another history.
    /// </summary>
    public sealed class Lines : IDisposable
    {
        public Lines()
        {
            World = Made(2);
            // The same key signs a ledger that was put back and went another way.
            using var other = new FeedWorld(Engines.Sqlite);
            Directory.CreateDirectory(other.Settings.Keys);
            foreach (var key in Directory.GetFiles(World.Settings.Keys))
                File.Copy(key, Path.Combine(other.Settings.Keys, Path.GetFileName(key)));
            other.Write(1);
            other.Write(1, "520103");
            other.Subscribe();
            other.Cut();
            other.Write(2);
            other.Cut();
            OtherHistory = other.Pull().Split('\n')[1];
        }

        internal FeedWorld World { get; }
        internal string OtherHistory { get; }

        public void Dispose() => World.Dispose();

        private static FeedWorld Made(int each)
        {
            var world = new FeedWorld(Engines.Sqlite);
            world.Subscribe();
            world.Subscribe("other");
            world.Subscribe("sm2", ApprovalSignature.Sm2);
            for (var i = 0; i < 4; i++)
            {
                world.Write(each);
                world.Cut();
            }
            return world;
        }
    }
}
