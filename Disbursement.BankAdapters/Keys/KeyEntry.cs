using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Keys;

/// <summary>What is wrong with an entry of a key folder.</summary>
public enum KeyFault
{
    /// <summary>What the kind of envelope needs is not there.</summary>
    Missing,
    /// <summary>The private key or the secret cannot be used.</summary>
    KeyUnusable,
    /// <summary>The certificate is of another key.</summary>
    OtherKey,
    /// <summary>The certificate or public key cannot be used.</summary>
    CertificateUnusable,
}

/// <param name="Suffix">Behind the entry's name: the file that is not there or that is wrong.</param>
/// <param name="Why">A reason that names no value of the key.</param>
public sealed record KeyTrouble(KeyFault Fault, string Suffix, string Why);

/// <summary>
/// Whether an entry can do its work, found out without signing anything. The dates are for
/// <see cref="CertificateChain"/>.
/// </summary>
public static class KeyEntry
{
    /// <summary>Our own entry, for a kind of envelope; null where nothing is wrong.</summary>
    /// <param name="kind">Empty for the key of a line (mutual TLS), which goes with its certificate.</param>
    public static KeyTrouble? OursTrouble(IKeyRing keys, string name, string kind)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var takesSecret = EnvelopeCatalogue.Find(kind) is FormEnvelope or Sm4FormEnvelope;
        if (takesSecret && keys.Secret(name) is not { Length: > 0 })
            return new(KeyFault.Missing, ".secret", $"the key ring has no secret '{name}'");
        if (EnvelopeCatalogue.Find(kind) is FormEnvelope) return null;
        if (kind == OpenPgpEnvelope.Kind) return OfOpenPgp(".key.asc", () => OpenPgpKeys.Signing(keys, name));
        SigningKey key;
        try
        {
            if (keys.PrivateKeyPem(name) is null && (keys as IDeviceKeyRing)?.DeviceKey(name) is null)
                return new(KeyFault.Missing, ".key.pem", $"the key ring has no private key '{name}'");
            key = ParsedKeys.Ours(keys, name);
        }
        catch (CryptographicException unusable)
        {
            return new(KeyFault.KeyUnusable, ".key.pem", unusable.Message);
        }
        return keys.CertificatePem(name) is { } entry ? OfPair(name, entry, key)
            : kind.Length > 0 && EnvelopeCatalogue.Find(kind) is not (SignedDataEnvelope or CmsEnvelopedEnvelope) ? null
            : new(KeyFault.Missing, ".pem", $"the key ring has no certificate '{name}'");
    }

    /// <summary>An entry of the other side; null where nothing is wrong, or it is not there and need not be:
    /// certificates of banks are adopted by two people, and may stand in the ledger alone.</summary>
    /// <param name="isNeeded">Whether it must be there.</param>
    public static KeyTrouble? TheirsTrouble(IKeyRing keys, string name, string kind, bool isNeeded)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.CertificatePem(name) is not { } entry)
            return isNeeded ? new(KeyFault.Missing, kind == OpenPgpEnvelope.Kind ? ".asc" : ".pem",
                $"the key ring has no certificate '{name}'") : null;
        if (kind == OpenPgpEnvelope.Kind) return OfOpenPgp(".asc", () => OpenPgpKeys.Encrypting(keys, name));
        var blocks = Overlap.Blocks(entry);
        var why = blocks.Count == 0 || Overlap.IsCutOff(entry) ? Shape(entry)
            : blocks.Select(block => EnvelopeCatalogue.KeyFault(block.Pem)).FirstOrDefault(fault => fault is not null);
        return why is null ? null : new(KeyFault.CertificateUnusable, ".pem", why);
    }

    /// <summary>Whether that kind encrypts for the bank, and so cannot send without its certificate.</summary>
    public static bool NeedsTheirs(string kind) =>
        EnvelopeCatalogue.Find(kind) is OpenPgpEnvelope or CmsEnvelopedEnvelope;

    /// <summary>The first block of the entry is the key's; a successor may stand behind it.</summary>
    private static KeyTrouble? OfPair(string name, string entry, SigningKey key)
    {
        if (Overlap.Blocks(entry) is not [var own, ..]) return new(KeyFault.CertificateUnusable, ".pem", Shape(entry));
        if (own.IsRevoked) return new(KeyFault.CertificateUnusable, ".pem", "its certificate was revoked");
        try
        {
            if (!VerifyingKey.Parse(name, own.Pem).PublicPoint.AsSpan().SequenceEqual(key.PublicPoint))
                return new(KeyFault.OtherKey, ".key.pem",
                    $"the certificate '{name}' is not of the private key '{name}'");
        }
        catch (CryptographicException unusable)
        {
            return new(KeyFault.CertificateUnusable, ".pem", unusable.Message);
        }
        return Overlap.IsCutOff(entry) ? new(KeyFault.CertificateUnusable, ".pem", Shape(entry)) : null;
    }

    private static string Shape(string entry) =>
        Overlap.IsCutOff(entry) ? "a PEM block in it has no end" : "no PEM block in it";

    /// <summary>The library's exceptions about bytes are a key that cannot be used.</summary>
    private static KeyTrouble? OfOpenPgp(string suffix, Func<object> read)
    {
        var fault = suffix == ".asc" ? KeyFault.CertificateUnusable : KeyFault.KeyUnusable;
        try
        {
            _ = read();
            return null;
        }
        catch (CryptographicException unusable)
        {
            return new(fault, suffix, unusable.Message);
        }
        catch (Exception bytes) when (BouncyKeys.IsOfTheBytes(bytes))
        {
            return new(fault, suffix, "not an OpenPGP key");
        }
    }
}
