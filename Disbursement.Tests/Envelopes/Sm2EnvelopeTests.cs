using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>The two SM2 kinds against openssl.</summary>
public sealed class Sm2EnvelopeTests
{
    private const string Id = "distid:1234567812345678";

    [Fact]
    public void Openssl_verifies_our_raw_signature()
    {
        var message = SampleExchange.Seal(Sm2RawEnvelope.Kind, "sm2");
        var der = Convert.FromBase64String(Encoding.ASCII.GetString(message.Signature!.Value.Span));
        Assert.Equal((0, "Verified OK"), Verify(der, SampleExchange.Body));
        Assert.NotEqual(0, Verify(der, [.. SampleExchange.Body, 0x20]).ExitCode);
    }

    [Fact]
    public void What_openssl_signs_and_writes_as_Base64_lines_opens()
    {
        var command = $"openssl dgst -sm3 -sign '{SampleExchange.KeyPath("sm2")}' -sigopt {Id} f | openssl base64";
        var (code, text) = SampleExchange.Run("sh", ["-c", command], ("f", SampleExchange.Body));
        Assert.True(code == 0, text);
        Assert.Contains('\n', text);
        var message = new SealedMessage(SampleExchange.Body, Encoding.ASCII.GetBytes(text), Sm2RawEnvelope.Suffix);
        Assert.Equal(OpenFault.None, SampleExchange.Open(Sm2RawEnvelope.Kind, "sm2", message).Fault);
    }

    [Fact]
    public void The_signature_inside_GMT_0010_is_the_one_over_the_body()
    {
        var message = SampleExchange.Seal(Sm2CmsEnvelope.Kind, "sm2");
        var parts = SignedDataForm.Gmt0010.Read(message.Signature!.Value, out _)!;
        Assert.Equal((0, "Verified OK"), Verify(parts.Signature, SampleExchange.Body));
        Assert.Null(parts.SignedAttributes);
        Assert.Equal("1.2.156.10197.1.301.1", parts.SignatureAlgorithm);
    }

    [Fact]
    public void The_commands_of_the_page_for_banks_verify_our_GMT_0010_file()
    {
        const string Script = "AT=$(openssl asn1parse -inform DER -in F.p7s | "
            + "awk -F: '/OCTET STRING/ { at = $1 } END { print at + 0 }')\n"
            + "openssl asn1parse -inform DER -in F.p7s -strparse $AT -noout -out F.der\n"
            + "openssl x509 -in ours.pem -pubkey -noout > pub.pem\n"
            + "openssl dgst -sm3 -verify pub.pem -sigopt distid:1234567812345678 -signature F.der F\n";
        var (code, output) = SampleExchange.Run("sh", ["-c", Script], ("F", SampleExchange.Body),
            ("F.p7s", SampleExchange.Seal(Sm2CmsEnvelope.Kind, "sm2").Signature!.Value.ToArray()),
            ("ours.pem", File.ReadAllBytes(SampleExchange.CertificatePath("sm2"))));
        Assert.Equal((0, "Verified OK"), (code, output.Trim()));
    }

    [Fact]
    public void A_bare_public_key_serves_the_raw_kind_and_not_the_one_with_certificates()
    {
        var (_, pem) = SampleExchange.Run("openssl",
            ["x509", "-in", SampleExchange.CertificatePath("sm2"), "-pubkey", "-noout"]);
        var keys = new OneKey(pem);
        var raw = new Sm2RawEnvelope().Open(SampleExchange.Seal(Sm2RawEnvelope.Kind, "sm2"), keys,
            new EnvelopeKeys("", "bank-sample"), SampleExchange.Until + NodaTime.Duration.FromDays(1));
        Assert.Equal((OpenFault.None, "bank-sample"), (raw.Fault, raw.Signer));
        var signed = new Sm2CmsEnvelope().Open(SampleExchange.Seal(Sm2CmsEnvelope.Kind, "sm2"), keys,
            new EnvelopeKeys("", "bank-sample"), SampleExchange.Within);
        Assert.Equal(OpenFault.SignerUnknown, signed.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no PEM at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_key_ring_entry_that_is_no_key_makes_the_signer_unknown(string pem)
    {
        var opened = new Sm2RawEnvelope().Open(SampleExchange.Seal(Sm2RawEnvelope.Kind, "sm2"), new OneKey(pem),
            new EnvelopeKeys("", "bank-sample"), SampleExchange.Within);
        Assert.Equal(OpenFault.SignerUnknown, opened.Fault);
        Assert.Contains("'bank-sample'", opened.Detail, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Verify(byte[] signature, byte[] body)
    {
        var command = $"openssl x509 -in '{SampleExchange.CertificatePath("sm2")}' -pubkey -noout > pub.pem && "
            + $"openssl dgst -sm3 -verify pub.pem -sigopt {Id} -signature s.der f";
        var (code, output) = SampleExchange.Run("sh", ["-c", command], ("s.der", signature), ("f", body));
        return (code, output.Trim());
    }

    private sealed class OneKey(string pem) : IKeyRing
    {
        public string? PrivateKeyPem(string name) => null;
        public string? CertificatePem(string name) => pem;
    }
}
