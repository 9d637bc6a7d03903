using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>What holds for every kind of envelope alike.</summary>
public sealed class EnvelopeTests
{
    public static TheoryData<string, string> KindsAndKeys => SampleExchange.KindsAndKeys;

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void What_is_sealed_opens_with_its_body_unchanged_and_its_signer_named(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        var opened = SampleExchange.Open(kind, key, message);
        Assert.Equal((OpenFault.None, ""), (opened.Fault, opened.Detail));
        Assert.Equal(SampleExchange.Body, opened.Body.ToArray());
        Assert.Equal(SampleExchange.Body, message.Body.ToArray());
        Assert.Contains($"SAMPLE {key}", opened.Signer, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void Every_flipped_byte_of_a_signature_is_refused(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        var signature = message.Signature!.Value.ToArray();
        foreach (var flip in new byte[] { 0x01, 0x20, 0x80, 0xFF })
            for (var position = 0; position < signature.Length; position++)
            {
                var forged = (byte[])signature.Clone();
                forged[position] ^= flip;
                var opened = SampleExchange.Open(kind, key, message with { Signature = forged });
                Assert.True(opened.Fault != OpenFault.None, $"byte {position} changed by {flip:x2} was taken");
                Assert.True(opened.Body.IsEmpty);
            }
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void Every_flipped_byte_of_a_body_is_refused(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        for (var position = 0; position < SampleExchange.Body.Length; position++)
        {
            var forged = (byte[])SampleExchange.Body.Clone();
            forged[position] ^= 0x01;
            var opened = SampleExchange.Open(kind, key, message with { Body = forged });
            Assert.Equal(OpenFault.SignatureInvalid, opened.Fault);
        }
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void A_signature_cut_at_any_length_is_a_fault_and_never_an_exception(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        var signature = message.Signature!.Value;
        for (var length = 0; length < signature.Length; length++)
        {
            var opened = SampleExchange.Open(kind, key, message with { Signature = signature[..length] });
            // A cut Base64 text may still be Base64; a cut DER is none.
            Assert.True(opened.Fault is OpenFault.Malformed or OpenFault.SignatureInvalid,
                $"{opened.Fault} at {length}");
        }
        Assert.NotEqual(OpenFault.None,
            SampleExchange.Open(kind, key, message with { Signature = (byte[])[.. signature.ToArray(), 0x41] }).Fault);
    }

    [Property(MaxTest = 200)]
    public void Any_bytes_for_a_signature_are_a_fault_and_never_an_exception(byte[] signature, int which)
    {
        var row = SampleExchange.KindsAndKeys.ElementAt((which & 0x7FFFFFFF) % SampleExchange.KindsAndKeys.Count).Data;
        var suffix = EnvelopeCatalogue.SignatureSuffix(row.Item1);
        var message = new SealedMessage(SampleExchange.Body, signature, suffix);
        var opened = SampleExchange.Open(row.Item1, row.Item2, message);
        Assert.NotEqual(OpenFault.None, opened.Fault);
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void Deep_nesting_and_great_length_are_malformed(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        byte[] deep = [.. Enumerable.Repeat(new byte[] { 0x30, 0x80 }, 30_000).SelectMany(pair => pair)];
        foreach (var bytes in new[] { deep, new byte[SignedDataForm.MaxBytes + 1] })
            Assert.Equal(OpenFault.Malformed, SampleExchange.Open(kind, key, message with { Signature = bytes }).Fault);
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void A_message_without_its_signature_is_refused(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        foreach (var without in new[] { message with { Signature = null }, message with { SignatureSuffix = ".asc" } })
            Assert.Equal(OpenFault.SignatureMissing, SampleExchange.Open(kind, key, without).Fault);
    }

    [Theory, MemberData(nameof(KindsAndKeys))]
    public void A_certificate_counts_from_its_first_moment_to_its_last(string kind, string key)
    {
        var message = SampleExchange.Seal(kind, key);
        OpenFault At(Instant moment) => SampleExchange.Open(kind, key, message, moment).Fault;
        Assert.Equal(OpenFault.CertificateNotYetValid, At(SampleExchange.From - Duration.FromSeconds(1)));
        Assert.Equal(OpenFault.None, At(SampleExchange.From));
        Assert.Equal(OpenFault.None, At(SampleExchange.Until));
        Assert.Equal(OpenFault.CertificateExpired, At(SampleExchange.Until + Duration.FromSeconds(1)));
    }

    [Theory]
    [InlineData(CmsEnvelope.Kind, "ecdsa", "other-ecdsa", OpenFault.SignerUnknown)]
    [InlineData(CmsEnvelope.Kind, "rsa", "ecdsa", OpenFault.SignerUnknown)]
    [InlineData(Sm2CmsEnvelope.Kind, "sm2", "other-sm2", OpenFault.SignerUnknown)]
    [InlineData(Sm2RawEnvelope.Kind, "sm2", "other-sm2", OpenFault.SignatureInvalid)]
    [InlineData(Sm2RawEnvelope.Kind, "sm2", "rsa", OpenFault.SignerUnknown)]
    [InlineData(Sm2CmsEnvelope.Kind, "sm2", "nobody", OpenFault.SignerUnknown)]
    public void A_message_of_another_signer_is_refused(string kind, string signer, string pinned, OpenFault fault) =>
        Assert.Equal(fault, SampleExchange.Open(kind, pinned, SampleExchange.Seal(kind, signer)).Fault);

    [Theory]
    [InlineData(CmsEnvelope.Kind, "nobody")]
    [InlineData(CmsEnvelope.Kind, "sm2")]
    [InlineData(Sm2RawEnvelope.Kind, "rsa")]
    [InlineData(Sm2CmsEnvelope.Kind, "ecdsa")]
    public void Sealing_with_a_key_that_does_not_fit_says_so(string kind, string key)
    {
        var trouble = Assert.Throws<CryptographicException>(() => SampleExchange.Seal(kind, key));
        Assert.Contains($"'{key}'", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sm2RawEnvelope.Kind)]
    [InlineData(Sm2RawEnvelope.JoinedKind)]
    [InlineData(Sm2CmsEnvelope.Kind)]
    [InlineData(Sm2AttributedEnvelope.Kind)]
    public void Another_distinguished_id_makes_another_signature(string kind)
    {
        var message = SampleExchange.Seal(kind, "sm2");
        foreach (var id in new[] { "", "1234567812345679", new string('1', 70_000) })
        {
            var names = SampleExchange.Names("sm2") with { DistinguishedId = id };
            var opened = EnvelopeCatalogue.Find(kind)!.Open(message, SampleExchange.Keys, names, SampleExchange.Within);
            Assert.Equal(OpenFault.SignatureInvalid, opened.Fault);
        }
    }

    [Fact]
    public void The_catalogue_knows_its_kinds_and_no_other()
    {
        Assert.Equal(
            [
                "cms-attached", "cms-detached", "cms-enveloped", "form-sha256", "form-sm3", "openpgp", "sm2-cms",
                "sm2-cms-attached", "sm2-gmt0010", "sm2-gmt0010-attached", "sm2-raw", "sm2-raw-rs", "sm2-sigdat",
                "sm4-form",
            ],
            EnvelopeCatalogue.Kinds);
        Assert.All(EnvelopeCatalogue.Kinds, kind => Assert.NotNull(EnvelopeCatalogue.Find(kind)));
        Assert.Null(EnvelopeCatalogue.Find("CMS-detached"));
    }
}
