using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Disbursement.BankAdapters.Sandbox.Seals;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using AlgorithmIdentifier = Org.BouncyCastle.Asn1.X509.AlgorithmIdentifier;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Signatures at the bank's side: checks the customer's, makes
/// the bank's own. Code of its own, on BouncyCastle alone.</summary>
/// <remarks>Certificate dates are not judged: the sandbox lives on
/// business days that may lie before its keys were made.</remarks>
public static class BankSeal
{
    /// <summary>What the customer's signature comes to: None,
    /// SignatureMissing, SignatureInvalid or WrongSigner.</summary>
    /// <param name="certificatePem">The customer's certificate;
    /// with a raw SM2 signature a bare public key will do.</param>
    public static FileRefusal Check(SealKind kind, byte[] body, byte[]? seal, string certificatePem)
    {
        if (kind is not SealKind.Sigdat && (seal is null || seal.Length == 0)) return FileRefusal.SignatureMissing;
        try
        {
            return kind switch
            {
                SealKind.Sigdat => SigdatSeal.Check(body, PublicKey(certificatePem)),
                SealKind.Sm2Raw => Sm2Seal.CheckRaw(body, seal!, PublicKey(certificatePem)),
                SealKind.Sm2RawJoined => Sm2Seal.CheckJoined(body, seal!, PublicKey(certificatePem)),
                SealKind.Sm2Cms => Sm2CmsSeal.Open(seal!, body, Certificate(certificatePem)).Refusal,
                SealKind.Sm2Detached => Sm2Seal.CheckDetached(body, seal!, Certificate(certificatePem)),
                _ => CheckCms(body, seal!, Certificate(certificatePem)),
            };
        }
        catch (SystemException) { return FileRefusal.SignatureInvalid; }
        catch (CmsException) { return FileRefusal.SignatureInvalid; }
        catch (CryptoException) { return FileRefusal.SignatureInvalid; }
        catch (GeneralSecurityException) { return FileRefusal.SignatureInvalid; }
    }

    /// <summary>Whether the text holds what a signature of that kind is checked with: a certificate, or for a raw SM2
    /// signature a public key. Of kinds with other keys nothing is said.</summary>
    public static bool IsUsable(SealKind kind, string certificatePem)
    {
        if (kind is SealKind.OpenPgp or SealKind.FormSha256 or SealKind.FormSm3) return true;
        try
        {
            return kind is SealKind.Sigdat or SealKind.Sm2Raw or SealKind.Sm2RawJoined or SealKind.Sm4Form
                ? PublicKey(certificatePem) is not null : Certificate(certificatePem) is not null;
        }
        catch (Exception broken) when (IsOfTheBytes(broken))
        {
            return false;
        }
    }

    /// <summary>The bank's detached signature over a body; with Sigdat the body with its signature in it.</summary>
    public static byte[] Make(SealKind kind, byte[] body, string keyPem, string certificatePem) => kind switch
    {
        SealKind.Sigdat => SigdatSeal.Make(body, PrivateKey(keyPem)),
        SealKind.Sm2RawJoined => Sm2Seal.MakeJoined(body, PrivateKey(keyPem)),
        SealKind.Sm2Cms => Sm2CmsSeal.Make(body, new BankKeys("", keyPem, certificatePem), isAttached: false),
        SealKind.Sm2Raw => Sm2Seal.MakeRaw(body, PrivateKey(keyPem)),
        SealKind.Sm2Detached => Sm2Seal.MakeDetached(body, PrivateKey(keyPem), Certificate(certificatePem)),
        _ => MakeCms(body, PrivateKey(keyPem), Certificate(certificatePem)),
    };

    private static FileRefusal CheckCms(byte[] body, byte[] seal, X509Certificate ours)
    {
        var signers = new CmsSignedData(new CmsProcessableByteArray(body), seal).GetSignerInfos().GetSigners();
        if (signers.Count != 1) return FileRefusal.SignatureInvalid;
        var signer = signers.First();
        if (!signer.SignerID.Match(ours)) return FileRefusal.WrongSigner;
        return signer.Verify(KeyOf(ours)) ? FileRefusal.None : FileRefusal.SignatureInvalid;
    }

    /// <summary>The body inside signed data, where its signature holds.</summary>
    internal static (FileRefusal Refusal, byte[] Body) OpenCms(byte[] der, string certificatePem)
    {
        using var body = new MemoryStream();
        new CmsSignedData(der).SignedContent.Write(body);
        var ours = Certificate(certificatePem);
        var signers = new CmsSignedData(der).GetSignerInfos().GetSigners();
        if (signers.Count != 1) return (FileRefusal.SignatureInvalid, []);
        var signer = signers.First();
        if (!signer.SignerID.Match(ours)) return (FileRefusal.WrongSigner, []);
        return signer.Verify(KeyOf(ours)) ? (FileRefusal.None, body.ToArray())
            : (FileRefusal.SignatureInvalid, []);
    }

