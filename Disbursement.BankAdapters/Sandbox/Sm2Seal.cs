using System.Text;
using Disbursement.BankAdapters.Sandbox.Seals;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.X509;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>SM2 signatures with SM3: raw (DER in Base64 text) and
/// as detached GM/T 0010 signed data without attributes.</summary>
internal static class Sm2Seal
{
    private static readonly byte[] s_userId = Encoding.ASCII.GetBytes("1234567812345678");
    private static readonly DerObjectIdentifier s_signedData = new("1.2.156.10197.6.1.4.2.2");
    private static readonly DerObjectIdentifier s_data = new("1.2.156.10197.6.1.4.2.1");
    private static readonly AlgorithmIdentifier s_sm3 = new(new DerObjectIdentifier("1.2.156.10197.1.401"),
        DerNull.Instance);
    private static readonly AlgorithmIdentifier s_sm2Sign = new(new DerObjectIdentifier("1.2.156.10197.1.301.1"),
        DerNull.Instance);

    public static FileRefusal CheckRaw(byte[] body, byte[] seal, AsymmetricKeyParameter key) =>
        Verify(body, Convert.FromBase64String(Encoding.ASCII.GetString(seal).Trim()), key);

    public static byte[] MakeRaw(byte[] body, AsymmetricKeyParameter key) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(Sign(body, key)) + "\n");

    /// <summary>Base64 of the 64 bytes r‖s.</summary>
    public static FileRefusal CheckJoined(byte[] body, byte[] seal, AsymmetricKeyParameter key)
    {
        var joined = Convert.FromBase64String(Encoding.ASCII.GetString(seal).Trim());
        if (joined.Length != 64) return FileRefusal.SignatureInvalid;
        return Verify(body, Sm4Seal.Parted(joined), key);
    }

    public static byte[] MakeJoined(byte[] body, AsymmetricKeyParameter key) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(Sm4Seal.Joined(Sign(body, key))) + "\n");

    /// <summary>The body inside GM/T 0010 signed data, where its signature holds.</summary>
    public static (FileRefusal Refusal, byte[] Body) OpenAttached(byte[] der, X509Certificate ours)
    {
        var content = (Asn1TaggedObject)Asn1Sequence.GetInstance(Asn1Object.FromByteArray(der))[1];
        var inside = SignedData.GetInstance(content.GetExplicitBaseObject()).EncapContentInfo;
        var body = Asn1OctetString.GetInstance(inside.Content).GetOctets();
        var refusal = CheckDetached(body, der, ours);
        return (refusal, refusal == FileRefusal.None ? body : []);
    }

    /// <summary>Takes the inner content whatever the outer content type says: banks' signers differ there.</summary>
    public static FileRefusal CheckDetached(byte[] body, byte[] seal, X509Certificate ours)
    {
        var content = (Asn1TaggedObject)Asn1Sequence.GetInstance(Asn1Object.FromByteArray(seal))[1];
        var signed = SignedData.GetInstance(content.GetExplicitBaseObject());
        if (signed.SignerInfos.Count != 1) return FileRefusal.SignatureInvalid;
        var signer = SignerInfo.GetInstance(signed.SignerInfos[0]);
        var id = IssuerAndSerialNumber.GetInstance(signer.SignerID.ID);
        if (!id.SerialNumber.Value.Equals(ours.SerialNumber) || !id.Issuer.Equivalent(ours.IssuerDN))
            return FileRefusal.WrongSigner;
        // GM/T 0010 as the banks' kits write it has no attributes: with any, the signature would not be over the
        // file's bytes.
        if (signer.SignedAttrs is not null) return FileRefusal.SignatureInvalid;
        return Verify(body, signer.Signature.GetOctets(), ours.GetPublicKey());
    }

    public static byte[] MakeDetached(byte[] body, AsymmetricKeyParameter key, X509Certificate certificate,
        bool isAttached = false)
    {
        var id = new IssuerAndSerialNumber(certificate.IssuerDN, certificate.SerialNumber);
        var signer = new DerSequence(DerInteger.One, id, s_sm3, s_sm2Sign, new DerOctetString(Sign(body, key)));
        var certificates = new DerTaggedObject(false, 0, new DerSet(certificate.CertificateStructure));
        var content = isAttached
            ? new DerSequence(s_data, new DerTaggedObject(true, 0, new DerOctetString(body))) : new DerSequence(s_data);
        var signed = new DerSequence(DerInteger.One, new DerSet(s_sm3), content, certificates,
            new DerSet(signer));
        return new DerSequence(s_signedData, new DerTaggedObject(true, 0, signed)).GetDerEncoded();
    }

    internal static FileRefusal Verify(byte[] body, byte[] signature, AsymmetricKeyParameter key, byte[]? id = null)
    {
        var signer = new SM2Signer();
        signer.Init(false, new ParametersWithID(key, id ?? s_userId));
        signer.BlockUpdate(body, 0, body.Length);
        return signer.VerifySignature(signature) ? FileRefusal.None : FileRefusal.SignatureInvalid;
    }

    internal static byte[] Sign(byte[] body, AsymmetricKeyParameter key, byte[]? id = null)
    {
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithID(key, id ?? s_userId));
        signer.BlockUpdate(body, 0, body.Length);
        return signer.GenerateSignature();
    }
}
