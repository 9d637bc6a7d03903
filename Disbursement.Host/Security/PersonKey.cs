using System.Security.Cryptography;
using Disbursement.Engine.People;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.Host.Security;

/// <summary>The public key a person is enrolled with: its algorithm, and the one PEM text that this key has.</summary>
public sealed record PersonKey(string Algorithm, string Pem)
{
    /// <summary>
    /// Reads a SubjectPublicKeyInfo PEM of Ed25519 or SM2. Total: null for anything else, with what it is instead.
    /// </summary>
    public static PersonKey? Read(string text, out string fault)
    {
        fault = "";
        if (!PemEncoding.TryFind(text, out var found))
            fault = "no PEM; give the public key as written by openssl pkey -in KEY.pem -pubout";
        else if (text[found.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            fault = "that is the private key: nobody but the person may have it; give the public one, "
                + "openssl pkey -in KEY.pem -pubout";
        else if (PemText.Public(text) is not { } key)
            fault = $"no public key ({text[found.Label]}); give one of Ed25519 or SM2, "
                + "openssl pkey -in KEY.pem -pubout";
        else if (Known(key) is { } known) return known;
        else fault = $"a key of another algorithm ({Name(key)}); people sign with Ed25519 or SM2";
        return null;
    }

    private static PersonKey? Known(AsymmetricKeyParameter key) => key switch
    {
        Ed25519PublicKeyParameters => new(Enrolment.Ed25519, PemText.Public(key)),
        ECPublicKeyParameters sm2 when Sm2Keys.IsSm2(sm2) =>
            new(Enrolment.Sm2, PemText.Public(new ECPublicKeyParameters(sm2.Q, Sm2Keys.Curve))),
        _ => null,
    };

    private static string Name(AsymmetricKeyParameter key) =>
        key.GetType().Name.Replace("PublicKeyParameters", "", StringComparison.Ordinal)
            .Replace("KeyParameters", "", StringComparison.Ordinal);
}
