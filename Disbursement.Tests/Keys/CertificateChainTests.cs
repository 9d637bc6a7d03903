using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Disbursement.BankAdapters.Keys;
using Disbursement.Tests.Envelopes;
using Disbursement.Tests.Transports.Https;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Keys;

/// <summary>Chains link by link, of our own making and of others' (SM2).</summary>
public sealed class CertificateChainTests
{
    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    [Fact]
    public void A_chain_holds_from_the_certificate_to_its_root_and_no_link_can_be_left_out()
    {
        var (leaf, middle, root) = (Own("leaf"), Own("middle"), Own("root"));
        Assert.All(CertificateChain.Check([leaf, middle, root], Now), link => Assert.Equal("", link.Trouble));
        Assert.StartsWith("not issued by", CertificateChain.Check([leaf, root], Now)[0].Trouble,
            StringComparison.Ordinal);
        Assert.Equal("the chain does not end in a root", CertificateChain.Check([leaf, middle], Now)[1].Trouble);
        Assert.StartsWith("not issued by", CertificateChain.Check([leaf, middle, Own("other-root")], Now)[1].Trouble,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, true, "")]
    [InlineData(1, true, "")]
    [InlineData(0, true, "an authority of at most 0 below it, here are 1")]
    [InlineData(-1, false, "its key is not for signing certificates")]
    public void An_authority_issues_no_further_down_and_with_no_other_key_than_it_may(int most, bool maySign,
        string trouble)
    {
        using var keys = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var usage = maySign ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature;
        using var root = Issued("root", null, new(true, most >= 0, Math.Max(most, 0), true), usage);
        using var middle = Issued("middle", root, new(true, false, 0, true), X509KeyUsageFlags.KeyCertSign);
        using var leaf = Issued("leaf", middle, new(false, false, 0, true), X509KeyUsageFlags.DigitalSignature);
        var links = CertificateChain.Check([leaf.ExportCertificatePem(), middle.ExportCertificatePem(),
            root.ExportCertificatePem()], Now);
        Assert.Equal(["", "", trouble], links.Select(l => l.Trouble));

        X509Certificate2 Issued(string name, X509Certificate2? by, X509BasicConstraintsExtension constraints,
            X509KeyUsageFlags flags)
        {
            var request = new CertificateRequest($"CN=SAMPLE {name}", keys, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(constraints);
            request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, true));
            return request.Create(by?.SubjectName ?? request.SubjectName,
                X509SignatureGenerator.CreateForECDsa(keys), Now.Minus(Duration.FromDays(1)).ToDateTimeOffset(),
                Now.Plus(Duration.FromDays(90)).ToDateTimeOffset(), [1, (byte)name.Length]);
        }
    }

    [Fact]
    public void An_end_is_warned_of_thirty_days_ahead()
    {
        var pem = File.ReadAllText(SampleExchange.CertificatePath("ecdsa"));
        string At(Duration before) => CertificateChain.Pinned(pem, SampleExchange.Until - before).Trouble;
        Assert.Equal("", At(Duration.FromDays(30)));
        Assert.Equal("ends in 29 days", At(Duration.FromDays(30) - Duration.FromSeconds(1)));
        Assert.StartsWith("ended", At(Duration.FromSeconds(-1)), StringComparison.Ordinal);
        var early = CertificateChain.Pinned(pem, SampleExchange.From - Duration.FromDays(1));
        Assert.StartsWith("valid from", early.Trouble, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "OutsideSamples")]
    public void SM2_chains_of_another_maker_hold_link_by_link()
    {
        var at = Instant.FromUtc(2026, 12, 1, 0, 0);
        var issuers = Overlap.Blocks(Shared("tongsuo_sm2_chain-ca.crt")).Select(block => block.Pem).ToList();
        var root = issuers.Single(pem => CertificateChain.Check([pem], at)[0].Trouble.Length == 0);
        var sub = issuers.Single(pem => pem != root);
        Assert.All(CertificateChain.Check([Shared("tongsuo_sm2_server_sign.crt"), sub, root], at),
            link => Assert.Equal("", link.Trouble));
        var expired = CertificateChain.Check([Shared("tongsuo_sm2_client_sign_expire.crt"), sub, root], at);
        Assert.StartsWith("ended", expired[0].Trouble, StringComparison.Ordinal);
        Assert.NotEqual("", CertificateChain.Check([Shared("tongsuo_sm2-first-crt.pem"), sub, root], at)[0].Trouble);
    }

    private static string Own(string name) => File.ReadAllText(Path.Combine(HttpsRig.KeyFolder, name + ".pem"));

    private static string Shared(string name) => File.ReadAllText(SampleExchange.Shared("gm", "certs", name));
}
