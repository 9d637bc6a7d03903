using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "sm2-gmt0010" and "sm2-gmt0010-attached": SignedData of GM/T 0010 beside the body or around it, as CFCA's
/// SADK writes it: no signed attributes, the
/// SM2 signature with SM3 directly over the body. Banks' kits name the algorithm SM2-1 (…301.1) or SM2-with-SM3
/// (…501); we write the first and take both. The body travels unchanged.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class Sm2CmsEnvelope(bool isAttached = false) : IEnvelope
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "sm2-gmt0010";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "sm2-gmt0010-attached";

    /// <summary>Suffix of the DER signature file.</summary>
    public const string Suffix = ".p7s";

    /// <summary>CryptographicException where the ring has no usable SM2 key and certificate of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.Ours(keys, names.OurKey);
        if (key.Algorithm != KeyAlgorithm.Sm2) throw new CryptographicException($"'{names.OurKey}' is no SM2 key");
        var certificate = ParsedKeys.OurCertificate(keys, names.OurKey, key);
        var der = SignedDataForm.Gmt0010.Write(certificate, signedAttributes: null, KeyIdentifiers.Sm2Sign,
            algorithmHasNull: true, key.Sign(body.Span, names.DistinguishedId),
            isAttached ? body : (ReadOnlyMemory<byte>?)null);
        return isAttached ? new SealedMessage(der, null, "") : new SealedMessage(body, der, Suffix);
    }

    /// <summary>Total: any bytes open or give a fault. The embedded certificate must be the pinned one.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Read(SignedDataForm.Gmt0010, isAttached, Suffix, message, keys, names.BankCertificate,
            out var signed) is { } early) return early;
        var (parts, pinned, body) = signed!;
        return Judge(parts, body, pinned, names.DistinguishedId, at);
    }

    private static OpenedMessage Judge(SignedDataParts parts, ReadOnlyMemory<byte> body, VerifyingKey pinned,
        string userId, Instant at)
    {
        if (Opening.OtherSigner(parts, pinned) is { } other) return other;
        // The form has none; a body that happens to be attributes must not pass for them.
        if (parts.SignedAttributes is not null)
            return Opening.Refused(OpenFault.Malformed, "signed attributes, which this form has not");
        if (pinned.Algorithm != KeyAlgorithm.Sm2
            || parts.SignatureAlgorithm is not (KeyIdentifiers.Sm2Sign or KeyIdentifiers.Sm2WithSm3))
            return Opening.OtherAlgorithm(parts, pinned);
        return pinned.Verify(body.Span, parts.Signature, userId)
            ? Opening.Finish(body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }
}
