using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Files;
using NodaTime;

namespace Disbursement.Host.Jobs;

/// <summary>Tells of certificates that end within thirty days, ours and the bank's, for the banks this ledger has
/// accounts at: a new one takes weeks to get, and two people to adopt.</summary>
internal static class KeyExpiry
{
    /// <summary>One warning per key, by the last of its certificates to end: a successor already adopted ends it.
    /// </summary>
    public static IReadOnlyList<Finding> Of(Composition composition, Settings settings, long ledger)
    {
        using var view = composition.Store.Read(ledger);
        var banks = view.List<BankAccountRow>().Select(a => a.Profile).ToHashSet(StringComparer.Ordinal);
        var adoptions = view.List<AdoptionRow>();
        var keys = new ReferencedKeyRing(settings.Keys);
        var now = composition.Clock.Read();
        var found = new List<Finding>();
        foreach (var name in banks.Order(StringComparer.Ordinal))
        {
            if (Newest(Adopt.Profile, name) is not { } document || BankProfile.Of(document) is not { } profile)
                continue;
            var form = profile.Envelope;
            Tell(form.OurKey, Pem(keys, form.OurKey));
            // Messages are opened by the certificate that was adopted, whatever stands beside our keys.
            Tell(form.BankCertificate, Newest(BankReceive.Certificate, name) is { } adopted
                ? Encoding.UTF8.GetString(adopted.Span) : Pem(keys, form.BankCertificate));
            // A line whose certificate ended reaches nobody.
            foreach (var key in BankLinks.Certificates(settings, name)) Tell(key, Pem(keys, key));
        }
        return found;

        ReadOnlyMemory<byte>? Newest(string kind, string name) =>
            adoptions.LastOrDefault(a => a.Kind == kind && a.Name == name) is { } adoption
                && view.Vault.Open(adoption.Document) is { } bytes ? bytes : (ReadOnlyMemory<byte>?)null;

        void Tell(string key, string? pem)
        {
            if (LastOf(pem, now) is { DaysLeft: < CertificateChain.WarnDays } last
                && !found.Exists(f => f.At.Value == key))
                found.Add(new Finding(SealingRules.KeyEndsSoon, Place.Of("key", key), key, $"{last.NotAfter}",
                    last.DaysLeft.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What does not open is the sealing's to tell, with what to do.</summary>
    private static string? Pem(ReferencedKeyRing keys, string name)
    {
        try
        {
            return keys.CertificatePem(name);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CertificateLink? LastOf(string? pem, Instant at)
    {
        if (pem is null || !pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)) return null;
        try
        {
            return Overlap.Blocks(pem).Where(block => !block.IsRevoked)
                .Select(block => CertificateChain.Pinned(block.Pem, at)).MaxBy(link => link.NotAfter);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
