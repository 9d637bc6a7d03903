using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// A SignedData (<see cref="SignedDataForm"/>) beside the body or around it. The body travels unchanged. The kinds
/// differ in form, digest, algorithms, and whether attributes are signed or the body itself.
/// </summary>
public abstract class SignedDataEnvelope : IEnvelope
{
    /// <summary>Suffix of the DER signature file.</summary>
    public const string Suffix = ".p7s";

    private readonly SignedDataForm _form;
    private readonly bool _signsAttributes;
    private readonly bool _isAttached;

    /// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
    private protected SignedDataEnvelope(SignedDataForm form, bool signsAttributes, bool isAttached) =>
        (_form, _signsAttributes, _isAttached) = (form, signsAttributes, isAttached);

    /// <summary>CryptographicException where the ring has no usable key and certificate of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = OurKey(keys, names.OurKey);
        var certificate = ParsedKeys.OurCertificate(keys, names.OurKey, key);
        var attributes = _signsAttributes ? SignedAttributes.Of(_form.DataType, Digest(body.Span)) : null;
        var (algorithm, hasNull) = AlgorithmOf(key);
        var der = _form.Write(certificate, attributes, algorithm, hasNull,
            key.Sign(attributes ?? body.Span, UserId(names)), _isAttached ? body : (ReadOnlyMemory<byte>?)null);
        return _isAttached ? new SealedMessage(der, null, "") : new SealedMessage(body, der, Suffix);
    }

    /// <summary>Total: any bytes open or give a fault. The embedded certificate must be the pinned one.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Read(_form, _isAttached, Suffix, message, keys, names.BankCertificate, out var signed)
            is { } early) return early;
        var (parts, pinned, body) = signed!;
        if (Opening.OtherSigner(parts, pinned) is { } other) return other;
        // A body could pass for somebody's attributes, and the other way round: each form has its one way.
        if (_signsAttributes == parts.SignedAttributes is null)
            return Opening.Refused(OpenFault.Malformed, _signsAttributes
                ? "no signed attributes" : "signed attributes, which this form has not");
        if (!IsAlgorithmOf(pinned, parts.SignatureAlgorithm)) return Opening.OtherAlgorithm(parts, pinned);
        if (parts.SignedAttributes is { } attributes)
        {
            if (SignedAttributes.DigestIn(attributes, _form.DataType) is not { } digest)
                return Opening.Refused(OpenFault.Malformed, "no signed attributes with content type and digest");
            if (!digest.AsSpan().SequenceEqual(Digest(body.Span)))
                return Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
        }
        return pinned.Verify(parts.SignedAttributes ?? body.Span, parts.Signature, UserId(names))
            ? Opening.Finish(body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }

    /// <summary>Our key of that name; CryptographicException where it is none this kind signs with.</summary>
    private protected abstract SigningKey OurKey(IKeyRing keys, string name);

    /// <summary>What the signature's algorithm is written as, and whether NULL follows.</summary>
    private protected abstract (string Algorithm, bool HasNull) AlgorithmOf(SigningKey key);

    /// <summary>Whether that algorithm, as it was read, is one of the pinned key's.</summary>
    private protected abstract bool IsAlgorithmOf(VerifyingKey pinned, string algorithm);

    private protected abstract byte[] Digest(ReadOnlySpan<byte> body);

    /// <summary>The SM2 user id; empty where the algorithm has none.</summary>
    private protected virtual string UserId(EnvelopeKeys names) => names.DistinguishedId;
}
