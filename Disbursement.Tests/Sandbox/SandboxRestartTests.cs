using Xunit;

namespace Disbursement.Tests.Sandbox;

public class SandboxRestartTests
{
    public static TheoryData<string> Profiles => ["icbc-bxt", "cmb-ntagcsal", "iso20022-pain"];

    [Theory, MemberData(nameof(Profiles))]
    public void Answers_that_never_left_leave_with_the_same_bytes(string profile)
    {
        using var rig = Month(profile);
        var before = rig.Answers().ToDictionary(n => n, rig.Bytes);
        var books = System.Text.Json.JsonSerializer.Serialize(rig.Bank.Report());
        foreach (var lost in before.Keys)
        {
            // Killed after the journal and before this answer, or between its signature and its body.
            File.Delete(Path.Combine(rig.Outbox, lost));
            if (lost.Length % 2 == 0) File.Delete(Path.Combine(rig.Outbox, lost + rig.Partner.SealSuffix));
            rig.Restart();
            rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.NextDay);
            Assert.Equal(before[lost], rig.Bytes(lost));
        }
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), rig.Answers());
        Assert.Equal(books, System.Text.Json.JsonSerializer.Serialize(rig.Bank.Report()));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_run_killed_after_any_journal_entry_goes_on_to_the_same_books_and_answers(string profile)
    {
        using var whole = Month(profile);
        var entries = Directory.GetFiles(whole.Books, "*.json").Length;
        for (var kept = 1; kept < entries; kept++)
        {
            using var rig = Month(profile);
            foreach (var late in Directory.GetFiles(rig.Books,
                "*.json").Order(StringComparer.Ordinal).Skip(kept)) File.Delete(late);
            // A journal entry cut off while it was written stands under its temporary name only.
            File.WriteAllText(Path.Combine(rig.Books, $".{kept + 1:00000000}.json"), "{\"is\":\"fi");
            foreach (var answer in Directory.GetFiles(rig.Outbox)) File.Delete(answer);
            rig.Restart();
            Days(rig);
            Assert.Equal(whole.Answers(), rig.Answers());
            Assert.All(whole.Answers(), name => Assert.Equal(whole.Bytes(name), rig.Bytes(name)));
        }
    }

    [Fact]
    public void Answers_left_temporary_by_a_killed_run_are_written_over()
    {
        using var rig = new SandboxRig("cmb-ntagcsal");
        rig.Deposit(10_000);
        File.WriteAllText(Path.Combine(rig.Outbox, $".{SandboxRig.Reference}-result-1.xml"), "half");
        rig.Send((SandboxRig.Account("100001"), 100));
        Assert.Contains("CMBSDKPGK", rig.Answer("result-1"));
        Assert.DoesNotContain(Directory.GetFiles(rig.Outbox), f => Path.GetFileName(f).StartsWith('.'));
    }

    private static SandboxRig Month(string profile)
    {
        var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        var body = OrderFile.Write(rig.Partner.Form, [(SandboxRig.Account("100001"), 1_000),
            (SandboxRig.Account("990001"), 2_000),
            (SandboxRig.Account("990005"), 3_000), (SandboxRig.Account("990007"), 4_000),
                (SandboxRig.Account("990009"), 5_000)]);
        rig.Put(body, SandboxKeys.Sign(profile, body));
        Days(rig);
        return rig;
    }

    private static void Days(SandboxRig rig)
    {
        rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.Day);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
    }
}
