using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "sm2-raw" and "sm2-raw-rs": the SM2 signature with SM3 over the body (GB/T 32918.2), as DER SEQUENCE { r, s
/// } or as 64 bytes r‖s
/// in Base64 text beside it. The user id is the exchange's DistinguishedId. The pinned entry may be a certificate or
/// a bare public
/// key; only a certificate can expire. The body travels unchanged.
/// </summary>
/// <param name="isJoined">True for r‖s.</param>
public sealed class Sm2RawEnvelope(bool isJoined = false) : IEnvelope
{
    /// <summary>Name in bank profiles: DER.</summary>
    public const string Kind = "sm2-raw";

    /// <summary>Name in bank profiles: r‖s.</summary>
    public const string JoinedKind = "sm2-raw-rs";

    /// <summary>Suffix of the Base64 signature file.</summary>
    public const string Suffix = ".sig";

    /// <summary>72 bytes of DER are 96 characters; the rest is room for line ends.</summary>
    private const int MaxTextBytes = 128;

    /// <summary>CryptographicException where the ring has no usable SM2 key of ours.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.OurSm2(keys, names.OurKey);
        var der = key.Sign(body.Span, names.DistinguishedId);
        var text = Convert.ToBase64String(isJoined ? Sm2.Joined(der) : der);
        return new SealedMessage(body, Encoding.ASCII.GetBytes(text), Suffix);
    }

    /// <summary>Total: any bytes open or give a fault.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Begin(message, Suffix, keys, names.BankCertificate, out var text, out var pinned) is { } early)
            return early;
        if (Decode(text.Span) is not { } spelt || (isJoined ? Sm2.Parted(spelt) : spelt) is not { } signature)
            return Opening.Refused(OpenFault.Malformed, "not a Base64 text of one signature");
        if (Opening.OtherKey(pinned!, names.BankCertificate) is { } other) return other;
        return pinned!.Verify(message.Body.Span, signature, names.DistinguishedId)
            ? Opening.Finish(message.Body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }

    /// <summary>The bytes, if this is their one Base64 spelling;
    /// line ends are passed over, for tools put them in.</summary>
    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxTextBytes) return null;
        byte[] plain = [.. text.ToArray().Where(c => c is not ((byte)'\r' or (byte)'\n'))];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(plain.Length)];
        if (Base64.DecodeFromUtf8(plain, bytes, out _, out var count) != OperationStatus.Done) return null;
        // The last character can carry bits that say nothing: only the spelling an encoder gives is taken.
        var spelling = Convert.ToBase64String(bytes.AsSpan(0, count));
        return spelling == Encoding.Latin1.GetString(plain) ? bytes[..count] : null;
    }
}
