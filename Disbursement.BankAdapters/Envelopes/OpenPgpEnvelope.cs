using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kind "openpgp": signed with SHA-256 and then encrypted with AES-256 and integrity protection (RFC 4880), in binary.
/// Keys are armoured blocks of the key ring: a private one of ours without passphrase, a public one of the bank. The
/// moment of the signature is the library's clock; nothing here is decided by it.
/// </summary>
public sealed class OpenPgpEnvelope : IEnvelope
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "openpgp";

    private const string NotOpened = "it does not decrypt with our key to a signed message";

    /// <summary>CryptographicException where a key of the names is not there or cannot be used.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var ours = OpenPgpKeys.Signing(keys, names.OurKey);
        var bank = OpenPgpKeys.Encrypting(keys, names.BankCertificate);
        using var output = new MemoryStream();
        var encryption = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true,
            new SecureRandom());
        encryption.AddMethod(bank);
        using (var encrypted = encryption.Open(output, new byte[1 << 16]))
        {
            var signature = new PgpSignatureGenerator(ours.PublicKey.Algorithm, HashAlgorithmTag.Sha256);
            signature.InitSign(PgpSignature.BinaryDocument, ours.ExtractPrivateKey([]));
            signature.GenerateOnePassVersion(isNested: false).Encode(encrypted);
            var literal = new PgpLiteralDataGenerator();
            // No name and no time of a file: RFC 4880 §5.9 gives zero for "none".
            using (var inside = literal.Open(encrypted, PgpLiteralData.Binary, "", body.Length, DateTime.UnixEpoch))
            {
                inside.Write(body.Span);
                signature.Update(body.Span);
            }
            signature.Generate().Encode(encrypted);
        }
        return new SealedMessage(output.ToArray(), null, "");
    }

    /// <summary>Total: any bytes open or give a fault. One signature, by a key of the pinned block.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Whole(message, Opening.OwnFile) is { } early) return early;
        try
        {
            if (OpenPgpKeys.Pinned(keys, names.BankCertificate) is not { } pinned)
                return Opening.Refused(OpenFault.SignerUnknown, $"no OpenPGP key '{names.BankCertificate}'");
            if (OpenPgpMessage.Decrypt(message.Body, OpenPgpKeys.Ours(keys, names.OurKey)) is not { } signed)
                return Opening.Refused(OpenFault.Malformed, NotOpened);
            return Judge(signed, pinned, at);
        }
        catch (Exception fault) when (BouncyKeys.IsOfTheBytes(fault))
        {
            return Opening.Refused(OpenFault.Malformed, NotOpened);
        }
    }

    private static OpenedMessage Judge(OpenPgpMessage signed, PgpPublicKeyRing pinned, Instant at)
    {
        var signer = OpenPgpKeys.Name(pinned);
        if (pinned.GetPublicKey(signed.Signature.KeyId) is not { } key)
            return Opening.Refused(OpenFault.SignerUnknown, $"signed by another key than of {signer}");
        if (key.HasRevocation() || pinned.GetPublicKey().HasRevocation())
            return Opening.Refused(OpenFault.SignerUnknown, "the key was revoked", signer);
        signed.Signature.InitVerify(key);
        signed.Signature.Update(signed.Body);
        var weak = signed.Signature.HashAlgorithm is not (HashAlgorithmTag.Sha256 or HashAlgorithmTag.Sha384
            or HashAlgorithmTag.Sha512);
        if (weak || signed.Signature.SignatureType != PgpSignature.BinaryDocument || !signed.Signature.Verify())
            return Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, signer);
        var from = Instant.FromDateTimeUtc(DateTime.SpecifyKind(key.CreationTime, DateTimeKind.Utc));
        if (at < from) return Opening.Refused(OpenFault.CertificateNotYetValid, $"valid from {from}", signer);
        var until = from + Duration.FromSeconds(key.GetValidSeconds());
        return until > from && at > until // no seconds: it does not end
            ? Opening.Refused(OpenFault.CertificateExpired, $"valid until {until}", signer)
            : new OpenedMessage(OpenFault.None, signed.Body, signer, "");
    }
}

