namespace Disbursement.BankAdapters.Seams;

/// <summary>Bytes as they travel, with the detached signature
/// that stands beside them, if the envelope makes one.</summary>
/// <param name="SignatureSuffix">".p7s" or ".sig"; empty without a detached signature.</param>
public sealed record SealedMessage(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Signature, string SignatureSuffix)
{
    /// <summary>As a store keeps it: of an array that is null the compiler would make a signature of no bytes.
    /// </summary>
    /// <param name="suffix">What the envelope puts behind a signature's name.</param>
    public static SealedMessage Of(byte[] body, byte[]? signature, string suffix) =>
        signature is null ? new(body, null, "") : new(body, signature, suffix);
}

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

    /// <summary>A certificate or bare public key, PEM, or null. Several certificates in one entry overlap while a
    /// partner changes its key.</summary>
    string? CertificatePem(string name);

    /// <summary>A secret shared with the bank, as text, or null.</summary>
    string? Secret(string name) => null;
}

/// <summary>A private key that never leaves its device: it signs there.</summary>
public interface IDeviceKey
{
    /// <summary>Its public key as DER SubjectPublicKeyInfo.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs with SHA-256: PKCS#1 v1.5 for RSA, DER { r, s } for ECDSA. CryptographicException where the
    /// device does not.</summary>
    byte[] Sign(ReadOnlySpan<byte> data);
}

/// <summary>Optional: a key ring some of whose keys are on devices.</summary>
public interface IDeviceKeyRing
{
    /// <summary>The key of that name, or null where it is on no device.</summary>
    IDeviceKey? DeviceKey(string name);
}
