using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Disbursement.Host.Fuzz;

/// <summary>Encrypts a damaged content for us, as anybody can who has our certificate: damage from outside ends at the
/// cipher, and what reads the inside would never be tried.</summary>
internal static class SealedAnew
{
    private const string Key = "ecdsa";

    private static readonly Lazy<byte[]> SignedCms = new(() => EnvelopeCatalogue.Find(CmsEnvelope.AttachedKind)!
        .Seal(SampleSeals.Body(CmsEnvelope.AttachedKind), SampleSeals.Ring, new(Key, Key)).Body.ToArray());

    private static readonly Lazy<byte[]> SignedPgp = new(MakeSignedPgp);

    /// <summary>Whether the content of that kind is out of sight.</summary>
    public static bool Applies(string kind) =>
        kind is CmsEnvelopedEnvelope.Kind or OpenPgpEnvelope.Kind or Sm4FormEnvelope.Kind;

    public static byte[] Of(string kind, byte[] body, Chance chance) => kind switch
    {
        CmsEnvelopedEnvelope.Kind => CmsEnvelopedEnvelope.Encrypted(
            DerMutation.Of(SignedCms.Value, chance), SampleSeals.Ring, new(Key, Key)),
        OpenPgpEnvelope.Kind => Pgp(Damaged(SignedPgp.Value, chance)),
        _ => Sm4(body, chance),
    };

    /// <summary>Mostly one bit: the structure stays, and its signature is asked.</summary>
    public static byte[] Damaged(byte[] bytes, Chance chance)
    {
        if (chance.OneIn(5) || bytes.Length == 0) return Mutation.Of(bytes, chance);
        var flipped = (byte[])bytes.Clone();
        flipped[chance.Below(bytes.Length)] ^= (byte)(1 << chance.Below(7));
        return flipped;
    }

    private static byte[] Pgp(byte[] signed)
    {
        using var output = new MemoryStream();
        var encryption = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true,
            new SecureRandom());
        encryption.AddMethod(Keys().GetPublicKeys().Last(key => key.IsEncryptionKey));
        using (var encrypted = encryption.Open(output, signed.Length)) encrypted.Write(signed);
        return output.ToArray();
    }

    private static byte[] MakeSignedPgp()
    {
        var (key, body) = (Keys().GetSecretKey(), SampleSeals.Body(OpenPgpEnvelope.Kind));
        using var output = new MemoryStream();
        var signature = new PgpSignatureGenerator(key.PublicKey.Algorithm, HashAlgorithmTag.Sha256);
        signature.InitSign(PgpSignature.BinaryDocument, key.ExtractPrivateKey(Array.Empty<char>()));
        signature.GenerateOnePassVersion(isNested: false).Encode(output);
        using (var inside = new PgpLiteralDataGenerator().Open(output, PgpLiteralData.Binary, "", body.Length,
            DateTime.UnixEpoch)) inside.Write(body);
        signature.Update(body);
        signature.Generate().Encode(output);
        return output.ToArray();
    }

    private static PgpSecretKeyRing Keys()
    {
        using var text = new MemoryStream(Encoding.ASCII.GetBytes(SampleSeals.Ring.PrivateKeyPem(SampleSeals.Pgp)!));
        return new PgpSecretKeyRingBundle(PgpUtilities.GetDecoderStream(text)).GetKeyRings().First();
    }

    /// <summary>CMB's form: DATA decrypted, damaged and encrypted again; a form without, or with what is no cipher text
    /// (a guided run keeps such ones), is damaged as it is.</summary>
    private static byte[] Sm4(byte[] form, Chance chance)
    {
        var fields = Encoding.ASCII.GetString(form).Split('&').Select(field => field.Split('=', 2)).ToList();
        if (fields.Find(field => field is ["DATA", _]) is not { } data || Plain(data[1]) is not { } plain)
            return Damaged(form, chance);
        data[1] = Uri.EscapeDataString(Convert.ToBase64String(Cipher(true, Damaged(plain, chance))));
        return Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => string.Join('=', field))));
    }

    private static byte[]? Plain(string data)
    {
        try
        {
            return Cipher(forEncryption: false, Convert.FromBase64String(Uri.UnescapeDataString(data)));
        }
        catch (Exception torn) when (torn is FormatException or CryptoException)
        {
            return null;
        }
    }

    private static byte[] Cipher(bool forEncryption, byte[] bytes)
    {
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new SM4Engine()), new Pkcs7Padding());
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(Convert.FromHexString(SampleSeals.Sm4Key)),
            Encoding.ASCII.GetBytes(SampleSeals.Uid + "000000")));
        return cipher.DoFinal(bytes);
    }
}
