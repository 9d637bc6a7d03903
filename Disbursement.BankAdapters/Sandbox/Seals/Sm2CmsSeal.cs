using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using X509Certificate = Org.BouncyCastle.X509.X509Certificate;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>SignedData of RFC 5652 with SM3 and SM2 over signed attributes, beside a body or around it.</summary>
internal static class Sm2CmsSeal
{
    private static readonly DerObjectIdentifier s_signedData = new("1.2.840.113549.1.7.2");
    private static readonly DerObjectIdentifier s_data = new("1.2.840.113549.1.7.1");
    private static readonly AlgorithmIdentifier s_sm3 = new(new DerObjectIdentifier("1.2.156.10197.1.401"),
        DerNull.Instance);
    private static readonly AlgorithmIdentifier s_sm2WithSm3 = new(new DerObjectIdentifier("1.2.156.10197.1.501"));

    /// <param name="beside">The body the signature stands beside; null where it is inside.</param>
    public static (FileRefusal Refusal, byte[] Body) Open(byte[] der, byte[]? beside, X509Certificate ours)
    {
        var content = (Asn1TaggedObject)Asn1Sequence.GetInstance(Asn1Object.FromByteArray(der))[1];
        var signed = SignedData.GetInstance(content.GetExplicitBaseObject());
        if (signed.SignerInfos.Count != 1) return (FileRefusal.SignatureInvalid, []);
        var signer = SignerInfo.GetInstance(signed.SignerInfos[0]);
        var id = IssuerAndSerialNumber.GetInstance(signer.SignerID.ID);
        if (!id.SerialNumber.Value.Equals(ours.SerialNumber) || !id.Issuer.Equivalent(ours.IssuerDN))
            return (FileRefusal.WrongSigner, []);
        var body = beside ?? Asn1OctetString.GetInstance(signed.EncapContentInfo.Content).GetOctets();
        var attributes = new Org.BouncyCastle.Asn1.Cms.AttributeTable(signer.SignedAttrs);
        var digest = Asn1OctetString.GetInstance(attributes[CmsAttributes.MessageDigest].AttrValues[0]).GetOctets();
        var type = (DerObjectIdentifier)attributes[CmsAttributes.ContentType].AttrValues[0];
        if (!type.Equals(s_data) || !digest.AsSpan().SequenceEqual(Sm3(body)))
            return (FileRefusal.SignatureInvalid, []);
        var refusal = Sm2Seal.Verify(signer.SignedAttrs.GetEncoded("DER"), signer.Signature.GetOctets(),
            ours.GetPublicKey());
        return (refusal, refusal == FileRefusal.None ? body : []);
    }

    public static byte[] Make(byte[] body, BankKeys keys, bool isAttached)
    {
        var certificate = BankSeal.Certificate(keys.BankCertificatePem);
        var attributes = new DerSet(
            new Org.BouncyCastle.Asn1.Cms.Attribute(CmsAttributes.ContentType, new DerSet(s_data)),
            new Org.BouncyCastle.Asn1.Cms.Attribute(CmsAttributes.MessageDigest,
                new DerSet(new DerOctetString(Sm3(body)))));
        var signature = Sm2Seal.Sign(attributes.GetDerEncoded(), BankSeal.PrivateKey(keys.BankKeyPem));
        var signer = new DerSequence(DerInteger.One,
            new IssuerAndSerialNumber(certificate.IssuerDN, certificate.SerialNumber), s_sm3,
            new DerTaggedObject(false, 0, attributes), s_sm2WithSm3, new DerOctetString(signature));
        var content = isAttached
            ? new DerSequence(s_data, new DerTaggedObject(true, 0, new DerOctetString(body))) : new DerSequence(s_data);
        var signed = new DerSequence(DerInteger.One, new DerSet(s_sm3), content,
            new DerTaggedObject(false, 0, new DerSet(certificate.CertificateStructure)), new DerSet(signer));
        return new DerSequence(s_signedData, new DerTaggedObject(true, 0, signed)).GetDerEncoded();
    }

    private static byte[] Sm3(byte[] body) => DigestUtilities.CalculateDigest("SM3", body);
}
