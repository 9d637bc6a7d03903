using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Tests.Demo;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Keys;

/// <summary>key check tells what is wrong with each file of the folder, and what to do, before a bank finds out.
/// </summary>
public sealed class KeyCheckTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 26, 2, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("key-check-").FullName;

    public KeyCheckTests()
    {
        foreach (var (name, kind) in new[]
        {
            ("ours-iso20022-pain", SampleKeyKind.EcdsaP256), ("bank-iso20022-pain", SampleKeyKind.EcdsaP256),
            ("ours-icbc-bxt", SampleKeyKind.Sm2), ("bank-icbc-bxt", SampleKeyKind.Sm2),
        })
            Make(name, kind);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sound_keys_of_some_banks_are_listed_and_those_of_others_are_not_missed()
    {
        var (code, lines) = Check();
        Assert.Equal(0, code);
        Assert.Equal(["bank-icbc-bxt", "bank-iso20022-pain", "ours-icbc-bxt", "ours-iso20022-pain"],
            lines.Select(l => (string)l!["key"]!));
        Assert.All(lines, l => Assert.Equal("", (string)l!["trouble"]!));
    }

    [Theory]
    [InlineData("ours-iso20022-pain.key.pem", "junk", "no PKCS#8 block 'PRIVATE KEY' in it")]
    [InlineData("ours-iso20022-pain.key.pem", null, "the key ring has no private key 'ours-iso20022-pain'")]
    [InlineData("ours-iso20022-pain.pem", null, "the key ring has no certificate 'ours-iso20022-pain'")]
    [InlineData("ours-iso20022-pain.pem", "junk", "no PEM block in it")]
    [InlineData("bank-iso20022-pain.pem", "junk", "no PEM block in it")]
    [InlineData("bank-icbc-bxt.pem", "", "no PEM block in it")]
    public void A_file_that_is_junk_or_not_there_is_told(string file, string? content, string trouble)
    {
        if (content is null) File.Delete(In(file));
        else File.WriteAllText(In(file), content);
        Told(file, trouble);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        Make("other", SampleKeyKind.EcdsaP256);
        File.Move(In("other.key.pem"), In("ours-iso20022-pain.key.pem"), overwrite: true);
        File.Delete(In("other.pem"));
        Told("ours-iso20022-pain.key.pem",
            "the certificate 'ours-iso20022-pain' is not of the private key 'ours-iso20022-pain'");
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.95, false)]
    [InlineData(0.5, true)]
    public void A_certificate_that_was_cut_off_is_told(double part, bool behindWhole)
    {
        var whole = File.ReadAllText(In("bank-iso20022-pain.pem"));
        File.WriteAllText(In("bank-iso20022-pain.pem"),
            (behindWhole ? whole : "") + whole[..(int)(whole.Length * part)]);
        Told("bank-iso20022-pain.pem", "a PEM block in it has no end");
    }

    [Fact]
    public void A_revoked_certificate_of_ours_is_told_and_one_of_the_bank_with_a_successor_is_not()
    {
        var ours = File.ReadAllText(In("ours-icbc-bxt.pem"));
        File.WriteAllText(In("bank-icbc-bxt.pem"), Revoked(File.ReadAllText(In("bank-icbc-bxt.pem")))
            + File.ReadAllText(In("bank-iso20022-pain.pem")));
        Assert.Equal(0, Check().Code);
        File.WriteAllText(In("ours-icbc-bxt.pem"), Revoked(ours));
        Told("ours-icbc-bxt.pem", "its certificate was revoked");

        static string Revoked(string pem) =>
            pem.Replace("CERTIFICATE", "REVOKED CERTIFICATE", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "no key of any profile in it")]
    [InlineData(false, "no such folder")]
    public void A_folder_that_is_empty_or_not_there_is_told(bool isThere, string trouble)
    {
        var folder = In("none");
        if (isThere) Directory.CreateDirectory(folder);
        var (code, output, _) = Disburse.Run("key", "check", "--json", "--keys", folder);
        Assert.Equal(1, code);
        var told = Assert.Single(JsonNode.Parse(output)!.AsArray())!;
        Assert.Equal((folder, trouble), ((string)told["file"]!, (string)told["trouble"]!));
        var (_, words, _) = Disburse.Run("key", "check", "--lang", "zh", "--keys", folder);
        Assert.Contains("用 --keys 指明密钥目录", words, StringComparison.Ordinal);
    }

    /// <summary>It may be of a profile that a ledger adopted: told, and no trouble.</summary>
    [Fact]
    public void A_certificate_whose_name_is_no_profiles_is_listed_as_that()
    {
        File.Copy(In("bank-icbc-bxt.pem"), In("bank-icbc.pem"));
        File.WriteAllText(In("log.key.pem"), "the log's own is no bank's");
        var (code, lines) = Check();
        Assert.Equal(0, code);
        var told = Assert.Single(lines, l => (string)l!["note"]! != "")!;
        Assert.Equal(("bank-icbc.pem", "no profile and no link names it"),
            ((string)told["file"]!, (string)told["note"]!));
        Assert.Contains("bank-icbc.pem: no profile and no link names it\n  → Name it after its profile",
            Disburse.Run("key", "check", "--lang", "en", "--keys", _folder, "--at", $"{Now}").Output,
            StringComparison.Ordinal);
    }

    /// <summary>A profile outside with another kind: OpenPGP blocks, and a secret.</summary>
    [Theory]
    [InlineData("openpgp", ".asc", "not an OpenPGP key")]
    [InlineData("openpgp", ".key.asc", "not an OpenPGP key")]
    [InlineData("form-sm3", ".secret", "the key ring has no secret 'ours-iso20022-pain'")]
    public void Keys_of_other_kinds_are_looked_at_too(string kind, string suffix, string trouble)
    {
        foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        if (kind == "openpgp")
            foreach (var name in new[] { "ours-other", "bank-other" }) Make(name, SampleKeyKind.OpenPgp);
        else File.WriteAllText(In("ours-other.secret"), "agreed");
        var profile = JsonNode.Parse(Codecs.CodecSamples.ProfileBytes("iso20022-pain"))!.AsObject();
        profile["id"] = "other";
        profile["envelope"] = JsonNode.Parse(
            $$"""{ "kind": "{{kind}}", "ourKey": "ours-other", "bankCertificate": "bank-other" }""");
        Directory.CreateDirectory(In("banks"));
        File.WriteAllText(In("banks/other.json"), profile.ToJsonString());
        File.WriteAllText(In("adapters.json"), """{ "profiles": ["banks"] }""");
        var (code, lines) = Check();
        Assert.True(code == 0, lines.ToJsonString());
        var wrong = (suffix == ".asc" ? "bank-other" : "ours-other") + suffix;
        File.WriteAllText(In(wrong), kind == "openpgp"
            ? $"-----BEGIN PGP {(suffix == ".asc" ? "PUBLIC" : "PRIVATE")} KEY BLOCK-----\n\nAAAA\n-----END" : "");
        Told(wrong, trouble.Replace("iso20022-pain", "other", StringComparison.Ordinal));
    }

    private void Told(string file, string trouble)
    {
        var (code, lines) = Check();
        Assert.Equal(1, code);
        var told = Assert.Single(lines, l => (string)l!["trouble"]! != "")!;
        Assert.Equal((file, trouble), ((string)told["file"]!, (string)told["trouble"]!));
        foreach (var language in new[] { "zh", "en" })
        {
            var (status, words, _) = Disburse.Run("key", "check", "--lang", language, "--keys", _folder, "--at",
                $"{Now}");
            Assert.Equal(1, status);
            Assert.Contains($"  → {(string)told[$"do_{language}"]!}", words, StringComparison.Ordinal);
            Assert.Equal(language == "en", words.Contains($"{file}: {trouble}\n", StringComparison.Ordinal));
        }
    }

    private (int Code, JsonArray Lines) Check()
    {
        var (code, output, errors) = Disburse.Run("key", "check", "--json", "--keys", _folder, "--at", $"{Now}");
        Assert.True(output.Length > 0, errors);
        return (code, JsonNode.Parse(output)!.AsArray());
    }

    private void Make(string name, SampleKeyKind kind) => SampleKeys.Ensure(_folder, name, kind,
        Now - Duration.FromDays(30), Now + Duration.FromDays(400));

    private string In(string name) => Path.Combine(_folder, name);
}
