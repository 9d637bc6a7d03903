namespace Disbursement.BankAdapters.Seams;

/// <summary>Bytes as they travel, with the detached signature
/// that stands beside them, if the envelope makes one.</summary>
/// <param name="SignatureSuffix">".p7s" or ".sig"; empty without a detached signature.</param>
public sealed record SealedMessage(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Signature, string SignatureSuffix);

/// <summary>Why a message did not open.</summary>
public enum OpenFault
{
    None, SignatureMissing, SignatureInvalid, SignerUnknown, CertificateExpired, CertificateNotYetValid, Malformed,
}

/// <summary>An opened message, or the fault. Signer is the subject of the certificate or the key's name.</summary>
public sealed record OpenedMessage(OpenFault Fault, ReadOnlyMemory<byte> Body, string Signer, string Detail);

/// <summary>Signs what goes out and verifies what comes in, with keys
/// named by reference. Knows nothing of what is inside.</summary>
public interface IEnvelope
{
    SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names);

    /// <param name="at">The moment certificates are judged at: when the message was received, never the clock.</param>
    OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, NodaTime.Instant at);
}

/// <summary>Which keys an exchange uses, by name in the key ring. DistinguishedId is the SM2 user id.</summary>
public sealed record EnvelopeKeys(string OurKey, string BankCertificate, string DistinguishedId = "1234567812345678");

/// <summary>Keys by reference. Private keys never leave it as bytes of a profile or a database.</summary>
public interface IKeyRing
{
    /// <summary>Our private key, PEM (PKCS#8), or null where there is none of that name.</summary>
    string? PrivateKeyPem(string name);

    /// <summary>A certificate or bare public key, PEM, or null.</summary>
    string? CertificatePem(string name);
}
