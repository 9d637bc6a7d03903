using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>Files made by others: CFCA's SADK, variants of them, and the example of the national standard.</summary>
[Trait("Category", "OutsideSamples")]
public sealed class OutsideSampleTests
{
    private static readonly EnvelopeKeys Names = new("", "bank");
    private static readonly Instant VariantsWithin = Instant.FromUtc(2026, 12, 1, 0, 0);
    private static readonly Instant SadkWithin = Instant.FromUtc(2025, 6, 1, 0, 0);

    [Fact]
    public void The_detached_file_of_SADK_opens_and_its_forgeries_do_not()
    {
        var signature = Sample("cfca-sadk-detached.p7s");
        var content = Sample("cfca-sadk-content.bin");
        var opened = Open(content, signature, SadkWithin);
        Assert.Equal((OpenFault.None, ""), (opened.Fault, opened.Detail));
        Assert.Contains("Jon Snow", opened.Signer, StringComparison.Ordinal);
        Assert.Equal(OpenFault.CertificateExpired, Open(content, signature, Instant.FromUtc(2026, 6, 1, 0, 0)).Fault);
        var keys = Pinning(signature);
        for (var position = 0; position < signature.Length; position++)
        {
            var forged = (byte[])signature.Clone();
            forged[position] ^= 0x01;
            var message = new SealedMessage(content, forged, Sm2CmsEnvelope.Suffix);
            Assert.NotEqual(OpenFault.None, new Sm2CmsEnvelope().Open(message, keys, Names, SadkWithin).Fault);
        }
    }

    [Fact]
    public void The_attached_file_of_SADK_opens_to_its_content()
    {
        var file = Sample("cfca-sadk-attached.p7s");
        var opened = Attached(file, Names, SadkWithin);
        Assert.Equal(OpenFault.None, opened.Fault);
        Assert.Equal("Hello Secret World!", Encoding.ASCII.GetString(opened.Body.Span));
        // Beside a body it is not what was agreed, whatever it says inside.
        Assert.Equal(OpenFault.Malformed, Open(opened.Body.ToArray(), file, SadkWithin).Fault);
    }

    [Theory]
    [InlineData("v_gm_noattr_id_501.p7", OpenFault.None)]
    [InlineData("v_std_attr_id_501.p7", OpenFault.Malformed)] // the identifiers of RFC 5652
    [InlineData("v_std_attr_noid_501.p7", OpenFault.Malformed)]
    [InlineData("gmssl-3.3-cmssign.p7s", OpenFault.SignatureInvalid)] // signs the header of the content too
    public void Variants_of_other_makers_are_judged_by_the_form(string name, OpenFault fault)
    {
        var file = Sample(name);
        Assert.Equal(fault, Attached(file, Names, VariantsWithin).Fault);
    }

    [Theory]
    [InlineData("v_std_attr_id_501.p7", OpenFault.None)]
    [InlineData("v_std_attr_noid_501.p7", OpenFault.SignatureInvalid)] // signed with an empty user id
    [InlineData("v_gm_noattr_id_501.p7", OpenFault.Malformed)] // the identifiers of GM/T 0010
    [InlineData("cfca-sadk-attached.p7s", OpenFault.Malformed)]
    public void Variants_with_the_identifiers_of_RFC_5652_are_judged_by_the_other_form(string name, OpenFault fault)
    {
        var file = Sample(name);
        var opened = new Sm2AttributedEnvelope(isAttached: true).Open(new SealedMessage(file, null, ""),
            Pinning(file), Names, VariantsWithin);
        Assert.True(fault == opened.Fault, $"{opened.Fault} {opened.Detail}");
    }

    [Fact]
    public void An_independent_reader_verifies_our_files_of_both_families()
    {
        string[] arguments = [SampleExchange.Shared("tools", "sm2cms_verify.py"), "f.p7s"];
        foreach (var kind in new[] { Sm2CmsEnvelope.AttachedKind, Sm2AttributedEnvelope.AttachedKind })
        {
            var file = SampleExchange.Seal(kind, "sm2").Body.ToArray();
            var (code, output) = SampleExchange.Run("python3", arguments, ("f.p7s", file));
            Assert.True(code == 0 && output.TrimEnd().EndsWith("OK", StringComparison.Ordinal), output);
        }
        var signature = SampleExchange.Seal(Sm2AttributedEnvelope.Kind, "sm2").Signature!.Value.ToArray();
        Assert.Equal(0, SampleExchange.Run("python3", [.. arguments, "f"], ("f", SampleExchange.Body),
            ("f.p7s", signature)).ExitCode);
    }

