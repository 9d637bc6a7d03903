using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// The SM2 signature with SM3 (GB/T 32918.2, GM/T 0003.2) on the curve sm2p256v1; signatures are DER SEQUENCE { r, s
/// } (GM/T 0009). .NET has neither SM3 nor this signature: its ECDsa takes the curve but signs otherwise.
/// </summary>
internal static class Sm2
{
    // The user id enters the signed digest with its length in bits as two bytes (GB/T 32918.2 section 5.5).
    private const int MaxUserIdBytes = 8191;

    public static readonly ECDomainParameters Domain = new(CustomNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1));

    /// <summary>The private key of that number. ArgumentException
    /// where it is no key: it must lie in 1 … n − 2.</summary>
    public static ECPrivateKeyParameters PrivateKey(ReadOnlySpan<byte> d)
    {
        var number = new BigInteger(1, d);
        return number.SignValue > 0 && number.CompareTo(Domain.N.Subtract(BigInteger.One)) < 0
            ? new ECPrivateKeyParameters(number, Domain)
            : throw new ArgumentException("the number of an SM2 private key is out of range", nameof(d));
    }

    /// <summary>The public key at that encoded point. ArgumentException where the point is not on the curve.</summary>
    public static ECPublicKeyParameters PublicKey(byte[] point) => new(Domain.Curve.DecodePoint(point), Domain);

    public static byte[] PointOf(ECPrivateKeyParameters key) => Domain.G.Multiply(key.D).GetEncoded(compressed: false);

    public static byte[] Sign(ECPrivateKeyParameters key, ReadOnlySpan<byte> data, string userId)
    {
        var signer = new SM2Signer();
        signer.Init(forSigning: true, new ParametersWithID(key, Encoding.UTF8.GetBytes(userId)));
        signer.BlockUpdate(data);
        return signer.GenerateSignature();
    }

    /// <summary>False for any bytes that are not the signature in its one DER form.</summary>
    public static bool Verify(ECPublicKeyParameters key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature,
        string userId)
    {
        if (Encoding.UTF8.GetByteCount(userId) > MaxUserIdBytes) return false;
        var signer = new SM2Signer();
        signer.Init(forSigning: false, new ParametersWithID(key, Encoding.UTF8.GetBytes(userId)));
        signer.BlockUpdate(data);
        return signer.VerifySignature(signature.ToArray());
    }
}
