using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Envelopes;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Keys;

/// <summary>A partner changes its key: both open while both are pinned, a revoked one opens nothing.</summary>
public sealed class OverlapTests
{
    private static readonly string Old = File.ReadAllText(SampleExchange.CertificatePath("ecdsa"));
    private static readonly string New = File.ReadAllText(SampleExchange.CertificatePath("other-ecdsa"));
    private static readonly string Sm2Old = File.ReadAllText(SampleExchange.CertificatePath("sm2"));
    private static readonly string Sm2New = File.ReadAllText(SampleExchange.CertificatePath("other-sm2"));

    [Theory]
    [InlineData("ecdsa")]
    [InlineData("other-ecdsa")]
    public void Either_key_opens_while_both_are_pinned(string signer)
    {
        foreach (var entry in new[] { Old + New, New + Old })
            Assert.Equal(OpenFault.None, Open(CmsEnvelope.Kind, signer, entry).Fault);
        Assert.Equal(OpenFault.SignerUnknown, Open(CmsEnvelope.Kind, "rsa", Old + New).Fault);
    }

    [Fact]
    public void A_raw_signature_says_no_name_and_each_key_is_tried()
    {
        foreach (var entry in new[] { Sm2Old + Sm2New, Sm2New + Sm2Old })
            Assert.Equal(OpenFault.None, Open(Sm2RawEnvelope.Kind, "sm2", entry).Fault);
        Assert.Equal(OpenFault.SignatureInvalid, Open(Sm2RawEnvelope.Kind, "sm2", Sm2New).Fault);
    }

    [Fact]
    public void A_revoked_key_opens_nothing_and_the_fault_says_so()
    {
        var opened = Open(CmsEnvelope.Kind, "ecdsa", Revoked(Old) + New);
        Assert.Equal((OpenFault.SignerUnknown, "its certificate was revoked"), (opened.Fault, opened.Detail));
        Assert.True(opened.Body.IsEmpty);
        Assert.Equal(OpenFault.None, Open(CmsEnvelope.Kind, "other-ecdsa", Revoked(Old) + New).Fault);
        Assert.Equal(OpenFault.SignerUnknown, Open(CmsEnvelope.Kind, "ecdsa", Revoked(Old)).Fault);
        Assert.Equal(OpenFault.SignerUnknown, Open(CmsEnvelope.Kind, "other-ecdsa", Revoked(Old)).Fault);
    }

    [Fact]
    public void A_date_that_passed_is_said_rather_than_a_stranger() => Assert.Equal(OpenFault.CertificateExpired,
        Open(CmsEnvelope.Kind, "ecdsa", New + Old, SampleExchange.Until + Duration.FromDays(1)).Fault);

    [Fact]
    public void An_entry_that_is_not_there_is_judged_as_ever() =>
        Assert.Equal(OpenFault.SignerUnknown, Open(CmsEnvelope.Kind, "ecdsa", null).Fault);

    private static OpenedMessage Open(string kind, string signer, string? entry, Instant? at = null) => Overlap.Open(
        EnvelopeCatalogue.Find(kind)!, SampleExchange.Seal(kind, signer), new Entry(entry), new("", "bank"),
        at ?? SampleExchange.Within);

    private static string Revoked(string pem) => pem.Replace("CERTIFICATE", "REVOKED CERTIFICATE",
        StringComparison.Ordinal);

    private sealed class Entry(string? pem) : IKeyRing
    {
        public string? PrivateKeyPem(string name) => null;
        public string? CertificatePem(string name) => pem;
    }
}
