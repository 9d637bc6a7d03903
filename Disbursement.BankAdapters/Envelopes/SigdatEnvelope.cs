using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kind "sm2-sigdat", the signature of CMB's JSON interface (domain facts 7.2) without the SM4 form around it: a JSON
/// text in which <c>"sigdat":"__signature_sigdat__"</c> stands once is signed whole with SM2 and SM3, the user id being
/// the first 16 characters of UID (the DistinguishedId) and sixteen zeros; r‖s in Base64 takes the place of the mark.
/// </summary>
/// <remarks>What is kept is the signed text itself: it stays evidence when no shared SM4 key is left.</remarks>
public sealed class SigdatEnvelope : IEnvelope
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "sm2-sigdat";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>CryptographicException where the key is no SM2 key or the body has not one mark.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.OurSm2(keys, names.OurKey);
        return new SealedMessage(Sigdat.Signed(body, key, names), null, "");
    }

    /// <summary>Total: any bytes open or give a fault. The body has the mark back in its place.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Whole(message, "a text that carries its own") is { } early) return early;
        if (Opening.Pinned(keys, names.BankCertificate, out var pinned) is { } unknown) return unknown;
        if (Opening.OtherKey(pinned!, names.BankCertificate) is { } other) return other;
        try
        {
            return Sigdat.Open(Strict.GetString(message.Body.Span), pinned!, names, at);
        }
        catch (DecoderFallbackException)
        {
            return Opening.Refused(OpenFault.Malformed, "it is no text in UTF-8");
        }
    }
}

/// <summary>A JSON text with its own signature in it.</summary>
internal static class Sigdat
{
    private const string Mark = "__signature_sigdat__";
    private const string Before = "\"sigdat\":\"";
    private const int JoinedBase64 = 88;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text with the signature in place of the mark.</summary>
    public static byte[] Signed(ReadOnlyMemory<byte> body, SigningKey key, EnvelopeKeys names)
    {
        var text = Strict.GetString(body.Span);
        if (text.Split(Before + Mark + "\"").Length != 2)
            throw new CryptographicException($"the body has not one {Mark}");
        var signature = Convert.ToBase64String(Sm2.Joined(key.Sign(body.Span, UserId(names))));
        return Encoding.UTF8.GetBytes(text.Replace(Mark, signature, StringComparison.Ordinal));
    }

    /// <summary>The text with the mark back in place of its signature, if that is the pinned key's.</summary>
    public static OpenedMessage Open(string text, VerifyingKey pinned, EnvelopeKeys names, Instant at)
    {
        var place = text.IndexOf(Before, StringComparison.Ordinal);
        if (place < 0 || text.IndexOf(Before, place + 1, StringComparison.Ordinal) >= 0)
            return Opening.Refused(OpenFault.SignatureMissing, "not one sigdat inside");
        var from = place + Before.Length;
        var end = text.IndexOf('"', from);
        var joined = new byte[64];
        if (end - from != JoinedBase64 || !Convert.TryFromBase64String(text[from..end], joined, out var count)
            || count != joined.Length || Convert.ToBase64String(joined) != text[from..end]
            || Sm2.Parted(joined) is not { } signature)
            return Opening.Refused(OpenFault.Malformed, "sigdat is no signature");
        var body = Encoding.UTF8.GetBytes(text[..from] + Mark + text[end..]);
        return pinned.Verify(body, signature, UserId(names))
            ? Opening.Finish(body, pinned, at)
            : Opening.Refused(OpenFault.SignatureInvalid, Opening.NotItsSignature, pinned.Signer);
    }

    private static string UserId(EnvelopeKeys names) => (names.DistinguishedId + "0000000000000000")[..16];
}
