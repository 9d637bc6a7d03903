using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Keys;

/// <summary>A PKCS#12 file (RFC 7292) of one private key and its certificate, of RSA, ECDSA or SM2.</summary>
internal sealed record Pkcs12File(string PrivateKeyPem, string CertificatePem)
{
    /// <exception cref="CryptographicException">It does not open with the passphrase, or holds another number of keys
    /// than one.</exception>
    public static Pkcs12File Read(string name, byte[] file, string passphrase)
    {
        try
        {
            var store = new Pkcs12StoreBuilder().Build();
            store.Load(new MemoryStream(file), passphrase.ToCharArray());
            var keys = store.Aliases.Where(store.IsKeyEntry).ToList();
            if (keys is not [var alias])
                throw new CryptographicException($"'{name}.p12' holds {keys.Count} private keys: one is taken");
            var certificate = store.GetCertificate(alias)?.Certificate
                ?? throw new CryptographicException($"'{name}.p12' has no certificate of its key");
            return new Pkcs12File(Pem(store.GetKey(alias).Key),
                PemEncoding.WriteString("CERTIFICATE", certificate.GetEncoded()));
        }
        catch (Exception unusable) when (unusable is not CryptographicException && BouncyKeys.IsOfTheBytes(unusable))
        {
            throw new CryptographicException($"'{name}.p12' does not open: {unusable.Message}", unusable);
        }
    }

    /// <summary>An encrypted PKCS#8 block as a plain one.</summary>
    public static string DecryptedPem(string name, byte[] encrypted, string passphrase)
    {
        try
        {
            return Pem(PrivateKeyFactory.DecryptKey(passphrase.ToCharArray(),
                EncryptedPrivateKeyInfo.GetInstance(encrypted)));
        }
        catch (Exception unusable) when (BouncyKeys.IsOfTheBytes(unusable))
        {
            throw new CryptographicException($"the key '{name}' does not open: {unusable.Message}", unusable);
        }
    }

    private static string Pem(AsymmetricKeyParameter key) =>
        PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded());
}
