using System.Security.Cryptography;
using NodaTime;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>A sample OpenPGP key pair (RFC 4880): an RSA key that signs and one below it that is encrypted for, as gpg
/// makes them. Without passphrase and without end; never for a real bank.</summary>
internal static class SamplePgpKey
{
    /// <summary>The armoured private and public blocks.</summary>
    public static (string Private, string Public) Make(string name, Instant from)
    {
        var made = from.ToDateTimeUtc();
        var signing = new PgpKeyPair(PublicKeyAlgorithmTag.RsaGeneral, Rsa(), made);
        var encrypting = new PgpKeyPair(PublicKeyAlgorithmTag.RsaGeneral, Rsa(), made);
        var generator = new PgpKeyRingGenerator(PgpSignature.PositiveCertification, signing, $"SAMPLE {name}",
            SymmetricKeyAlgorithmTag.Null, Array.Empty<char>(), useSha1: false,
            Uses(PgpKeyFlags.CanCertify | PgpKeyFlags.CanSign), null, new SecureRandom());
        generator.AddSubKey(encrypting,
            Uses(PgpKeyFlags.CanEncryptCommunications | PgpKeyFlags.CanEncryptStorage), null, HashAlgorithmTag.Sha256);
        return (Armoured(generator.GenerateSecretKeyRing().Encode), Armoured(generator.GeneratePublicKeyRing().Encode));
    }

    private static AsymmetricCipherKeyPair Rsa()
    {
        using var rsa = RSA.Create(KeyIdentifiers.MinRsaBits);
        return DotNetUtilities.GetRsaKeyPair(rsa);
    }

    private static PgpSignatureSubpacketVector Uses(int flags)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetKeyFlags(isCritical: false, flags);
        return packets.Generate();
    }

    private static string Armoured(Action<Stream> encode)
    {
        using var text = new MemoryStream();
        using (var armour = new ArmoredOutputStream(text)) encode(armour);
        return System.Text.Encoding.ASCII.GetString(text.ToArray()).TrimEnd();
    }
}
