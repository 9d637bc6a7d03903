using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "sm2-cms" and "sm2-cms-attached": CMS SignedData of RFC 5652 with SM3 and SM2, the other of the two families
/// that banks' kits write. Signed are the attributes content-type and message-digest; the signature's algorithm is
/// named SM2-with-SM3 (…501), and …301.1 is taken too.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class Sm2AttributedEnvelope(bool isAttached = false)
    : SignedDataEnvelope(SignedDataForm.CmsSm3, signsAttributes: true, isAttached)
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "sm2-cms";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "sm2-cms-attached";

    private protected override SigningKey OurKey(IKeyRing keys, string name) => ParsedKeys.OurSm2(keys, name);

    private protected override (string Algorithm, bool HasNull) AlgorithmOf(SigningKey key) =>
        (KeyIdentifiers.Sm2WithSm3, false);

    private protected override bool IsAlgorithmOf(VerifyingKey pinned, string algorithm) =>
        KeyIdentifiers.IsSm2(pinned.Algorithm, algorithm);

    private protected override byte[] Digest(ReadOnlySpan<byte> body) => Sm2.Sm3(body);
}
