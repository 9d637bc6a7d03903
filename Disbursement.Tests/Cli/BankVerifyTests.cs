using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Host.Cli;
using Disbursement.Tests.Cards;
using Disbursement.Tests.Codecs;
using Disbursement.Tests.Sandbox;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>bank verify on what a bank's developer has at hand: several files, files that pay nobody, keys that are not
/// there, another envelope.</summary>
public sealed class BankVerifyTests : IDisposable
{
    private const string Bank = "icbc-bxt";
    private readonly string _folder = Directory.CreateTempSubdirectory("bank-verify").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Several_files_are_told_one_by_one_and_one_wrong_one_makes_the_status()
    {
        var (good, other) = (Order("SAMPLE26030000000001"), Order("SAMPLE26030000000002"));
        Assert.Equal(ExitStatus.Done, Verify([good, other]).Status);
        File.AppendAllText(other, "x");
        var (status, told, _) = Verify([other, good]);
        Assert.Equal(ExitStatus.FoundWrong, status);
        Assert.All(new[] { good, other }, f => Assert.Contains(Path.GetFileName(f), told, StringComparison.Ordinal));
        Assert.Contains("→ See that nothing changed the file", told, StringComparison.Ordinal);
        var documents = JsonNode.Parse(Verify([other, good], "--json").Output)!.AsArray();
        Assert.Equal([false, true], documents.Select(d => (bool)d!["good"]!));
        Assert.Equal(ExitStatus.BadUsage, Verify([good, Path.Combine(_folder, "absent.bxt")]).Status);
    }

