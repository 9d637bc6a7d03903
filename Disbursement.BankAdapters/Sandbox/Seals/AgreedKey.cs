using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>What was encrypted for a P-256 key of the bank: ephemeral ECDH, X9.63 KDF with SHA-256, AES-256 wrap
/// (RFC 5753 §3.1), AES-256-CBC.</summary>
internal static class AgreedKey
{
    public static byte[] Decrypted(CmsEnvelopedData data, string bankKeyPem)
    {
        var envelope = EnvelopedData.GetInstance(data.ContentInfo.Content);
        var agreed = KeyAgreeRecipientInfo.GetInstance(
            (Asn1TaggedObject)envelope.RecipientInfos[0].ToAsn1Object(), false);
        var point = agreed.Originator.OriginatorKey.PublicKey.GetBytes();
        var wrap = agreed.KeyEncryptionAlgorithm.Parameters.ToAsn1Object();
        using var bank = ECDiffieHellman.Create();
        bank.ImportFromPem(bankKeyPem);
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..65] },
        });
        var shared = new DerSequence(wrap, new DerTaggedObject(true, 2, new DerOctetString([0, 0, 1, 0])));
        var key = bank.DeriveKeyFromHash(other.PublicKey, HashAlgorithmName.SHA256, null,
            [0, 0, 0, 1, .. shared.GetDerEncoded()]);
        var wrapped = RecipientEncryptedKey.GetInstance(agreed.RecipientEncryptedKeys[0]).EncryptedKey.GetOctets();
        var unwrap = new AesWrapEngine();
        unwrap.Init(false, new KeyParameter(key));
        using var aes = Aes.Create();
        aes.Key = unwrap.Unwrap(wrapped, 0, wrapped.Length);
        var content = envelope.EncryptedContentInfo;
        return aes.DecryptCbc(content.EncryptedContent.GetOctets(),
            Asn1OctetString.GetInstance(content.ContentEncryptionAlgorithm.Parameters).GetOctets());
    }
}
