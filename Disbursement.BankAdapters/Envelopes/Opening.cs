using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// What every kind of envelope asks alike. Faults in their order: signature missing, pinned key missing (signer
/// unknown), malformed, another signer, signature invalid, and only for a good signature the certificate's validity.
/// </summary>
internal static class Opening
{
    public const string NotItsSignature = "the signature is not the pinned key's over this body";

    /// <summary>A message that did not open carries no body: unverified bytes are not handed on.</summary>
    public static OpenedMessage Refused(OpenFault fault, string detail, string signer = "") =>
        new(fault, ReadOnlyMemory<byte>.Empty, signer, detail);

    /// <summary>The detached signature and the pinned key, or the fault.</summary>
    public static OpenedMessage? Begin(SealedMessage message, string suffix, IKeyRing keys, string bankCertificate,
        out ReadOnlyMemory<byte> signature, out VerifyingKey? pinned)
    {
        (signature, pinned) = (message.Signature ?? ReadOnlyMemory<byte>.Empty, null);
        if (message.Signature is null || message.SignatureSuffix != suffix)
            return Refused(OpenFault.SignatureMissing, $"no {suffix} stands beside the message");
        pinned = ParsedKeys.Pinned(keys, bankCertificate, out var trouble);
        return pinned is null ? Refused(OpenFault.SignerUnknown, trouble) : null;
    }

    public static OpenedMessage OtherAlgorithm(SignedDataParts parts, VerifyingKey pinned) =>
        Refused(OpenFault.SignatureInvalid, $"algorithm {parts.SignatureAlgorithm} is not the pinned key's",
            pinned.Signer);

    /// <summary>Whether the embedded certificate is the pinned one, byte for byte, and the signer names it.</summary>
    public static OpenedMessage? OtherSigner(SignedDataParts parts, VerifyingKey pinned)
    {
        if (pinned.Certificate is not { } certificate)
            return Refused(OpenFault.SignerUnknown, "the key ring pins a bare public key: a certificate is needed");
        var same = parts.Certificate.Span.SequenceEqual(certificate.Der)
            && parts.IssuerAndSerial.Span.SequenceEqual(certificate.IssuerAndSerial);
        return same
            ? null
            : Refused(OpenFault.SignerUnknown, $"the certificate is not the pinned one of {pinned.Signer}");
    }

    /// <summary>Hands out the body of a good signature if the certificate
    /// was valid at that moment. A bare key has no end.</summary>
    public static OpenedMessage Finish(ReadOnlyMemory<byte> body, VerifyingKey pinned, Instant at)
    {
        if (pinned.Certificate is { } certificate)
        {
            if (at < certificate.NotBefore)
                return Refused(OpenFault.CertificateNotYetValid, $"valid from {certificate.NotBefore}", pinned.Signer);
            if (at > certificate.NotAfter)
                return Refused(OpenFault.CertificateExpired, $"valid until {certificate.NotAfter}", pinned.Signer);
        }
        return new OpenedMessage(OpenFault.None, body, pinned.Signer, "");
    }
}
