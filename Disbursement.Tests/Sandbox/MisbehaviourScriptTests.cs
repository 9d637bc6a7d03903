using System.Text.Json;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Host.Cli;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Cli;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Scripts of misbehaviour: what they may say, where it is written down, and how the bank keeps to them.
/// </summary>
public sealed class MisbehaviourScriptTests
{
    private static readonly string s_plain = SandboxRig.Account("100001");

    [Theory]
    [InlineData("lost-replies", "lost-replies")]
    [InlineData("lost-reply,wrong-keys:2", "wrong-keys:2")]
    [InlineData("lost-reply:0", "lost-reply:0")]
    [InlineData("lost-reply:-1", "lost-reply:-1")]
    [InlineData("lost-reply:1000001", "lost-reply:1000001")]
    [InlineData("lost-reply:", "lost-reply:")]
    [InlineData("lost-reply,split-results,lost-reply", "lost-reply")]
    [InlineData("random", "random")]
    [InlineData("random:x", "random:x")]
    [InlineData("random:1,random:1", "random:1")]
    [InlineData("LOST-REPLY", "LOST-REPLY")]
    public void What_is_no_behaviour_is_refused_with_those_that_are(string script, string named)
    {
        Assert.Null(Misbehaviour.Parse(script, out var trouble));
        Assert.Equal(named, trouble);
        foreach (var (language, word) in new[] { ("zh", $"“{named}” 不在可选值之内"), ("en", $"\"{named}\" is none of") })
        {
            var said = UsageTests.Run(["bank-sandbox", "run", "--profile", "icbc-bxt", "--books", "books", "--exchange",
                "exchange", "--keys", "keys", "--date", "2026-03-13", "--misbehave", script, "--lang", language]);
            Assert.Equal(ExitStatus.BadUsage, said.Status);
            Assert.Contains(word, said.Seen, StringComparison.Ordinal);
            Assert.All(BehaviourWord.All, w => Assert.Contains(w.Name, said.Seen, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_script_may_stand_in_a_file_with_remarks()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "# a bad week\nlost-reply:2, wrong-key\n\n  random:-7 # and more\n");
            using var rig = new SandboxRig("icbc-bxt");
            rig.Deposit(100_000);
            rig.Put([], null);
            var said = UsageTests.Run(["bank-sandbox", "run", "--profile", "icbc-bxt", "--books",
                Path.Combine(rig.Books, ".."), "--exchange", Path.Combine(rig.Inbox, "..", ".."), "--keys",
                SandboxKeys.Folder, "--date", "2026-03-13", "--once", "--misbehave", file]);
            Assert.True(said.Status == 0, said.Seen);
            Assert.Contains("lost-reply", Assert.Single(rig.Bank.Report().Files).Misbehaves, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void The_help_says_of_every_behaviour_what_it_is(string language)
    {
        var help = Flat(UsageTests.Run(["bank-sandbox", "run", "--help", "--lang", language]).Output);
        Assert.All(BehaviourWord.All, word => Assert.Contains(
            Flat($"{word.Name}: {(language == "zh" ? word.Zh : word.En)}"), help, StringComparison.Ordinal));

        // The page is broken over lines where it is full.
        static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void The_page_on_the_sandbox_bank_has_a_line_for_every_behaviour_and_none_for_another()
    {
        var page = File.ReadAllText(Repository.PathOf("specs", "sandbox-bank.md"));
        Assert.Equal(BehaviourWord.All.Select(w => $"| `{w.Name}` | {w.En} | {w.Zh} |"),
            page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
        Assert.Equal(Enum.GetValues<Behaviour>(), BehaviourWord.All.Select(w => w.Behaviour));
    }

    [Fact]
    public void A_count_is_kept_over_restarts()
    {
        using var rig = new SandboxRig("icbc-bxt");
        rig.Deposit(100_000);
        for (var file = 1; file <= 4; file++)
        {
            // Its reference is its name.
            var bank = new SandboxBank(rig.Partner, Path.Combine(rig.Books, ".."),
                Misbehaviour.Parse("split-results:2,wrong-key:3", out _));
            var body = OrderFile.Write(BankForm.IcbcText, [(s_plain, 100), (s_plain, file)]);
            var name = $"SAMPLE2603000000000{file}.bxt";
            File.WriteAllBytes(Path.Combine(rig.Inbox, name + rig.Partner.SealSuffix),
                SandboxKeys.Sign("icbc-bxt", body));
            File.WriteAllBytes(Path.Combine(rig.Inbox, name), body);
            Assert.Equal(1, bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day).Taken);
        }
        Assert.Equal(["split-results wrong-key", "split-results wrong-key", "wrong-key", ""],
            rig.Bank.Report().Files.Select(f => f.Misbehaves));
    }

    [Theory]
    [InlineData("icbc-bxt")]
    [InlineData("cmb-ntagcsal")]
    [InlineData("iso20022-pain")]
    public void A_bank_killed_after_any_journal_entry_goes_wrong_in_the_same_way(string profile)
    {
        using var whole = Month(profile, int.MaxValue);
        var entries = Directory.GetFiles(whole.Books, "*.json").Length;
        Assert.True(entries >= 8, $"{entries} entries");
        for (var kept = 1; kept < entries; kept++)
        {
            using var rig = Month(profile, kept);
            Assert.Equal(whole.Answers(), rig.Answers());
            Assert.Equal(JsonSerializer.Serialize(whole.Bank.Report()), JsonSerializer.Serialize(rig.Bank.Report()));
            Assert.All(whole.Answers(), name => Assert.Equal(whole.Bytes(name), rig.Bytes(name)));
        }
    }

    /// <summary>Everything a bank can do wrong with one file that it reads whole; the books are cut after so many
    /// entries, the answers lost, and the days played again.</summary>
    private static SandboxRig Month(string profile, int kept)
    {
        var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        var body = OrderFile.Write(rig.Partner.Form,
            [.. Enumerable.Range(1, 9).Select(i => (SandboxRig.Account($"1000{i:00}"), 100L * i))]);
        rig.Put(body, SandboxKeys.Sign(profile, body));
        Days(rig, SandboxRig.Day.Date);
        if (kept == int.MaxValue) return rig;
        var entries = Directory.GetFiles(rig.Books, "*.json").Order(StringComparer.Ordinal).ToList();
        foreach (var late in entries.Skip(kept)) File.Delete(late);
        using var last = JsonDocument.Parse(File.ReadAllBytes(entries[kept - 1]));
        foreach (var answer in Directory.GetFiles(rig.Outbox)) File.Delete(answer);
        rig.Restart();
        Days(rig, DateOnly.FromDateTime(last.RootElement.GetProperty("Date").GetDateTime()));
        return rig;
    }

    /// <param name="from">The day on which it was killed is played again; days do not run back.</param>
    private static void Days(SandboxRig rig, DateOnly from)
    {
        var all = string.Join(',', BehaviourWord.All.Where(w => w.Behaviour != Behaviour.TornUpload)
            .Select(w => w.Name));
        BankDay[] days = [SandboxRig.Day, SandboxRig.NextDay, new(new(2026, 3, 17), "2026-03-17T17:00:00")];
        foreach (var day in days.Where(d => d.Date >= from))
        {
            var bank = new SandboxBank(rig.Partner, Path.Combine(rig.Books, ".."), Misbehaviour.Parse(all, out _));
            bank.Pass(rig.Exchange, rig.Keys, day);
            bank.EndDay(rig.Exchange, rig.Keys, day);
        }
    }
}
