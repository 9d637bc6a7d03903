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

    /// <summary>What such a file is called.</summary>
    public const string OwnFile = "a file that carries its own";

    /// <summary>The longest file with its content inside.</summary>
    public const int MaxAttachedBytes = 64 * 1024 * 1024;

    /// <summary>What is read of a SignedData before it is judged.</summary>
    internal sealed record Signed(SignedDataParts Parts, VerifyingKey Pinned, ReadOnlyMemory<byte> Body);

    /// <summary>The SignedData beside the body, or around it where the envelope is an attached one; or the fault.
    /// </summary>
    public static OpenedMessage? Read(SignedDataForm form, bool isAttached, string suffix, SealedMessage message,
        IKeyRing keys, string bankCertificate, out Signed? signed)
    {
        signed = null;
        ReadOnlyMemory<byte> der = message.Body;
        VerifyingKey? pinned = null;
        if (!isAttached)
        {
            if (Begin(message, suffix, keys, bankCertificate, out der, out pinned) is { } early) return early;
        }
        else if ((Whole(message, OwnFile) ?? Pinned(keys, bankCertificate, out pinned)) is { } early) return early;
        if (form.Read(der, out var trouble, isAttached ? MaxAttachedBytes : SignedDataForm.MaxBytes) is not { } parts)
            return Refused(OpenFault.Malformed, trouble);
        if (parts.Content is null == isAttached)
            return Refused(OpenFault.Malformed, isAttached ? "no content inside"
                : "the content stands inside: it must be detached");
        signed = new Signed(parts, pinned!, parts.Content ?? message.Body);
        return null;
    }

    /// <summary>A file that carries everything in itself: nothing stands beside it, and it has a bound.</summary>
    /// <param name="what">What the file is, for the words.</param>
    public static OpenedMessage? Whole(SealedMessage message, string what)
    {
        if (message.Signature is not null)
            return Refused(OpenFault.Malformed, $"a signature stands beside {what}");
        return message.Body.Length > MaxAttachedBytes
            ? Refused(OpenFault.Malformed, $"longer than {MaxAttachedBytes} bytes") : null;
    }

    /// <summary>The pinned key, or that there is none; for files that carry everything in themselves.</summary>
    public static OpenedMessage? Pinned(IKeyRing keys, string bankCertificate, out VerifyingKey? pinned) =>
        (pinned = ParsedKeys.Pinned(keys, bankCertificate, out var unknown)) is null
            ? Refused(OpenFault.SignerUnknown, unknown) : null;

    /// <summary>That the pinned key is not of the kind SM2 needs.</summary>
    public static OpenedMessage? OtherKey(VerifyingKey pinned, string bankCertificate) =>
        pinned.Algorithm == KeyAlgorithm.Sm2 ? null
            : Refused(OpenFault.SignerUnknown, $"the pinned key '{bankCertificate}' is no SM2 key");

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
