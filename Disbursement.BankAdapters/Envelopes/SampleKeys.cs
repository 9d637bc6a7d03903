using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Disbursement.BankAdapters.Folders;
using NodaTime;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>Which sample key is made.</summary>
public enum SampleKeyKind { Rsa3072, EcdsaP256, Sm2, OpenPgp }

/// <summary>
/// Keys for demonstrations and tests (样例密钥), with self-signed certificates whose subject says SAMPLE. Never for a
/// real bank: there the bank's certificate authority issues the certificate.
/// </summary>
public static class SampleKeys
{
    // The user id of every certificate's own signature (GM/T 0009 §10).
    private const string Sm2CertificateUserId = "1234567812345678";

    /// <summary>
    /// Makes <c>NAME.key.pem</c> (mode 600) and <c>NAME.pem</c> in an existing folder
    /// for a <see cref="PemKeyRing"/>. A certificate that stands there is left with
    /// its key; a key without a certificate, as an interruption leaves it, gets one.
    /// </summary>
    public static void Ensure(string folder, string name, SampleKeyKind kind, Instant notBefore, Instant notAfter)
    {
        if (!PemKeyRing.IsName(name)) throw new ArgumentException($"'{name}' is no name of a key", nameof(name));
        if (kind == SampleKeyKind.OpenPgp)
        {
            EnsurePgp(folder, name, notBefore);
            return;
        }
        var keyPath = PemKeyRing.PrivatePath(folder, name);
        var certificatePath = PemKeyRing.CertificatePath(folder, name);
        if (File.Exists(certificatePath)) return;
        if (!File.Exists(keyPath))
            Place(keyPath, PemEncoding.WriteString("PRIVATE KEY", NewPkcs8(kind)), ownerOnly: true);
        // Read back: where two make the key at once, the first one's stands and both certify that.
        var key = SigningKey.Parse(File.ReadAllText(keyPath));
        Place(certificatePath, SelfSigned(name, key, notBefore, notAfter), ownerOnly: false);
    }

    /// <summary>Makes the sample keys a kind of envelope takes, for each algorithm it can be used with a folder of its
    /// own below this one: <c>NAME</c> as above, or its OpenPGP blocks, and <c>NAME.secret</c>, which serves forms and
    /// is an SM4 key.</summary>
    /// <returns>The algorithms as a report names them, with their folders.</returns>
    public static IReadOnlyList<(string Algorithm, string Folder)> EnsureFor(string envelope, string folder,
        string name, Instant notBefore, Instant notAfter)
    {
        IReadOnlyList<SampleKeyKind> kinds = envelope switch
        {
            CmsEnvelope.Kind or CmsEnvelope.AttachedKind or CmsEnvelopedEnvelope.Kind =>
                [SampleKeyKind.Rsa3072, SampleKeyKind.EcdsaP256],
            OpenPgpEnvelope.Kind => [SampleKeyKind.OpenPgp],
            _ => [SampleKeyKind.Sm2],
        };
        return [.. kinds.Select(kind =>
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, $"{kind}")).FullName;
            Ensure(own, name, kind, notBefore, notAfter);
            // GB/T 32907 A.1's own key: known to everybody, for samples only.
            Place(Path.Combine(own, name + ".secret"), "0123456789ABCDEFFEDCBA9876543210", ownerOnly: true);
            return ($"{kind}", own);
        })];
    }

    private static void EnsurePgp(string folder, string name, Instant from)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path + ".asc")) return;
        var (secret, open) = SamplePgpKey.Make(name, from);
        Place(path + ".key.asc", secret, ownerOnly: true);
        Place(path + ".asc", open, ownerOnly: false);
    }

    private static void Place(string path, string pem, bool ownerOnly)
    {
        var full = Path.GetFullPath(path);
        DurableFile.WriteTemporary(full, Encoding.ASCII.GetBytes(pem + "\n"), ownerOnly);
        if (!DurableFile.PlaceWithoutOverwriting(full)) File.Delete(DurableFile.TemporaryPath(full));
        DurableFile.FlushFolder(Path.GetDirectoryName(full)!);
    }

    private static byte[] NewPkcs8(SampleKeyKind kind)
    {
        switch (kind)
        {
            case SampleKeyKind.Rsa3072:
                using (var rsa = RSA.Create(KeyIdentifiers.MinRsaBits)) return rsa.ExportPkcs8PrivateKey();
            case SampleKeyKind.EcdsaP256:
                using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256)) return ecdsa.ExportPkcs8PrivateKey();
            default:
                var generator = new ECKeyPairGenerator();
                generator.Init(new ECKeyGenerationParameters(GMObjectIdentifiers.sm2p256v1, new SecureRandom()));
                return PrivateKeyInfoFactory.CreatePrivateKeyInfo(generator.GenerateKeyPair().Private).GetDerEncoded();
        }
    }

    private static string SelfSigned(string name, SigningKey key, Instant notBefore, Instant notAfter)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"SAMPLE {name}");
        subject.AddOrganizationName("SAMPLE - not for real payments");
        subject.AddCountryOrRegion("CN");
        var signature = new KeySignature(key);
        var request = new CertificateRequest(subject.Build(), signature.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        // One certificate per key, so the key's digest serves as its number.
        byte[] serial = [1, .. SHA256.HashData(key.PublicPoint).AsSpan(0, 15)];
        using var certificate = request.Create(request.SubjectName, signature, notBefore.ToDateTimeOffset(),
            notAfter.ToDateTimeOffset(), serial);
        return certificate.ExportCertificatePem();
    }

    /// <summary>Signs a certificate with a key of any of the three
    /// kinds; .NET knows how for two of them only.</summary>
    private sealed class KeySignature(SigningKey key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => key.Algorithm switch
        {
            KeyAlgorithm.Rsa => Identifier(KeyIdentifiers.RsaWithSha256, hasNull: true),
            KeyAlgorithm.EcdsaP256 => Identifier(KeyIdentifiers.EcdsaWithSha256, hasNull: false),
            _ => Identifier(KeyIdentifiers.Sm2WithSm3, hasNull: false),
        };

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.Sign(data, Sm2CertificateUserId);

        protected override PublicKey BuildPublicKey()
        {
            var parameters = new AsnWriter(AsnEncodingRules.DER);
            if (key.Algorithm == KeyAlgorithm.Rsa) parameters.WriteNull();
            else if (key.Algorithm == KeyAlgorithm.Sm2) parameters.WriteObjectIdentifier(KeyIdentifiers.CurveSm2);
            else parameters.WriteObjectIdentifier(KeyIdentifiers.CurveP256);
            var kind = key.Algorithm == KeyAlgorithm.Rsa ? KeyIdentifiers.Rsa : KeyIdentifiers.EllipticCurve;
            return new PublicKey(new Oid(kind), new AsnEncodedData(parameters.Encode()),
                new AsnEncodedData(key.PublicPoint));
        }

        private static byte[] Identifier(string algorithm, bool hasNull)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
                if (hasNull) writer.WriteNull();
            }
            return writer.Encode();
        }
    }
}
