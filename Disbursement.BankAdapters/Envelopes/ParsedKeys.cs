using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Keys parsed once per entry of a key ring. An entry is parsed anew when the ring gives other text for it, so a
/// renewed key takes effect at once; a ring that is no longer used takes its parsed keys with it.
/// </summary>
internal static class ParsedKeys
{
    private static readonly ConditionalWeakTable<IKeyRing, Entries> Rings = [];

    /// <summary>The pinned key of that name, or null and why there is none.</summary>
    public static VerifyingKey? Pinned(IKeyRing ring, string name, out string trouble)
    {
        var pem = ring.CertificatePem(name);
        trouble = $"the key ring has no certificate '{name}'";
        if (pem is null) return null;
        try
        {
            trouble = "";
            return Cached(Rings.GetOrCreateValue(ring).Verifying, name, pem, text => VerifyingKey.Parse(name, text));
        }
        catch (CryptographicException unusable)
        {
            trouble = $"the certificate '{name}' of the key ring cannot be used: {unusable.Message}";
            return null;
        }
    }

    /// <summary>Our private key of that name. CryptographicException
    /// where the ring has none that can be used.</summary>
    public static SigningKey Ours(IKeyRing ring, string name)
    {
        if (ring.PrivateKeyPem(name) is { } pem)
            return Cached(Rings.GetOrCreateValue(ring).Signing, name, pem, SigningKey.Parse);
        return (ring as IDeviceKeyRing)?.DeviceKey(name) is { } device
            ? SigningKey.OfDevice(device)
            : throw new CryptographicException($"the key ring has no private key '{name}'");
    }

    /// <summary>Our private key of that name, for the kinds that sign with SM2. CryptographicException where it is of
    /// another kind.</summary>
    public static SigningKey OurSm2(IKeyRing ring, string name)
    {
        var key = Ours(ring, name);
        return key.Algorithm == KeyAlgorithm.Sm2 ? key : throw new CryptographicException($"'{name}' is no SM2 key");
    }

    /// <summary>The certificate beside our private key. CryptographicException
    /// where there is none, or it is another key's.</summary>
    public static PinnedCertificate OurCertificate(IKeyRing ring, string name, SigningKey key)
    {
        var pinned = Pinned(ring, name, out var trouble) ?? throw new CryptographicException(trouble);
        if (pinned.Certificate is null)
            throw new CryptographicException($"'{name}' is a bare public key: a certificate is needed");
        return pinned.PublicPoint.AsSpan().SequenceEqual(key.PublicPoint)
            ? pinned.Certificate
            : throw new CryptographicException($"the certificate '{name}' is not of the private key '{name}'");
    }

    private static T Cached<T>(ConcurrentDictionary<string, Entry<T>> entries, string name, string pem,
        Func<string, T> parse)
    {
        if (entries.TryGetValue(name, out var entry) && entry.Pem == pem) return entry.Key;
        var key = parse(pem);
        entries[name] = new Entry<T>(pem, key);
        return key;
    }

    private sealed record Entry<T>(string Pem, T Key);

    private sealed class Entries
    {
        public ConcurrentDictionary<string, Entry<VerifyingKey>> Verifying { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, Entry<SigningKey>> Signing { get; } = new(StringComparer.Ordinal);
    }
}
