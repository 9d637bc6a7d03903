using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kind "sm4-form", as CMB's JSON interface has it (domain facts 7.2): the body is JSON in which
/// <c>"sigdat":"__signature_sigdat__"</c> stands once. It is signed whole with SM2 and SM3, the user id being the first
/// 16 characters of UID and sixteen zeros; r‖s in Base64 takes the place of the mark; the text is encrypted with SM4 in
/// CBC (PKCS#7 padding, IV = UID and "000000"), and travels as the form fields UID, FUNCODE, ALG=SM, DATA. UID, of ten
/// characters, is the DistinguishedId; the SM4 key, 32 hexadecimal digits, is the secret of our key's name.
/// </summary>
public sealed class Sm4FormEnvelope : IEnvelope
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "sm4-form";

    private const int UidCharacters = 10;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>CryptographicException where a key, the secret or the UID cannot be used, or the body has no mark.
    /// </summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var key = ParsedKeys.OurSm2(keys, names.OurKey);
        var sm4 = Sm4Key(keys, names) ?? throw new CryptographicException($"no SM4 key: '{names.OurKey}' and its UID");
        if (Function(Strict.GetString(body.Span)) is not { } function)
            throw new CryptographicException("the body has no funcode");
        var plain = Sigdat.Signed(body, key, names);
        var data = Convert.ToBase64String(Cipher(forEncryption: true, sm4, names, plain));
        return new SealedMessage(Encoding.ASCII.GetBytes(FormFields.Text(
            [("UID", names.DistinguishedId), ("FUNCODE", function), ("ALG", "SM"), ("DATA", data)])), null, "");
    }

    /// <summary>Total: any bytes open or give a fault. What decrypts is believed only for the signature
    /// inside.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Whole(message, "a form") is { } early) return early;
        if (Opening.Pinned(keys, names.BankCertificate, out var pinned) is { } unknown) return unknown;
        if (Sm4Key(keys, names) is not { } sm4)
            return Opening.Refused(OpenFault.SignerUnknown, $"no SM4 key: '{names.OurKey}' and its UID");
        if (Opening.OtherKey(pinned!, names.BankCertificate) is { } other) return other;
        try
        {
            if (FormFields.Read(message.Body.Span) is not { Count: 4 } form || form.GetValueOrDefault("ALG") != "SM"
                || form.GetValueOrDefault("UID") != names.DistinguishedId || !form.TryGetValue("DATA", out var data))
                return Opening.Refused(OpenFault.Malformed, "not the fields UID, FUNCODE, ALG=SM and DATA");
            var text = Strict.GetString(Cipher(forEncryption: false, sm4, names, Convert.FromBase64String(data)));
            if (form.GetValueOrDefault("FUNCODE") != Function(text))
                return Opening.Refused(OpenFault.Malformed, "FUNCODE is not the one inside");
            return Sigdat.Open(text, pinned!, names, at);
        }
        catch (Exception fault) when (BouncyKeys.IsOfTheBytes(fault))
        {
            return Opening.Refused(OpenFault.Malformed, "it does not decrypt to a signed text");
        }
    }

    private static byte[] Cipher(bool forEncryption, byte[] key, EnvelopeKeys names, byte[] bytes)
    {
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new SM4Engine()), new Pkcs7Padding());
        var iv = Encoding.ASCII.GetBytes(names.DistinguishedId + "000000");
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(key), iv));
        return cipher.DoFinal(bytes);
    }

    /// <summary>Null where there is no such secret, it is no SM4 key, or the UID has not ten characters.</summary>
    private static byte[]? Sm4Key(IKeyRing keys, EnvelopeKeys names) =>
        keys.Secret(names.OurKey) is { Length: 32 } hex && hex.All(char.IsAsciiHexDigit)
        && names.DistinguishedId.Length == UidCharacters && names.DistinguishedId.All(char.IsAsciiLetterOrDigit)
            ? Convert.FromHexString(hex) : null;

    /// <summary>The text of the first "funcode" in the JSON; null where there is none.</summary>
    private static string? Function(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("funcode"u8)
                    && reader.Read() && reader.TokenType == JsonTokenType.String)
                    return reader.GetString();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