    internal static byte[] MakeCms(byte[] body, BankKeys keys, bool encapsulate) =>
        MakeCms(body, PrivateKey(keys.BankKeyPem), Certificate(keys.BankCertificatePem), encapsulate);

    /// <summary>What the library and the runtime throw about bytes they were given.</summary>
    internal static bool IsOfTheBytes(Exception fault) => fault is not OutOfMemoryException
        && (fault is SystemException || fault.GetType().Assembly == typeof(CmsException).Assembly);

    private static byte[] MakeCms(byte[] body, AsymmetricKeyParameter key, X509Certificate certificate,
        bool encapsulate = false)
    {
        ISignatureFactory signer = key is RsaKeyParameters ? new Asn1SignatureFactory("SHA256withRSA", key)
            : new SameEcdsa(key);
        var generator = new CmsSignedDataGenerator();
        generator.AddSignerInfoGenerator(new SignerInfoGeneratorBuilder()
            .WithSignedAttributeGenerator(new TypeAndDigest())
            .Build(signer, certificate));
        generator.AddCertificate(certificate);
        return generator.Generate(new CmsProcessableByteArray(body), encapsulate).GetEncoded("DER");
    }

    /// <summary>ECDSA with the number k of RFC 6979: the same bytes get the same signature, so that a simulation of
    /// this bank repeats to the last byte.</summary>
    private sealed class SameEcdsa(AsymmetricKeyParameter key) : ISignatureFactory
    {
        public object AlgorithmDetails { get; } = new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256);

        public IStreamCalculator<IBlockResult> CreateCalculator()
        {
            var signer = new DsaDigestSigner(new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest())),
                new Sha256Digest());
            signer.Init(true, key);
            return new DefaultSignatureCalculator(signer);
        }
    }

    /// <summary>The two signed attributes there must be (RFC 5652 §5.3), and
    /// no moment of signing: that would be read from the clock.</summary>
    private sealed class TypeAndDigest : CmsAttributeTableGenerator
    {
        public AttributeTable GetAttributes(IDictionary<CmsAttributeTableParameter, object> parameters) => new(
            new Asn1EncodableVector(
                Of(CmsAttributes.ContentType, (DerObjectIdentifier)parameters[CmsAttributeTableParameter.ContentType]),
                Of(CmsAttributes.MessageDigest,
                    new DerOctetString((byte[])parameters[CmsAttributeTableParameter.Digest]))));

        private static Org.BouncyCastle.Asn1.Cms.Attribute Of(DerObjectIdentifier type, Asn1Encodable value) =>
            new(type, new DerSet(value));
    }

    internal static X509Certificate Certificate(string pem) => Known(pem) as X509Certificate
        ?? throw new InvalidDataException("the PEM text is no certificate");

    /// <summary>The key in a certificate. The library proves an RSA modulus each time it reads one, which takes longer
    /// than a thousand signatures: once is enough.</summary>
    private static AsymmetricKeyParameter KeyOf(X509Certificate certificate) =>
        s_keys.GetValue(certificate, c => c.GetPublicKey());

    private static readonly ConditionalWeakTable<X509Certificate, AsymmetricKeyParameter> s_keys = [];

    internal static AsymmetricKeyParameter PublicKey(string pem) => Known(pem) switch
    {
        X509Certificate certificate => KeyOf(certificate),
        AsymmetricKeyParameter { IsPrivate: false } key => key,
        _ => throw new InvalidDataException("the PEM text is no public key"),
    };

    internal static AsymmetricKeyParameter PrivateKey(string pem) => Known(pem) switch
    {
        AsymmetricCipherKeyPair pair => pair.Private,
        AsymmetricKeyParameter { IsPrivate: true } key => key,
        _ => throw new InvalidDataException("the PEM text is no private key"),
    };

    /// <summary>A bank has a handful of keys: each text is read once.</summary>
    private static object? Known(string pem)
    {
        if (s_read.Count > MostKept) s_read.Clear();
        return s_read.GetOrAdd(pem, Pem);
    }

    private const int MostKept = 64;
    private static readonly ConcurrentDictionary<string, object?> s_read = new(StringComparer.Ordinal);

    private static object? Pem(string text)
    {
        using var reader = new PemReader(new StringReader(text));
        return reader.ReadObject();
    }
}
