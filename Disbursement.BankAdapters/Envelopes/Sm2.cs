using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

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

    /// <summary>The SM3 digest (GB/T 32905), 32 bytes.</summary>
    public static byte[] Sm3(ReadOnlySpan<byte> data)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(data);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    /// <summary>{ r, s } of DER as 64 bytes r‖s, the form most banks' kits put into text.</summary>
    public static byte[] Joined(ReadOnlySpan<byte> der)
    {
        var pair = StandardDsaEncoding.Instance.Decode(Domain.N, der.ToArray());
        return [.. BigIntegers.AsUnsignedByteArray(32, pair[0]), .. BigIntegers.AsUnsignedByteArray(32, pair[1])];
    }

    /// <summary>DER { r, s } of 64 bytes r‖s; null where they are no such pair.</summary>
    public static byte[]? Parted(ReadOnlySpan<byte> joined)
    {
        if (joined.Length != 64) return null;
        var (r, s) = (new BigInteger(1, joined[..32]), new BigInteger(1, joined[32..]));
        return r.SignValue > 0 && s.SignValue > 0 && r.CompareTo(Domain.N) < 0 && s.CompareTo(Domain.N) < 0
            ? StandardDsaEncoding.Instance.Encode(Domain.N, r, s)
            : null;
    }

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
