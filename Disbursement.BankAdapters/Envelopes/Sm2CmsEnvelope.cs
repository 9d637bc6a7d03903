using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "sm2-gmt0010" and "sm2-gmt0010-attached": SignedData of GM/T 0010 beside the body or around it, as CFCA's
/// SADK writes it: no signed attributes, the SM2 signature with SM3 directly over the body. Banks' kits name the
/// algorithm SM2-1 (…301.1) or SM2-with-SM3 (…501); we write the first and take both.
/// </summary>
/// <param name="isAttached">True: the file that travels is the SignedData, with the body inside.</param>
public sealed class Sm2CmsEnvelope(bool isAttached = false)
    : SignedDataEnvelope(SignedDataForm.Gmt0010, signsAttributes: false, isAttached)
{
    /// <summary>Name in bank profiles: the signature beside the body.</summary>
    public const string Kind = "sm2-gmt0010";

    /// <summary>Name in bank profiles: the body inside.</summary>
    public const string AttachedKind = "sm2-gmt0010-attached";

    private protected override SigningKey OurKey(IKeyRing keys, string name) => ParsedKeys.OurSm2(keys, name);

    private protected override (string Algorithm, bool HasNull) AlgorithmOf(SigningKey key) =>
        (KeyIdentifiers.Sm2Sign, true);

    private protected override bool IsAlgorithmOf(VerifyingKey pinned, string algorithm) =>
        KeyIdentifiers.IsSm2(pinned.Algorithm, algorithm);

    private protected override byte[] Digest(ReadOnlySpan<byte> body) => Sm2.Sm3(body);
}
