using System.Security.Cryptography;
using Disbursement.Engine.Audit;
using Disbursement.Host.Security;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>What reaches a ledger as a person's key, and what ships later and is signed for.</summary>
public sealed class EnrolmentTests : IDisposable
{
    private readonly TranscriptFolder _folder = TranscriptScript.Begin("people");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> NoKeys => new()
    {
        { "these are words", "no PEM" },
        { "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "no public key" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no public key (CERTIFICATE)" },
        { Ed25519Keys.Generate().PrivatePem, "that is the private key" },
        { Sm2Keys.Generate().PrivatePem, "that is the private key" },
        { ECDsa.Create().ExportECPrivateKeyPem(), "that is the private key" },
        { RSA.Create(2048).ExportSubjectPublicKeyInfoPem(), "another algorithm (Rsa)" },
        { ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem(), "another algorithm (EC)" },
    };

    [Theory, MemberData(nameof(NoKeys))]
    public void What_is_no_public_key_of_a_person_is_bad_usage_and_said_to_be_what_it_is(string text, string said)
    {
        File.WriteAllText(_folder.InFolder("./fifth.pub"), text);
        var before = _folder.State();
        var taken = Enrol("./fifth.pub", "clerk");
        Assert.Equal(2, taken.Status);
        Assert.StartsWith("--public-key ", taken.Seen, StringComparison.Ordinal);
        Assert.Contains($"fifth.pub: {(said.StartsWith("another", StringComparison.Ordinal) ? "a key of " : "")}{said}",
            taken.Seen, StringComparison.Ordinal);
        Assert.Equal(before, _folder.State());
        Assert.Equal(2, Enrol("./none.pub", "clerk").Status);
    }

    [Fact]
    public void A_key_is_kept_in_its_one_text_whatever_stands_around_it()
    {
        var key = Sm2Keys.Generate();
        File.WriteAllText(_folder.InFolder("./fifth.pub"),
            "# the key of 样例戊\r\n" + key.PublicPem.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(0, Enrol("./fifth.pub", "clerk").Status);
        File.WriteAllText(_folder.InFolder("./again.pub"), key.PublicPem);
        Assert.Equal(0, Enrol("./again.pub", "administrator").Status);
        var people = _folder.Run("person list", "--json").Output;
        Assert.Contains("sm2-sm3", people, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ships_later_comes_into_force_when_two_people_sign_init()
    {
        _folder.Sql("DROP TRIGGER adoption_kept; DELETE FROM adoption WHERE kind = 'rule-pack'");
        foreach (var (by, waits) in new[] { ("", true), (" --as clerk", true), (" --as clerk", true),
            (" --as administrator", false), ("", false) })
        {
            var taken = _folder.Run("init --ledger 520100" + by, "--lang", "en");
            Assert.Equal(0, taken.Status);
            Assert.Equal(waits, taken.Seen.Contains(AdoptRules.ShippedWaits.Code, StringComparison.Ordinal));
        }
        Assert.Equal(0, _folder.Run("arrears sweep").Status);
        Assert.Equal(0, _folder.Run("audit verify").Status);
    }

    private ConsoleTaken Enrol(string key, string by) => _folder.Run(
        $"person enroll fifth --name 样例戊 --identity 520101199001010054 --roles clerk --public-key {key} --as {by}",
        "--lang", "en");
}
