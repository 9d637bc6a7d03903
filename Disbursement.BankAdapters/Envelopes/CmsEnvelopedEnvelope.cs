using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.X509;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kind "cms-enveloped": first signed as "cms-attached", then encrypted for the bank's certificate as EnvelopedData
/// (RFC 5652 §6) with AES-256-CBC; the key goes by RSAES-OAEP with SHA-256 (RFC 3560), or to a P-256 certificate by
/// ephemeral ECDH with the X9.63 KDF over SHA-256 and AES-256 key wrap (RFC 5753). CBC by itself can be altered: what
/// decrypts is believed only for the signature inside, and a fault never tells which of the two failed to fit.
/// </summary>
public sealed class CmsEnvelopedEnvelope : IEnvelope
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "cms-enveloped";

    private const string NotOpened = "it does not decrypt with our key to a signed file of the pinned signer";
    private static readonly CmsEnvelope Inside = new(isAttached: true);

    /// <summary>CryptographicException where a key or certificate of the names is not there or cannot be
    /// used.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new SealedMessage(Encrypted(Inside.Seal(body, keys, names).Body.ToArray(), keys, names), null, "");
    }

    /// <summary>The second step alone: what anybody can do who has the bank's certificate.</summary>
    public static byte[] Encrypted(byte[] signed, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var bank = ParsedKeys.Pinned(keys, names.BankCertificate, out var trouble)
            ?? throw new CryptographicException(trouble);
        if (bank.Certificate is null)
            throw new CryptographicException($"'{names.BankCertificate}' is a bare public key, no certificate");
        var certificate = new X509Certificate(bank.Certificate.Der);
        var generator = new CmsEnvelopedDataGenerator();
        if (bank.Algorithm == KeyAlgorithm.Rsa)
            generator.AddRecipientInfoGenerator(new KeyTransRecipientInfoGenerator(certificate,
                new Asn1KeyWrapper("RSA/NONE/OAEPWITHSHA256ANDMGF1PADDING", certificate)));
        else if (bank.Algorithm == KeyAlgorithm.EcdsaP256)
            generator.AddRecipientInfoGenerator(new EcdhRecipient(bank.Certificate, bank.PublicPoint));
        else
            throw new CryptographicException($"'{names.BankCertificate}' is an SM2 key: {Kind} takes RSA or P-256");
        var sealedData = generator.Generate(new CmsProcessableByteArray(signed), NistObjectIdentifiers.IdAes256Cbc);
        return sealedData.ContentInfo.GetEncoded("DER");
    }

    /// <summary>Total: any bytes open or give a fault.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Whole(message, Opening.OwnFile) is { } early) return early;
        try
        {
            var signed = Decrypted(message.Body.ToArray(), keys, names.OurKey);
            var opened = Inside.Open(new SealedMessage(signed, null, ""), keys, names, at);
            return opened.Fault == OpenFault.Malformed ? Opening.Refused(OpenFault.Malformed, NotOpened) : opened;
        }
        catch (Exception fault) when (BouncyKeys.IsOfTheBytes(fault))
        {
            return Opening.Refused(OpenFault.Malformed, NotOpened);
        }
    }

    private static byte[] Decrypted(byte[] file, IKeyRing keys, string name)
    {
        var data = new CmsEnvelopedData(file);
        var envelope = EnvelopedData.GetInstance(data.ContentInfo.Content);
        if (envelope.RecipientInfos.Count != 1) throw new CryptographicException("not for one recipient");
        if (RecipientInfo.GetInstance(envelope.RecipientInfos[0]).Info is not KeyAgreeRecipientInfo agreed)
            return data.GetRecipientInfos().GetRecipients()[0].GetContent(BouncyKeys.Private(keys, name));
        var content = envelope.EncryptedContentInfo;
        if (!NistObjectIdentifiers.IdAes256Cbc.Equals(content.ContentEncryptionAlgorithm.Algorithm))
            throw new CryptographicException("another cipher than was agreed");
        var pem = keys.PrivateKeyPem(name) ?? throw new CryptographicException($"no private key '{name}'");
        using var aes = Aes.Create();
        aes.Key = EcdhRecipient.ContentKey(agreed, pem);
        return aes.DecryptCbc(content.EncryptedContent.GetOctets(),
            Asn1OctetString.GetInstance(content.ContentEncryptionAlgorithm.Parameters).GetOctets());
    }
}
