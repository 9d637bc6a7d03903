using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>OpenPGP messages, signed inside and encrypted outside. Keys are armoured blocks without passphrase.
/// </summary>
internal static class PgpSeal
{
    public static (FileRefusal Refusal, byte[] Body) Open(byte[] file, BankKeys keys)
    {
        var ours = new PgpPublicKeyRingBundle(Armoured(keys.OursCertificatePem));
        var bank = new PgpSecretKeyRingBundle(Armoured(keys.BankKeyPem));
        var list = (PgpEncryptedDataList)new PgpObjectFactory(new MemoryStream(file)).NextPgpObject();
        var encrypted = list.GetEncryptedDataObjects().OfType<PgpPublicKeyEncryptedData>()
            .First(data => bank.GetSecretKey(data.KeyId) is not null);
        using var plain = new MemoryStream();
        encrypted.GetDataStream(bank.GetSecretKey(encrypted.KeyId).ExtractPrivateKey([])).CopyTo(plain);
        if (!encrypted.IsIntegrityProtected() || !encrypted.Verify()) return (FileRefusal.SignatureInvalid, []);
        var packets = new PgpObjectFactory(new MemoryStream(plain.ToArray()));
        var next = packets.NextPgpObject();
        if (next is PgpCompressedData packed)
            (packets, next) = (new PgpObjectFactory(packed.GetDataStream()), null);
        var announced = (PgpOnePassSignatureList)(next ?? packets.NextPgpObject());
        if (ours.GetPublicKey(announced[0].KeyId) is not { } signer) return (FileRefusal.WrongSigner, []);
        using var body = new MemoryStream();
        ((PgpLiteralData)packets.NextPgpObject()).GetInputStream().CopyTo(body);
        announced[0].InitVerify(signer);
        announced[0].Update(body.ToArray());
        return announced[0].Verify(((PgpSignatureList)packets.NextPgpObject())[0])
            ? (FileRefusal.None, body.ToArray()) : (FileRefusal.SignatureInvalid, []);
    }

    public static byte[] Make(byte[] body, BankKeys keys)
    {
        var ours = new PgpPublicKeyRingBundle(Armoured(keys.OursCertificatePem)).GetKeyRings().First();
        var key = new PgpSecretKeyRingBundle(Armoured(keys.BankKeyPem)).GetKeyRings().First().GetSecretKeys()
            .First(secret => secret.IsSigningKey);
        using var output = new MemoryStream();
        var encryption = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, true, new SecureRandom());
        encryption.AddMethod(ours.GetPublicKeys().Last(candidate => candidate.IsEncryptionKey));
        using (var inside = encryption.Open(output, new byte[1 << 16]))
        {
            var signature = new PgpSignatureGenerator(key.PublicKey.Algorithm, HashAlgorithmTag.Sha256);
            signature.InitSign(PgpSignature.BinaryDocument, key.ExtractPrivateKey([]));
            signature.GenerateOnePassVersion(isNested: false).Encode(inside);
            using (var literal = new PgpLiteralDataGenerator().Open(inside, PgpLiteralData.Binary, "", body.Length,
                DateTime.UnixEpoch)) literal.Write(body);
            signature.Update(body);
            signature.Generate().Encode(inside);
        }
        return output.ToArray();
    }

    private static Stream Armoured(string block) =>
        PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(block)));
}