    [Fact]
    public void A_key_that_is_not_there_or_is_none_is_named_with_what_to_do()
    {
        var file = Order("SAMPLE26030000000001");
        var nowhere = Path.Combine(_folder, "nowhere");
        Tells(nowhere, $"--keys {nowhere}: no such folder");
        Tells(_folder, $"--keys {_folder}: no ours-{Bank}.pem in it");
        File.WriteAllText(Path.Combine(_folder, $"ours-{Bank}.pem"), "no certificate");
        Tells(_folder, "no certificate to use");

        void Tells(string keys, string words)
        {
            var (status, _, errors) = Verify([file], "--keys", keys);
            Assert.Equal(ExitStatus.BadUsage, status);
            Assert.Contains(words, errors, StringComparison.Ordinal);
            Assert.Contains("\n  → ", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("run", "--once")]
    [InlineData("day-end")]
    public void The_sandbox_bank_names_the_key_it_misses_too(string verb, params string[] more)
    {
        string[] line = ["bank-sandbox", verb, "--profile", Bank, "--books", Path.Combine(_folder, "books"),
            "--exchange", _folder, "--date", "2026-03-13", "--lang", "en", .. more, "--keys"];
        var said = UsageTests.Run([.. line, _folder]);
        Assert.Equal(ExitStatus.BadUsage, said.Status);
        Assert.Contains($"no ours-{Bank}.pem in it", said.Seen, StringComparison.Ordinal);
        Assert.Contains("no such folder", UsageTests.Run([.. line, Path.Combine(_folder, "nowhere")]).Seen,
            StringComparison.Ordinal);
    }

    /// <summary>The signature in the place of its message: said as that, with the file it belongs to.</summary>
    [Theory]
    [InlineData("bank", "verify", "--keys", ".")]
    [InlineData("bank", "receive")]
    public void A_signature_is_told_as_one_with_the_file_it_belongs_to(params string[] verb)
    {
        var body = Order("SAMPLE26030000000001");
        string[] database = verb[1] == "receive" ? ["--db", "sqlite:" + Path.Combine(_folder, "x.db")] : [];
        if (database.Length > 0) UsageTests.Run(["init", "--ledger", "520100", .. database]);
        foreach (var isThere in new[] { true, false })
        {
            if (!isThere) File.Delete(body);
            var said = UsageTests.Run([.. verb, "--profile", Bank, .. database, "--lang", "en", body + ".p7s"]);
            Assert.Equal(ExitStatus.BadUsage, said.Status);
            Assert.Contains($"is a signature, no message; it belongs to {Path.GetFileName(body)}", said.Seen,
                StringComparison.Ordinal);
            Assert.Equal(!isThere, said.Seen.Contains("which is not beside it", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("bank", "verify", "none.txt", "--keys", ".")]
    [InlineData("bank-sandbox", "books", "--books", "books")]
    public void A_profile_from_outside_is_told_as_one_the_sandbox_bank_does_not_play(params string[] verb)
    {
        var said = UsageTests.Run([.. verb, "--profile", "our-bank", "--lang", "zh"]);
        Assert.Equal(ExitStatus.BadUsage, said.Status);
        Assert.Contains("--profile our-bank: 样例银行只认随附的配置", said.Seen, StringComparison.Ordinal);
        Assert.Contains("profile test", said.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sandbox_bank_makes_no_exchange_and_asks_for_its_day_in_the_users_language()
    {
        var nowhere = Path.Combine(_folder, "nowhere");
        File.WriteAllText(Path.Combine(_folder, $"ours-{Bank}.pem"), "");
        foreach (var end in new[] { "key.pem", "pem" })
            File.WriteAllText(Path.Combine(_folder, $"bank-{Bank}.{end}"), "");
        string[] line = ["bank-sandbox", "run", "--once", "--profile", Bank, "--books", Path.Combine(_folder, "books"),
            "--exchange", nowhere, "--keys", _folder, "--lang", "zh"];
        var said = UsageTests.Run([.. line, "--date", "2026-03-13"]);
        Assert.Equal(ExitStatus.BadUsage, said.Status);
        Assert.Contains($"--exchange {nowhere}: 没有此目录", said.Seen, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
        Assert.Contains("--date x: 请写日期", UsageTests.Run([.. line, "--date", "x"]).Seen, StringComparison.Ordinal);
        Assert.Contains("须有 --date 日期", UsageTests.Run(line).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_applications_are_told_as_what_they_are()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        Assert.True(month.Deliver(batch.Batch).Accepted);
        var file = Assert.Single(Directory.GetFiles(month.Settings.Exchange, "*-cards.txt",
            SearchOption.AllDirectories));
        string[] by = ["--profile", CardMonth.Bank, "--keys", month.Settings.Keys];
        var (status, told, _) = Verify([file], by);
        Assert.Equal(ExitStatus.Done, status);
        Assert.Contains("card applications", told, StringComparison.Ordinal);
        Assert.Contains(batch.Reference, told, StringComparison.Ordinal);
        Assert.DoesNotContain("payer account", told, StringComparison.Ordinal);
        Assert.Contains("开卡申请", Verify([file], [.. by, "--lang", "zh"]).Output, StringComparison.Ordinal);
        var verdict = JsonNode.Parse(Verify([file], [.. by, "--json"]).Output)!;
        Assert.Equal(("cards", batch.Lines), ((string)verdict["kind"]!, (long)verdict["rows"]!));
        // A row less than the head counts.
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, lines[..^1]);
        Assert.Equal(["Structure"], JsonNode.Parse(Verify([file], [.. by, "--json"]).Output)!["troubles"]!.AsArray()
            .Select(t => (string)t!["refusal"]!));
    }

    [Theory]
    [InlineData("cmb-ntagcsal", "xml")]
    [InlineData("icbc-payper", "xml")]
    [InlineData("cmb-bb6bthhl", "json")]
    public void A_question_is_told_by_the_file_it_asks_about(string profile, string extension)
    {
        var file = Path.Combine(_folder, $"SAMPLE26030000000001-query-1.{extension}");
        Sealed(file, CodecSamples.Golden(profile, "query.golden"), profile);
        var (status, told, _) = Verify([file], "--profile", profile);
        Assert.True(status == ExitStatus.Done, told);
        Assert.Contains("a question", told, StringComparison.Ordinal);
        Sealed(file, "<no question/>"u8.ToArray(), profile == "cmb-bb6bthhl" ? Bank : profile);
        Assert.Equal(ExitStatus.FoundWrong, Verify([file], "--profile", profile).Status);
    }

    [Theory]
    [InlineData("sm2-gmt0010-attached")]
    [InlineData("sm2-raw-rs")]
    public void A_bank_agreed_on_another_envelope_verifies_by_it(string kind)
    {
        var file = Path.Combine(_folder, "SAMPLE26030000000001.bxt");
        Sealed(file, OrderFile.Write(BankForm.IcbcText, [(SandboxRig.Account("100001"), 5)]), Bank, kind);
        Assert.Equal(ExitStatus.FoundWrong, Verify([file]).Status);
        var (status, told, _) = Verify([file], "--seal", kind);
        Assert.True(status == ExitStatus.Done, told);
        File.WriteAllBytes(file, [.. File.ReadAllBytes(file), 0]);
        Assert.Equal(ExitStatus.FoundWrong, Verify([file], "--seal", kind).Status);
    }

    private string Order(string reference)
    {
        var file = Path.Combine(_folder, reference + ".bxt");
        Sealed(file, OrderFile.Write(BankForm.IcbcText, [(SandboxRig.Account("100001"), 5)]), Bank);
        return file;
    }

    private static void Sealed(string file, byte[] body, string profile, string? kind = null)
    {
        var form = CodecSamples.Profile(profile).Envelope;
        SealedMessage sent = EnvelopeCatalogue.Find(kind ?? form.Kind)!.Seal(body, new PemKeyRing(RoundTrip.KeyFolder),
            new(form.OurKey, form.BankCertificate, form.DistinguishedId));
        File.WriteAllBytes(file, sent.Body.ToArray());
        if (sent.Signature is { } signature) File.WriteAllBytes(file + sent.SignatureSuffix, signature.ToArray());
    }

    /// <summary>In English, by ICBC's form and the sample keys, unless said otherwise.</summary>
    private static (int Status, string Output, string Seen) Verify(IReadOnlyList<string> files,
        params IReadOnlyList<string> more)
    {
        List<string> line = ["bank", "verify", .. files, .. more];
        foreach (var (option, value) in new[]
            { ("--profile", Bank), ("--keys", RoundTrip.KeyFolder), ("--lang", "en") })
            if (!more.Contains(option)) line.AddRange([option, value]);
        var said = UsageTests.Run([.. line]);
        return (said.Status, said.Output, said.Seen);
    }
}
