namespace Disbursement.BankAdapters.Envelopes;

/// <summary>The three kinds of key an envelope can use: RSA of 3072 bits or more, ECDSA on P-256, SM2.</summary>
internal enum KeyAlgorithm { Rsa, EcdsaP256, Sm2 }

/// <summary>Object identifiers of keys and of their signatures, as
/// they stand in certificates, PKCS#8 and signature files.</summary>
internal static class KeyIdentifiers
{
    public const int MinRsaBits = 3072;
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string EllipticCurve = "1.2.840.10045.2.1";
    public const string CurveP256 = "1.2.840.10045.3.1.7";
    public const string CurveSm2 = "1.2.156.10197.1.301";

    public const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string Sm2Sign = "1.2.156.10197.1.301.1";
    public const string Sm2WithSm3 = "1.2.156.10197.1.501";

    /// <summary>Whether a signature so named is an SM2 key's: banks' kits write either identifier.</summary>
    public static bool IsSm2(KeyAlgorithm key, string algorithm) =>
        key == KeyAlgorithm.Sm2 && algorithm is (Sm2Sign or Sm2WithSm3);

    /// <param name="key">Identifier of the kind of key.</param>
    /// <param name="curve">Identifier of the curve; null for a key that has none.</param>
    public static KeyAlgorithm? AlgorithmOf(string? key, string? curve) => (key, curve) switch
    {
        (Rsa, _) => KeyAlgorithm.Rsa,
        (EllipticCurve, CurveP256) => KeyAlgorithm.EcdsaP256,
        (EllipticCurve, CurveSm2) => KeyAlgorithm.Sm2,
        _ => null,
    };
}
