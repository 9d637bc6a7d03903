using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "cms-detached" and "cms-attached": CMS SignedData (RFC 5652; PKCS#7) beside the body or around it, SHA-256,
/// RSA of 3072 bits or ECDSA P-256 as the key has it. Signed are the attributes content-type and message-digest; there
/// is no signing time, for the moment of a signature is the engine's to say, not this machine's.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class CmsEnvelope(bool isAttached = false)
    : SignedDataEnvelope(SignedDataForm.Cms, signsAttributes: true, isAttached)
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "cms-detached";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "cms-attached";

    private protected override SigningKey OurKey(IKeyRing keys, string name)
    {
        var key = ParsedKeys.Ours(keys, name);
        return key.Algorithm != KeyAlgorithm.Sm2 ? key
            : throw new CryptographicException($"'{name}' is an SM2 key: {Kind} signs with RSA or ECDSA");
    }

    // RSA goes by the key's own identifier, as openssl writes it: every verifier must know that one (RFC 3370 §3.2).
    private protected override (string Algorithm, bool HasNull) AlgorithmOf(SigningKey key) =>
        key.Algorithm == KeyAlgorithm.Rsa ? (KeyIdentifiers.Rsa, true) : (KeyIdentifiers.EcdsaWithSha256, false);

    private protected override bool IsAlgorithmOf(VerifyingKey pinned, string algorithm) => pinned.Algorithm switch
    {
        KeyAlgorithm.Rsa => algorithm is KeyIdentifiers.Rsa or KeyIdentifiers.RsaWithSha256,
        KeyAlgorithm.EcdsaP256 => algorithm == KeyIdentifiers.EcdsaWithSha256,
        _ => false,
    };

    private protected override byte[] Digest(ReadOnlySpan<byte> body) => SHA256.HashData(body);

    private protected override string UserId(EnvelopeKeys names) => "";
}
