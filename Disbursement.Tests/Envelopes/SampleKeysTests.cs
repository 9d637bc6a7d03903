using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Xunit;

namespace Disbursement.Tests.Envelopes;

public sealed class SampleKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sample-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rsa", "3072 bit")]
    [InlineData("ecdsa", "P-256")]
    [InlineData("sm2", "SM2")]
    public void Openssl_reads_and_verifies_a_sample_certificate(string key, string mark)
    {
        var path = SampleExchange.CertificatePath(key);
        var (_, text) = SampleExchange.Run("openssl", ["x509", "-in", path, "-noout", "-text"]);
        Assert.Contains(mark, text, StringComparison.Ordinal);
        Assert.Contains($"SAMPLE {key}", text, StringComparison.Ordinal);
        Assert.Contains("Not Before: Jan  1 00:00:00 2026 GMT", text, StringComparison.Ordinal);
        Assert.Contains("Not After : Jan  1 00:00:00 2046 GMT", text, StringComparison.Ordinal);
        var (code, output) = SampleExchange.Run("openssl",
            ["verify", "-CAfile", path, "-vfyopt", "distid:1234567812345678", path]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void The_signature_of_the_SM2_certificate_is_made_with_the_standard_id()
    {
        const string Script = "openssl x509 -in c.pem -pubkey -noout > pub.pem && "
            + "openssl x509 -in c.pem -outform DER > c.der && "
            + "openssl asn1parse -inform DER -in c.der -strparse 4 -noout -out tbs && "
            + "openssl asn1parse -inform DER -in c.der | awk -F: '/BIT STRING/{o=$1} END{print o+0}' > at && "
            + "openssl asn1parse -inform DER -in c.der -strparse $(cat at) -noout -out s.der && "
            + "openssl dgst -sm3 -verify pub.pem -sigopt distid:1234567812345678 -signature s.der tbs";
        var certificate = File.ReadAllBytes(SampleExchange.CertificatePath("sm2"));
        var (_, output) = SampleExchange.Run("sh", ["-c", Script], ("c.pem", certificate));
        Assert.Contains("Verified OK", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_making_changes_nothing_and_an_interrupted_one_is_completed()
    {
        Make();
        var (key, certificate) = (Read("a.key.pem"), Read("a.pem"));
        Make();
        Assert.Equal((key, certificate), (Read("a.key.pem"), Read("a.pem")));
        File.Delete(Path.Combine(_folder, "a.pem"));
        Make();
        Assert.Equal(key, Read("a.key.pem"));
        new Sm2CmsEnvelope().Seal(SampleExchange.Body, new PemKeyRing(_folder), SampleExchange.Names("a"));
        Assert.Equal(["a.key.pem", "a.pem"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_private_key_is_readable_by_its_owner_only()
    {
        Make();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "a.key.pem")));
    }

    [Fact]
    public void A_renewed_key_takes_effect_in_the_same_key_ring()
    {
        Make();
        var ring = new PemKeyRing(_folder);
        var envelope = new Sm2RawEnvelope();
        var before = envelope.Seal(SampleExchange.Body, ring, SampleExchange.Names("a"));
        File.Delete(Path.Combine(_folder, "a.key.pem"));
        File.Delete(Path.Combine(_folder, "a.pem"));
        Make();
        OpenFault Open(SealedMessage message) =>
            envelope.Open(message, ring, SampleExchange.Names("a"), SampleExchange.Within).Fault;
        Assert.Equal(OpenFault.SignatureInvalid, Open(before));
        var after = envelope.Seal(SampleExchange.Body, ring, SampleExchange.Names("a"));
        Assert.Equal(OpenFault.None, Open(after));
    }

    [Fact]
    public void A_certificate_of_another_key_is_not_sealed_with()
    {
        Make();
        File.Copy(SampleExchange.CertificatePath("sm2"), Path.Combine(_folder, "a.pem"), overwrite: true);
        Assert.Throws<CryptographicException>(() =>
            new Sm2CmsEnvelope().Seal(SampleExchange.Body, new PemKeyRing(_folder), SampleExchange.Names("a")));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData(".a")]
    [InlineData("")]
    [InlineData("a.key")]
    [InlineData("absent")]
    public void A_name_that_is_no_entry_has_no_certificate(string name)
    {
        Make();
        Assert.Null(new PemKeyRing(_folder).CertificatePem(name));
        Assert.Null(new PemKeyRing(Path.Combine(_folder, "absent")).PrivateKeyPem(name));
    }

    private void Make() =>
        SampleKeys.Ensure(_folder, "a", SampleKeyKind.Sm2, SampleExchange.From, SampleExchange.Until);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
