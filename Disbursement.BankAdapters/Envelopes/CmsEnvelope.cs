using System.Formats.Asn1;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kind "cms-detached": CMS SignedData (RFC 5652; PKCS#7) beside the body, SHA-256, RSA of 3072 bits or ECDSA P-256
/// as the key has it. Signed are the attributes content-type and message-digest; there is no signing time, for the
/// moment of a signature is the engine's to say, not this machine's. The body travels unchanged.
/// </summary>
public sealed class CmsEnvelope : IEnvelope
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "cms-detached";

    /// <summary>Suffix of the DER signature file.</summary>
    public const string Suffix = ".p7s";

    private const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    private const string MessageDigestAttribute = "1.2.840.113549.1.9.4";

    /// <summary>CryptographicException where the ring has no usable key and certificate of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.Ours(keys, names.OurKey);
        var certificate = ParsedKeys.OurCertificate(keys, names.OurKey, key);
        if (key.Algorithm == KeyAlgorithm.Sm2)
            throw new CryptographicException($"'{names.OurKey}' is an SM2 key: {Kind} signs with RSA or ECDSA");
        var isRsa = key.Algorithm == KeyAlgorithm.Rsa;
        var attributes = Attributes(SHA256.HashData(body.Span));
        // RSA goes by the key's own identifier, as openssl writes it: every verifier must know that one (RFC 3370
        // §3.2).
        var algorithm = isRsa ? KeyIdentifiers.Rsa : KeyIdentifiers.EcdsaWithSha256;
        var der = SignedDataForm.Cms.Write(certificate, attributes, algorithm, algorithmHasNull: isRsa,
            key.Sign(attributes, ""));
        return new SealedMessage(body, der, Suffix);
    }

    /// <summary>Total: any bytes open or give a fault. The embedded certificate must be the pinned one.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Begin(message, Suffix, keys, names.BankCertificate, out var signature, out var pinned) is { } early)
            return early;
        if (SignedDataForm.Cms.Read(signature, out var trouble) is not { } parts)
            return Opening.Refused(OpenFault.Malformed, trouble);
        if (parts.Content is not null)
            return Opening.Refused(OpenFault.Malformed, "the content stands inside: it must be detached");
        if (Opening.OtherSigner(parts, pinned!) is { } other) return other;
        if (!IsAlgorithmOf(pinned!, parts.SignatureAlgorithm))
            return Opening.OtherAlgorithm(parts, pinned!);
        // Without signed attributes a body could pass for somebody's attributes, and the other way round.
        if (parts.SignedAttributes is not { } attributes || DigestIn(attributes) is not { } digest)
            return Opening.Refused(OpenFault.Malformed, "no signed attributes with content type and digest");
        if (!digest.AsSpan().SequenceEqual(SHA256.HashData(message.Body.Span)))
            return Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned!.Signer);
        return pinned!.Verify(attributes, parts.Signature, "")
            ? Opening.Finish(message.Body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }

    private static bool IsAlgorithmOf(VerifyingKey pinned, string algorithm) => pinned.Algorithm switch
    {
        KeyAlgorithm.Rsa => algorithm is KeyIdentifiers.Rsa or KeyIdentifiers.RsaWithSha256,
        KeyAlgorithm.EcdsaP256 => algorithm == KeyIdentifiers.EcdsaWithSha256,
        _ => false,
    };

    private static byte[] Attributes(byte[] digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ContentTypeAttribute);
                using (writer.PushSetOf()) writer.WriteObjectIdentifier(SignedDataForm.Cms.DataType);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(MessageDigestAttribute);
                using (writer.PushSetOf()) writer.WriteOctetString(digest);
            }
        }
        return writer.Encode();
    }

    /// <summary>The digest, where content type and digest stand there once
    /// each with one value; else null. Others may stand there.</summary>
    private static byte[]? DigestIn(ReadOnlyMemory<byte> attributes)
    {
        try
        {
            var (types, digests) = (new List<string>(), new List<byte[]>());
            for (var all = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf(); all.HasData;)
            {
                var attribute = all.ReadSequence();
                var identifier = attribute.ReadObjectIdentifier();
                var values = attribute.ReadSetOf();
                attribute.ThrowIfNotEmpty();
                if (identifier is not (ContentTypeAttribute or MessageDigestAttribute)) continue;
                if (identifier == ContentTypeAttribute) types.Add(values.ReadObjectIdentifier());
                else digests.Add(values.ReadOctetString());
                values.ThrowIfNotEmpty();
            }
            return types is [var type] && type == SignedDataForm.Cms.DataType && digests is [var digest]
                ? digest
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
