using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// The content key for a P-256 certificate (RFC 5753 §3.1): ephemeral ECDH, X9.63 KDF over SHA-256, AES-256 key
/// wrap. Of
/// our own, because the library derives with NULL in the wrap algorithm's parameters, where RFC 3565 §2.3.2 and every
/// other reader have none: openssl and it do not open each other's files.
/// </summary>
internal sealed class EcdhRecipient(PinnedCertificate certificate, byte[] publicPoint) : RecipientInfoGenerator
{
    private const string EcdhSha256Kdf = "1.3.132.1.11.1"; // dhSinglePass-stdDH-sha256kdf-scheme
    private const string Aes256Wrap = "2.16.840.1.101.3.4.1.45";
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag One = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Two = new(TagClass.ContextSpecific, 2, isConstructed: true);

    public RecipientInfo Generate(KeyParameter contentEncryptionKey, SecureRandom random)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = ephemeral.ExportParameters(includePrivateParameters: false).Q;
        var wrap = WrapAlgorithm();
        var wrapper = new AesWrapEngine();
        wrapper.Init(forWrapping: true, new KeyParameter(KeyOf(ephemeral, publicPoint, wrap)));
        var content = contentEncryptionKey.GetKey();
        var wrapped = wrapper.Wrap(content, 0, content.Length);
        return new RecipientInfo(KeyAgreeRecipientInfo.GetInstance(
            Asn1Object.FromByteArray(Written([4, .. q.X!, .. q.Y!], wrap, wrapped))));
    }

    /// <summary>The content key of what stands in a KeyAgreeRecipientInfo for one recipient. Bytes that are not of the
    /// shape, or not for this key, are the exceptions of <see cref="BouncyKeys.IsOfTheBytes"/>.</summary>
    public static byte[] ContentKey(KeyAgreeRecipientInfo recipient, string privateKeyPem)
    {
        using var ours = ECDiffieHellman.Create();
        ours.ImportFromPem(privateKeyPem);
        if (recipient.KeyEncryptionAlgorithm.Algorithm.Id != EcdhSha256Kdf
            || recipient.UserKeyingMaterial is not null || recipient.RecipientEncryptedKeys.Count != 1)
            throw new CryptographicException("another key agreement than was agreed");
        var wrap = recipient.KeyEncryptionAlgorithm.Parameters.ToAsn1Object().GetDerEncoded();
        if (!wrap.AsSpan().SequenceEqual(WrapAlgorithm())) throw new CryptographicException("another key wrap");
        var point = recipient.Originator.OriginatorKey.PublicKey.GetBytes();
        var wrapped = RecipientEncryptedKey.GetInstance(recipient.RecipientEncryptedKeys[0]).EncryptedKey.GetOctets();
        var unwrapper = new AesWrapEngine();
        unwrapper.Init(forWrapping: false, new KeyParameter(KeyOf(ours, point, wrap)));
        return unwrapper.Unwrap(wrapped, 0, wrapped.Length);
    }

    /// <summary>SHA-256(Z ‖ 00000001 ‖ ECC-CMS-SharedInfo): one block of the KDF is the whole key.</summary>
    private static byte[] KeyOf(ECDiffieHellman ours, byte[] point, byte[] wrap)
    {
        if (point is not [4, ..] || point.Length != 65) throw new CryptographicException("no point of P-256");
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
        });
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteEncodedValue(wrap);
            using (info.PushSequence(Two)) info.WriteOctetString([0, 0, 1, 0]); // 256 bits
        }
        return ours.DeriveKeyFromHash(theirs.PublicKey, HashAlgorithmName.SHA256, null,
            [0, 0, 0, 1, .. info.Encode()]);
    }

    private static byte[] WrapAlgorithm()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) writer.WriteObjectIdentifier(Aes256Wrap);
        return writer.Encode();
    }

    private byte[] Written(byte[] ephemeral, byte[] wrap, byte[] wrapped)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(3);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence(One))
            {
                using (writer.PushSequence()) writer.WriteObjectIdentifier(KeyIdentifiers.EllipticCurve);
                writer.WriteBitString(ephemeral);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcdhSha256Kdf);
                writer.WriteEncodedValue(wrap);
            }
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.IssuerAndSerial);
                writer.WriteOctetString(wrapped);
            }
        }
        return writer.Encode();
    }
}
