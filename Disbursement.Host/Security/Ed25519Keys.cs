using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Disbursement.Host.Security;

/// <summary>Ed25519 keys (RFC 8032) as PEM that openssl reads: PKCS#8 private, SubjectPublicKeyInfo public.</summary>
public static class Ed25519Keys
{
    /// <summary>A new key from the system's random source.</summary>
    public static KeyPairPem Generate()
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        return PemText.Pair(key, key.GeneratePublicKey());
    }

    /// <summary>64 bytes over exactly these bytes. A text that is no Ed25519 private key throws.</summary>
    public static byte[] Sign(string privatePem, ReadOnlySpan<byte> data) => Sign(Private(privatePem), data);

    /// <summary>Whether the signature is the key's. Total: a malformed key or signature is no.</summary>
    public static bool Verify(string publicPem, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        PemText.Public(publicPem) is Ed25519PublicKeyParameters key && Verify(key, data, signature);

    internal static Ed25519PrivateKeyParameters Private(string privatePem) =>
        PemText.Private(privatePem) as Ed25519PrivateKeyParameters
        ?? throw new ArgumentException("not an Ed25519 private key in PKCS#8 PEM", nameof(privatePem));

    internal static byte[] Sign(Ed25519PrivateKeyParameters key, ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, data, signature);
        return signature;
    }

    internal static bool Verify(
        Ed25519PublicKeyParameters key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519PrivateKeyParameters.SignatureSize
        && key.Verify(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, data, signature);
}
