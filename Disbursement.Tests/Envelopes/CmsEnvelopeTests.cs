using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Xunit;

namespace Disbursement.Tests.Envelopes;

public sealed class CmsEnvelopeTests
{
    [Theory]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public void Openssl_verifies_what_we_sign(string key)
    {
        var message = SampleExchange.Seal(CmsEnvelope.Kind, key);
        var (code, output) = Verify(key, SampleExchange.Body, message);
        Assert.True(code == 0, output);
        Assert.Contains("CMS Verification successful", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Openssl_refuses_our_signature_over_another_body()
    {
        var (code, _) = Verify("rsa", [.. SampleExchange.Body, 0x20], SampleExchange.Seal(CmsEnvelope.Kind, "rsa"));
        Assert.NotEqual(0, code);
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public void What_openssl_signs_with_its_defaults_opens(string key)
    {
        var opened = SampleExchange.Open(CmsEnvelope.Kind, key, SignedByOpenssl(key));
        Assert.Equal((OpenFault.None, ""), (opened.Fault, opened.Detail));
    }

    [Theory]
    [InlineData("-noattr")]
    [InlineData("-nodetach")]
    [InlineData("-nocerts")]
    [InlineData("-keyid")]
    public void Another_shape_of_openssl_is_malformed(string option) =>
        Assert.Equal(OpenFault.Malformed,
            SampleExchange.Open(CmsEnvelope.Kind, "rsa", SignedByOpenssl("rsa", option)).Fault);

    [Fact]
    public void A_second_certificate_inside_is_malformed()
    {
        var message = SignedByOpenssl("rsa", "-certfile", SampleExchange.CertificatePath("ecdsa"));
        Assert.Equal(OpenFault.Malformed, SampleExchange.Open(CmsEnvelope.Kind, "rsa", message).Fault);
    }

    [Fact]
    public void No_moment_of_signing_stands_in_the_signature()
    {
        var message = SampleExchange.Seal(CmsEnvelope.Kind, "rsa");
        var (_, output) = SampleExchange.Run("openssl", ["cms", "-cmsout", "-print", "-inform", "DER", "-in", "f.p7s"],
            ("f.p7s", message.Signature!.Value.ToArray()));
        Assert.Contains("messageDigest", output, StringComparison.Ordinal);
        Assert.DoesNotContain("signingTime", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_signature_is_the_same_every_time() =>
        Assert.Equal(SampleExchange.Seal(CmsEnvelope.Kind, "rsa").Signature!.Value.ToArray(),
            SampleExchange.Seal(CmsEnvelope.Kind, "rsa").Signature!.Value.ToArray());

    [Fact]
    public void Many_threads_may_seal_and_open_with_one_key()
    {
        var faults = Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(4)
            .Select(_ => SampleExchange.Seal(CmsEnvelope.Kind, "ecdsa"))
            .Select(message => SampleExchange.Open(CmsEnvelope.Kind, "ecdsa", message).Fault);
        Assert.All(faults.ToList(), fault => Assert.Equal(OpenFault.None, fault));
    }

    private static (int ExitCode, string Output) Verify(string key, byte[] body, SealedMessage message) =>
        SampleExchange.Run("openssl",
            ["cms", "-verify", "-binary", "-inform", "DER", "-in", "f.p7s", "-content", "f",
                "-CAfile", SampleExchange.CertificatePath(key), "-purpose", "any", "-out", "/dev/null"],
            ("f", body), ("f.p7s", message.Signature!.Value.ToArray()));

    private static SealedMessage SignedByOpenssl(string key, params string[] options)
    {
        string[] arguments = ["cms", "-sign", "-binary", "-in", "f", "-md", "sha256", "-outform", "PEM",
            "-signer", SampleExchange.CertificatePath(key), "-inkey", SampleExchange.KeyPath(key), .. options];
        var (code, pem) = SampleExchange.Run("openssl", arguments, ("f", SampleExchange.Body));
        Assert.True(code == 0, pem);
        var bytes = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        return new SealedMessage(SampleExchange.Body, bytes, CmsEnvelope.Suffix);
    }
}
