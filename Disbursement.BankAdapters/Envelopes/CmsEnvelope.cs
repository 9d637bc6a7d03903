using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "cms-detached" and "cms-attached": CMS SignedData (RFC 5652; PKCS#7) beside the body or around it, SHA-256,
/// RSA of 3072 bits or ECDSA P-256
/// as the key has it. Signed are the attributes content-type and message-digest; there is no signing time, for the
/// moment of a signature is the engine's to say, not this machine's. The body travels unchanged.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class CmsEnvelope(bool isAttached = false) : IEnvelope
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "cms-detached";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "cms-attached";

    /// <summary>Suffix of the DER signature file.</summary>
    public const string Suffix = ".p7s";

    /// <summary>CryptographicException where the ring has no usable key and certificate of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.Ours(keys, names.OurKey);
        var certificate = ParsedKeys.OurCertificate(keys, names.OurKey, key);
        if (key.Algorithm == KeyAlgorithm.Sm2)
            throw new CryptographicException($"'{names.OurKey}' is an SM2 key: {Kind} signs with RSA or ECDSA");
        var isRsa = key.Algorithm == KeyAlgorithm.Rsa;
        var attributes = SignedAttributes.Of(SignedDataForm.Cms.DataType, SHA256.HashData(body.Span));
        // RSA goes by the key's own identifier, as openssl writes it: every verifier must know that one (RFC 3370
        // §3.2).
        var algorithm = isRsa ? KeyIdentifiers.Rsa : KeyIdentifiers.EcdsaWithSha256;
        var der = SignedDataForm.Cms.Write(certificate, attributes, algorithm, algorithmHasNull: isRsa,
            key.Sign(attributes, ""), isAttached ? body : (ReadOnlyMemory<byte>?)null);
        return isAttached ? new SealedMessage(der, null, "") : new SealedMessage(body, der, Suffix);
    }

    /// <summary>Total: any bytes open or give a fault. The embedded certificate must be the pinned one.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Read(SignedDataForm.Cms, isAttached, Suffix, message, keys, names.BankCertificate, out var signed)
            is { } early) return early;
        var (parts, pinned, body) = signed!;
        if (Opening.OtherSigner(parts, pinned) is { } other) return other;
        if (!IsAlgorithmOf(pinned, parts.SignatureAlgorithm))
            return Opening.OtherAlgorithm(parts, pinned);
        // Without signed attributes a body could pass for somebody's attributes, and the other way round.
        if (parts.SignedAttributes is not { } attributes
            || SignedAttributes.DigestIn(attributes, SignedDataForm.Cms.DataType) is not { } digest)
            return Opening.Refused(OpenFault.Malformed, "no signed attributes with content type and digest");
        if (!digest.AsSpan().SequenceEqual(SHA256.HashData(body.Span)))
            return Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
        return pinned.Verify(attributes, parts.Signature, "")
            ? Opening.Finish(body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }

    private static bool IsAlgorithmOf(VerifyingKey pinned, string algorithm) => pinned.Algorithm switch
    {
        KeyAlgorithm.Rsa => algorithm is KeyIdentifiers.Rsa or KeyIdentifiers.RsaWithSha256,
        KeyAlgorithm.EcdsaP256 => algorithm == KeyIdentifiers.EcdsaWithSha256,
        _ => false,
    };
}
