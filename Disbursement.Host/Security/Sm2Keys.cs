using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Disbursement.Host.Security;

/// <summary>
/// SM2 keys (国密, GB/T 32918) with SM3 and the standard's default user id (GB/T 35276), as PEM that openssl reads.
/// A signature is the DER sequence of r and s.
/// </summary>
public static class Sm2Keys
{
    /// <summary>The user id that both sides mix into the hash, GB/T 35276.</summary>
    public const string DistinguishedId = "1234567812345678";

    private static readonly byte[] IdBytes = Encoding.ASCII.GetBytes(DistinguishedId);

    /// <summary>The curve sm2p256v1, by its name so that PEM carries the OID and not bare parameters.</summary>
    internal static ECDomainParameters Curve { get; } = new ECNamedDomainParameters(
        GMObjectIdentifiers.sm2p256v1, GMNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1));

    /// <summary>A new key from the system's random source.</summary>
    public static KeyPairPem Generate()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(Curve, new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        return PemText.Pair(pair.Private, pair.Public);
    }

    /// <summary>The signature over exactly these bytes. A text that is no SM2 private key throws.</summary>
    public static byte[] Sign(string privatePem, ReadOnlySpan<byte> data) => Sign(Private(privatePem), data);

    /// <summary>Whether the signature is the key's. Total: a malformed key or signature is no.</summary>
    public static bool Verify(string publicPem, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        PemText.Public(publicPem) is ECPublicKeyParameters key && IsSm2(key) && Verify(key, data, signature);

    internal static ECPrivateKeyParameters Private(string privatePem) =>
        PemText.Private(privatePem) is ECPrivateKeyParameters key && IsSm2(key)
            ? key
            : throw new ArgumentException("not an SM2 private key in PKCS#8 PEM", nameof(privatePem));

    internal static byte[] Sign(ECPrivateKeyParameters key, ReadOnlySpan<byte> data)
    {
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithID(new ParametersWithRandom(key, new SecureRandom()), IdBytes));
        signer.BlockUpdate(data);
        return signer.GenerateSignature();
    }

    internal static bool Verify(ECPublicKeyParameters key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var verifier = new SM2Signer();
        verifier.Init(false, new ParametersWithID(key, IdBytes));
        verifier.BlockUpdate(data);
        return verifier.VerifySignature(signature.ToArray());
    }

    internal static bool IsSm2(ECKeyParameters key) => key.Parameters.Equals(Curve);
}
