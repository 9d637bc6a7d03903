using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "sm2-cms" and "sm2-cms-attached": CMS SignedData of RFC 5652 with SM3 and SM2, the other of the two families
/// that banks' kits write. Signed are the attributes content-type and message-digest; the signature's algorithm is
/// named SM2-with-SM3 (…501), and …301.1 is taken too.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class Sm2AttributedEnvelope(bool isAttached = false) : IEnvelope
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "sm2-cms";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "sm2-cms-attached";

    /// <summary>Suffix of the DER signature file.</summary>
    public const string Suffix = ".p7s";

    /// <summary>CryptographicException where the ring has no usable SM2 key and certificate of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.Ours(keys, names.OurKey);
        if (key.Algorithm != KeyAlgorithm.Sm2) throw new CryptographicException($"'{names.OurKey}' is no SM2 key");
        var certificate = ParsedKeys.OurCertificate(keys, names.OurKey, key);
        var attributes = SignedAttributes.Of(SignedDataForm.CmsSm3.DataType, Sm2.Sm3(body.Span));
        var der = SignedDataForm.CmsSm3.Write(certificate, attributes, KeyIdentifiers.Sm2WithSm3,
            algorithmHasNull: false, key.Sign(attributes, names.DistinguishedId),
            isAttached ? body : (ReadOnlyMemory<byte>?)null);
        return isAttached ? new SealedMessage(der, null, "") : new SealedMessage(body, der, Suffix);
    }

    /// <summary>Total: any bytes open or give a fault. The embedded certificate must be the pinned one.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Read(SignedDataForm.CmsSm3, isAttached, Suffix, message, keys, names.BankCertificate,
            out var signed) is { } early) return early;
        var (parts, pinned, body) = signed!;
        if (Opening.OtherSigner(parts, pinned) is { } other) return other;
        if (pinned.Algorithm != KeyAlgorithm.Sm2
            || parts.SignatureAlgorithm is not (KeyIdentifiers.Sm2Sign or KeyIdentifiers.Sm2WithSm3))
            return Opening.OtherAlgorithm(parts, pinned);
        // Without them it is no file of this family: a body could pass for attributes, and the other way round.
        if (parts.SignedAttributes is not { } attributes
            || SignedAttributes.DigestIn(attributes, SignedDataForm.CmsSm3.DataType) is not { } digest)
            return Opening.Refused(OpenFault.Malformed, "no signed attributes with content type and digest");
        return digest.AsSpan().SequenceEqual(Sm2.Sm3(body.Span))
            && pinned.Verify(attributes, parts.Signature, names.DistinguishedId)
            ? Opening.Finish(body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }
}
