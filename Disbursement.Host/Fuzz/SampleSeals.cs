using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Disbursement.Host.Fuzz;

/// <summary>Sample keys of every kind an envelope takes, made once per process in a folder that goes with it, and
/// the bodies that are sealed with them (样例).</summary>
internal static class SampleSeals
{
    public const string Uid = "SAMPLE0001", Sm4Key = "0123456789ABCDEFFEDCBA9876543210", Pgp = "pgp";

    /// <summary>The moment certificates are judged at.</summary>
    public static readonly Instant At = Instant.FromUtc(2026, 6, 1, 0, 0);

    private static readonly Lazy<IKeyRing> Made = new(Make);

    public static IKeyRing Ring => Made.Value;

    /// <summary>Every key that kind is sealed with here.</summary>
    public static IReadOnlyList<string> KeysOf(string kind) => kind switch
    {
        CmsEnvelope.Kind or CmsEnvelope.AttachedKind => ["rsa", "ecdsa"],
        CmsEnvelopedEnvelope.Kind => ["ecdsa"],
        OpenPgpEnvelope.Kind => [Pgp],
        _ => ["sm2"],
    };

    public static EnvelopeKeys Names(string kind, string key) =>
        kind == Sm4FormEnvelope.Kind ? new(key, key, Uid) : new(key, key);

    /// <summary>A body of the form the kind asks for.</summary>
    public static byte[] Body(string kind) => kind switch
    {
        FormEnvelope.Sha256Kind or FormEnvelope.Sm3Kind =>
            Encoding.ASCII.GetBytes("name=%E6%A0%B7%E4%BE%8B&batch=SAMPLE1&amount=123456&Zone=a+b"),
        Sm4FormEnvelope.Kind or SigdatEnvelope.Kind => Encoding.UTF8.GetBytes("""
            {"request":{"head":{"funcode":"BB6BTHHL","userid":"SAMPLE0001"},"body":{"name":"样例"}},
            "signature":{"sigdat":"__signature_sigdat__","sigtim":"20260313090000"}}
            """),
        _ => Encoding.UTF8.GetBytes("SAMPLE 样例|代发工资|00000001|6222020000000000000|123456\r\n"),
    };

    private static PemKeyRing Make()
    {
        var folder = Directory.CreateTempSubdirectory("fuzz-keys-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var (from, until) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0));
        SampleKeys.Ensure(folder, "rsa", SampleKeyKind.Rsa3072, from, until);
        SampleKeys.Ensure(folder, "ecdsa", SampleKeyKind.EcdsaP256, from, until);
        SampleKeys.Ensure(folder, "sm2", SampleKeyKind.Sm2, from, until);
        // The secret of both forms: 32 hexadecimal digits serve SM4, and any text the digest.
        File.WriteAllText(Path.Combine(folder, "sm2.secret"), Sm4Key);
        MakePgp(folder);
        return new PemKeyRing(folder);
    }

    private static void MakePgp(string folder)
    {
        var ring = new PgpKeyRingGenerator(PgpSignature.PositiveCertification, Pair(PublicKeyAlgorithmTag.ECDsa),
            "SAMPLE pgp", SymmetricKeyAlgorithmTag.Null, Array.Empty<char>(), useSha1: true, null, null,
            new SecureRandom());
        ring.AddSubKey(Pair(PublicKeyAlgorithmTag.ECDH));
        Write(".key.asc", stream => ring.GenerateSecretKeyRing().Encode(stream));
        Write(".asc", stream => ring.GeneratePublicKeyRing().Encode(stream));

        void Write(string suffix, Action<Stream> encode)
        {
            using var file = File.Create(Path.Combine(folder, Pgp + suffix));
            using var armored = new ArmoredOutputStream(file);
            encode(armored);
        }
    }

    // P-256 and not RSA: an input takes a tenth of the time.
    private static PgpKeyPair Pair(PublicKeyAlgorithmTag algorithm)
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(SecObjectIdentifiers.SecP256r1, new SecureRandom()));
        return new(algorithm, generator.GenerateKeyPair(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