/// <summary>Armoured key blocks of a key ring.</summary>
internal static class OpenPgpKeys
{
    public static PgpSecretKey Signing(IKeyRing keys, string name) =>
        Ours(keys, name).GetKeyRings().SelectMany(ring => ring.GetSecretKeys()).FirstOrDefault(key => key.IsSigningKey)
        ?? throw new CryptographicException($"'{name}' has no OpenPGP key that signs");

    public static PgpPublicKey Encrypting(IKeyRing keys, string name) =>
        Pinned(keys, name)?.GetPublicKeys().LastOrDefault(key => key.IsEncryptionKey && !key.HasRevocation())
        ?? throw new CryptographicException($"'{name}' has no OpenPGP key to encrypt for");

    /// <exception cref="CryptographicException">There is no private block of that name.</exception>
    public static PgpSecretKeyRingBundle Ours(IKeyRing keys, string name) =>
        keys.PrivateKeyPem(name) is { } text && text.Contains("PGP PRIVATE KEY BLOCK", StringComparison.Ordinal)
            ? new PgpSecretKeyRingBundle(Bytes(text))
            : throw new CryptographicException($"the key ring has no OpenPGP private key '{name}'");

    public static PgpPublicKeyRing? Pinned(IKeyRing keys, string name) =>
        keys.CertificatePem(name) is { } text && text.Contains("PGP PUBLIC KEY BLOCK", StringComparison.Ordinal)
            ? new PgpPublicKeyRingBundle(Bytes(text)).GetKeyRings().FirstOrDefault()
            : null;

    public static string Name(PgpPublicKeyRing ring) => ring.GetPublicKey().GetUserIds().FirstOrDefault() ?? "";

    private static Stream Bytes(string text) =>
        PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(text)));
}

/// <summary>What an encrypted message held: one signature and one literal body.</summary>
internal sealed record OpenPgpMessage(PgpSignature Signature, byte[] Body)
{
    /// <summary>The depth of packets that is followed: encrypted, compressed, signed.</summary>
    private const int MostLayers = 3;

    /// <summary>Null where it is not of that shape. The library's exceptions go through.</summary>
    public static OpenPgpMessage? Decrypt(ReadOnlyMemory<byte> message, PgpSecretKeyRingBundle ours)
    {
        var outer = new PgpObjectFactory(PgpUtilities.GetDecoderStream(new MemoryStream(message.ToArray())));
        var first = outer.NextPgpObject();
        if (first is PgpMarker) first = outer.NextPgpObject();
        if (first is not PgpEncryptedDataList list) return null;
        foreach (var recipient in list.GetEncryptedDataObjects().OfType<PgpPublicKeyEncryptedData>())
        {
            if (ours.GetSecretKey(recipient.KeyId) is not { } key) continue;
            // Without the integrity packet altered bytes would decrypt to altered text: such messages are not taken.
            if (!recipient.IsIntegrityProtected()) return null;
            var plain = Bounded(recipient.GetDataStream(key.ExtractPrivateKey([])));
            return recipient.Verify() ? Signed(new PgpObjectFactory(plain), MostLayers) : null;
        }
        return null;
    }

    private static OpenPgpMessage? Signed(PgpObjectFactory packets, int layers)
    {
        var next = packets.NextPgpObject();
        if (next is PgpCompressedData compressed && layers > 0)
            return Signed(new PgpObjectFactory(Bounded(compressed.GetDataStream())), layers - 1);
        if (next is not PgpOnePassSignatureList { Count: 1 } || packets.NextPgpObject() is not PgpLiteralData literal)
            return null;
        var body = Bounded(literal.GetInputStream());
        return packets.NextPgpObject() is PgpSignatureList { Count: 1 } signatures && packets.NextPgpObject() is null
            ? new OpenPgpMessage(signatures[0], body) : null;
    }

    /// <summary>Reads to the end, up to the bound: a few bytes must not unfold to gigabytes.</summary>
    private static byte[] Bounded(Stream stream)
    {
        using var bounded = new Transports.BoundedStream(Opening.MaxAttachedBytes,
            () => new IOException("longer than agreed"));
        stream.CopyTo(bounded);
        return bounded.ToArray();
    }
}
