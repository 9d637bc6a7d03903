using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Disbursement.Host.Security;

/// <summary>A key pair as text: PKCS#8 PEM, to be kept secret, and SubjectPublicKeyInfo PEM.</summary>
public sealed record KeyPairPem(string PrivatePem, string PublicPem);

/// <summary>PEM of the two standard key structures. Reading is total.</summary>
internal static class PemText
{
    private const string PrivateLabel = "PRIVATE KEY", PublicLabel = "PUBLIC KEY";

    public static KeyPairPem Pair(AsymmetricKeyParameter secret, AsymmetricKeyParameter open)
    {
        var pkcs8 = PrivateKeyInfoFactory.CreatePrivateKeyInfo(secret).GetDerEncoded();
        return new(PemEncoding.WriteString(PrivateLabel, pkcs8) + "\n", Public(open));
    }

    /// <summary>The one text of a public key, whatever it was read from.</summary>
    public static string Public(AsymmetricKeyParameter key) => PemEncoding.WriteString(PublicLabel,
        SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key).GetDerEncoded()) + "\n";

    public static AsymmetricKeyParameter? Private(string pem) => Read(pem, PrivateLabel, PrivateKeyFactory.CreateKey);

    public static AsymmetricKeyParameter? Public(string pem) => Read(pem, PublicLabel, PublicKeyFactory.CreateKey);

    private static AsymmetricKeyParameter? Read(string pem, string label, Func<byte[], AsymmetricKeyParameter> create)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != label) return null;
        try
        {
            return create(Convert.FromBase64String(pem[found.Base64Data]));
        }
        // The library answers malformed DER with any of these; to the reader they all mean "not a key".
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException
            or InvalidCastException or GeneralSecurityException or ArithmeticException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
