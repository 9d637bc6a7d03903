using System.Security.Cryptography;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A stranger's key in the place of the bank's, of the same kind: everything else stays the bank's, so that
/// nothing but the key gives it away.</summary>
internal static class Stranger
{
    public static BankKeys InPlaceOf(BankKeys keys, SealKind kind) => kind switch
    {
        SealKind.FormSha256 or SealKind.FormSm3 => keys with { Secret = keys.Secret + "-of-a-stranger" },
        SealKind.OpenPgp => keys with { BankKeyPem = PgpKey() },
        _ => keys with { BankKeyPem = LikeKey(BankSeal.PrivateKey(keys.BankKeyPem)) },
    };

    private static string LikeKey(AsymmetricKeyParameter bank) => Text(bank is ECPrivateKeyParameters curve
        ? OnCurve(curve) : Rsa().Private);

    /// <summary>One stranger for each bank: the number follows from the bank's, so that what is signed repeats.
    /// </summary>
    private static ECPrivateKeyParameters OnCurve(ECPrivateKeyParameters bank)
    {
        var drawn = new BigInteger(1, SHA256.HashData([.. "stranger"u8, .. bank.D.ToByteArrayUnsigned()]));
        var number = drawn.Mod(bank.Parameters.N.Subtract(BigInteger.One)).Add(BigInteger.One);
        return bank.PublicKeyParamSet is { } named ? new ECPrivateKeyParameters("EC", number, named)
            : new ECPrivateKeyParameters(number, bank.Parameters);
    }

    private static AsymmetricCipherKeyPair Rsa()
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), new SecureRandom(), 2048, 100));
        return generator.GenerateKeyPair();
    }

    private static string Text(AsymmetricKeyParameter key)
    {
        using var text = new StringWriter();
        using (var pem = new PemWriter(text)) pem.WriteObject(new Pkcs8Generator(key));
        return text.ToString();
    }

    private static string PgpKey()
    {
        var pair = new PgpKeyPair(PublicKeyAlgorithmTag.RsaGeneral, Rsa(), DateTime.UnixEpoch);
        var ring = new PgpKeyRingGenerator(PgpSignature.PositiveCertification, pair, "SAMPLE stranger",
            SymmetricKeyAlgorithmTag.Null, Array.Empty<char>(), true, null, null, new SecureRandom());
        using var text = new MemoryStream();
        using (var armour = new ArmoredOutputStream(text)) ring.GenerateSecretKeyRing().Encode(armour);
        return System.Text.Encoding.ASCII.GetString(text.ToArray());
    }
}