    [Fact]
    public void An_empty_distinguished_id_does_not_open_a_file_signed_with_the_standard_one()
    {
        var file = Sample("v_gm_noattr_id_501.p7");
        var names = Names with { DistinguishedId = "" };
        var opened = Attached(file, names, VariantsWithin);
        Assert.Equal(OpenFault.SignatureInvalid, opened.Fault);
    }

    [Fact]
    public void An_independent_reader_verifies_our_GMT_0010_file_and_refuses_another_body()
    {
        var signature = SampleExchange.Seal(Sm2CmsEnvelope.Kind, "sm2").Signature!.Value.ToArray();
        string[] arguments = [SampleExchange.Shared("tools", "sm2cms_verify.py"), "f.p7s", "f"];
        var (code, output) = SampleExchange.Run("python3", arguments, ("f", SampleExchange.Body), ("f.p7s", signature));
        Assert.True(code == 0 && output.TrimEnd().EndsWith("OK", StringComparison.Ordinal), output);
        Assert.NotEqual(0, SampleExchange.Run("python3", arguments, ("f", [0x20]), ("f.p7s", signature)).ExitCode);
    }

    [Theory]
    [InlineData("GB/T 32918.5-2017 Annex A.2", true)]
    [InlineData("BouncyCastle FpStandard SM3", true)]
    [InlineData("BouncyCastle FpStandard SHA-256", false)]
    public void The_examples_of_the_standard_verify_through_the_envelope(string name, bool verifies)
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(SampleExchange.Shared("gm", "vectors.json")));
        var vector = vectors.RootElement.GetProperty("signatures").EnumerateArray()
            .Single(v => v.GetProperty("name").GetString()!.StartsWith(name, StringComparison.Ordinal));
        byte[] Hex(string field) => Convert.FromHexString(vector.GetProperty(field).GetString()!);
        var point = Sm2.PointOf(Sm2.PrivateKey(Hex("d")));
        var names = Names with { DistinguishedId = vector.GetProperty("id").GetString()! };
        var body = Encoding.ASCII.GetBytes(vector.GetProperty("msg").GetString()!);
        var signature = Encoding.ASCII.GetBytes(Convert.ToBase64String(RAndS(Hex("r"), Hex("s"))));
        var opened = new Sm2RawEnvelope().Open(new SealedMessage(body, signature, Sm2RawEnvelope.Suffix),
            new Pinned(PublicKeyPem(point)), names, SadkWithin);
        Assert.Equal(verifies ? OpenFault.None : OpenFault.SignatureInvalid, opened.Fault);
    }

    private static byte[] Sample(string name) => File.ReadAllBytes(SampleExchange.Shared("gm", "p7", name));

    private static OpenedMessage Attached(byte[] file, EnvelopeKeys names, Instant at) =>
        new Sm2CmsEnvelope(isAttached: true).Open(new SealedMessage(file, null, ""), Pinning(file), names, at);

    private static OpenedMessage Open(byte[] content, byte[] signature, Instant at) =>
        new Sm2CmsEnvelope().Open(new SealedMessage(content, signature, Sm2CmsEnvelope.Suffix),
            Pinning(signature), Names, at);

    /// <summary>Pins the one certificate found in the file by a search of its own.</summary>
    private static Pinned Pinning(byte[] file)
    {
        for (var at = 0; ; at++)
        {
            // A certificate: SEQUENCE of a SEQUENCE that begins with version 3.
            var isCertificate = file[at] == 0x30 && file[at + 1] == 0x82 && file.AsSpan(at + 4, 2) is [0x30, 0x82]
                && file.AsSpan(at + 8, 5) is [0xA0, 3, 2, 1, 2];
            if (!isCertificate) continue;
            var length = 4 + (file[at + 2] << 8) + file[at + 3];
            return new Pinned(PemEncoding.WriteString("CERTIFICATE", file.AsSpan(at, length)));
        }
    }

    private static byte[] RAndS(byte[] r, byte[] s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(r, isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(s, isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }

    private static string PublicKeyPem(byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }
            writer.WriteBitString(point);
        }
        return PemEncoding.WriteString("PUBLIC KEY", writer.Encode());
    }

    private sealed class Pinned(string pem) : IKeyRing
    {
        public string? PrivateKeyPem(string name) => null;
        public string? CertificatePem(string name) => pem;
    }
}
