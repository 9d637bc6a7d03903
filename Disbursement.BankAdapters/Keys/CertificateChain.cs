using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using NodaTime;
using Org.BouncyCastle.X509;

namespace Disbursement.BankAdapters.Keys;

/// <summary>What is said of one certificate of a chain.</summary>
/// <param name="DaysLeft">Whole days until it ends; negative where it has ended.</param>
/// <param name="Trouble">Empty where nothing is wrong with it.</param>
public sealed record CertificateLink(string Subject, Instant NotBefore, Instant NotAfter, int DaysLeft, string Trouble);

/// <summary>
/// Checks a chain link by link, from the certificate up to its root: names, signature (RSA, ECDSA, or SM2 with the
/// standard user id), the issuer's right to issue and how far down, and the dates. No
/// tool at hand does this for SM2 in one go: openssl
/// hands the user id to the lowest link only.
/// </summary>
public static class CertificateChain
{
    /// <summary>A certificate that ends within this many days is warned about.</summary>
    public const int WarnDays = 30;

    /// <param name="chain">PEM blocks: the certificate, then each issuer; the last one signs itself.</param>
    /// <exception cref="CryptographicException">A block is no certificate.</exception>
    public static IReadOnlyList<CertificateLink> Check(IReadOnlyList<string> chain, Instant at)
    {
        var certificates = chain.Select(Parsed).ToList();
        return [.. certificates.Select((certificate, i) =>
            Link(certificate, certificates[Math.Min(i + 1, certificates.Count - 1)], i + 1 == certificates.Count, i,
                at))];
    }

    /// <summary>The dates of one pinned certificate alone: trust is by pinning.</summary>
    public static CertificateLink Pinned(string pem, Instant at) => Dated(Parsed(pem), "", at);

    /// <param name="place">0 of the certificate itself, above it of its issuers.</param>
    private static CertificateLink Link(X509Certificate certificate, X509Certificate issuer, bool isLast, int place,
        Instant at)
    {
        var trouble =
            isLast && !certificate.IssuerDN.Equivalent(certificate.SubjectDN) ? "the chain does not end in a root"
            : !certificate.IssuerDN.Equivalent(issuer.SubjectDN) ? $"not issued by {issuer.SubjectDN}"
            : !IsSignedBy(certificate, issuer) ? $"the signature is not {issuer.SubjectDN}'s"
            : place > 0 && certificate.Version == 3 ? AuthorityTrouble(certificate, place - 1) : "";
        return Dated(certificate, trouble, at);
    }

    /// <summary>RFC 5280 §6.1.4 (k) to (n): an authority, of no more authorities below it than it may have, whose key
    /// is for signing certificates.</summary>
    /// <param name="below">Issuers between it and the certificate.</param>
    private static string AuthorityTrouble(X509Certificate issuer, int below)
    {
        const int KeyCertSign = 5;
        return issuer.GetBasicConstraints() switch
        {
            < 0 => "no certificate authority",
            var most when most < below => $"an authority of at most {most} below it, here are {below}",
            _ => issuer.GetKeyUsage() is { } usage && !usage[KeyCertSign]
                ? "its key is not for signing certificates" : "",
        };
    }

    private static CertificateLink Dated(X509Certificate certificate, string trouble, Instant at)
    {
        var (from, until) = (Moment(certificate.NotBefore), Moment(certificate.NotAfter));
        var days = (int)(until - at).TotalDays;
        if (trouble.Length == 0)
            trouble = at < from ? $"valid from {from}" : at > until ? $"ended {until}"
                : days < WarnDays ? $"ends in {days} days" : "";
        return new CertificateLink(certificate.SubjectDN.ToString(), from, until, days, trouble);
    }

    private static bool IsSignedBy(X509Certificate certificate, X509Certificate issuer)
    {
        try
        {
            certificate.Verify(issuer.GetPublicKey());
            return true;
        }
        catch (Exception fault) when (BouncyKeys.IsOfTheBytes(fault))
        {
            return false;
        }
    }

    private static X509Certificate Parsed(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != "CERTIFICATE")
            throw new CryptographicException("no certificate in it");
        try
        {
            return new X509Certificate(Convert.FromBase64String(pem[found.Base64Data]));
        }
        catch (Exception fault) when (BouncyKeys.IsOfTheBytes(fault))
        {
            throw new CryptographicException("no certificate in it", fault);
        }
    }

    private static Instant Moment(DateTime time) => Instant.FromDateTimeUtc(time.ToUniversalTime());
}
