using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Kinds "form-sha256" and "form-sm3": a body of form fields (<c>a=1&amp;b=2</c>, percent-encoded UTF-8) gets the field
/// <c>sign</c>: the digest in capital hexadecimal over the fields, which must have a value, sorted by name, decoded, as
/// <c>name=value</c> joined with <c>&amp;</c>, and <c>&amp;key=SECRET</c> behind. The secret is the shared one of our
/// key's name. It proves that the other side knows the secret, which is both sides': no evidence against either.
/// </summary>
public sealed class FormEnvelope(string kind) : IEnvelope
{
    /// <summary>Name in bank profiles: SHA-256.</summary>
    public const string Sha256Kind = "form-sha256";

    /// <summary>Name in bank profiles: SM3 (GB/T 32905).</summary>
    public const string Sm3Kind = "form-sm3";

    private const string Sign = "sign";

    /// <summary>CryptographicException where there is no secret, or the body is no form without a sign.</summary>
    public SealedMessage Seal(ReadOnlyMemory<byte> body, IKeyRing keys, EnvelopeKeys names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var secret = SecretOf(keys, names)
            ?? throw new CryptographicException($"the key ring has no secret '{names.OurKey}'");
        if (FormFields.Read(body.Span) is not { } fields || fields.ContainsKey(Sign))
            throw new CryptographicException("the body is no form without a signature");
        var signature = Encoding.ASCII.GetBytes($"&{Sign}={Digest(fields, secret)}");
        return new SealedMessage((byte[])[.. body.Span, .. signature], null, "");
    }

    /// <summary>Total: any bytes open or give a fault. The sign stands last, as it is written.</summary>
    public OpenedMessage Open(SealedMessage message, IKeyRing keys, EnvelopeKeys names, Instant at)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(names);
        if (Opening.Whole(message, "a form") is { } early) return early;
        if (SecretOf(keys, names) is not { } secret)
            return Opening.Refused(OpenFault.SignerUnknown, $"the key ring has no secret '{names.OurKey}'");
        var text = message.Body.Span;
        var at0 = text.LastIndexOf("&sign="u8);
        if (at0 < 0) return Opening.Refused(OpenFault.SignatureMissing, "the form has no sign behind its fields");
        var said = text[(at0 + "&sign=".Length)..];
        if (FormFields.Read(text[..at0]) is not { } fields || fields.ContainsKey(Sign))
            return Opening.Refused(OpenFault.Malformed, "no form with one sign");
        return CryptographicOperations.FixedTimeEquals(said, Encoding.ASCII.GetBytes(Digest(fields, secret)))
            ? new OpenedMessage(OpenFault.None, message.Body[..at0], names.BankCertificate, "")
            : Opening.Refused(OpenFault.SignatureInvalid, "the sign is not the secret's over these fields");
    }

    private static string? SecretOf(IKeyRing keys, EnvelopeKeys names) =>
        keys.Secret(names.OurKey) is { Length: > 0 } secret ? secret : null;

    private string Digest(SortedDictionary<string, string> fields, string secret)
    {
        var text = string.Join('&', fields.Select(field => $"{field.Key}={field.Value}").Append($"key={secret}"));
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexString(kind == Sm3Kind ? Sm2.Sm3(bytes) : SHA256.HashData(bytes));
    }
}

/// <summary>Fields of a form, sorted by name by code point.</summary>
internal static class FormFields
{
    private const int MostFields = 1_000;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null where the bytes are no form: not UTF-8, a field without '=', a bad escape, a name twice or none,
    /// a field without value. Kits leave those out of what they sign: what is not signed is not taken.</summary>
    public static SortedDictionary<string, string>? Read(ReadOnlySpan<byte> form)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var pair in Strict.GetString(form).Split('&'))
            {
                var parts = pair.Split('=', 2);
                if (parts.Length != 2 || parts[0].Length == 0 || fields.Count == MostFields) return null;
                var (name, value) = (Decoded(parts[0]), Decoded(parts[1]));
                if (name is null || value is not { Length: > 0 } || !fields.TryAdd(name, value)) return null;
            }
            return fields;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static string Text(IEnumerable<(string Name, string Value)> fields) => string.Join('&',
        fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>One spelling per value: every '%' has two digits behind it, and what they spell is UTF-8.</summary>
    private static string? Decoded(string text)
    {
        var bytes = new List<byte>(text.Length);
        var plain = Strict.GetBytes(text);
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] == '+') bytes.Add((byte)' ');
            else if (plain[i] != '%') bytes.Add(plain[i]);
            else if (i + 2 < plain.Length && char.IsAsciiHexDigit((char)plain[i + 1])
                && char.IsAsciiHexDigit((char)plain[i + 2]))
            {
                bytes.Add(Convert.FromHexString([(char)plain[i + 1], (char)plain[i + 2]])[0]);
                i += 2;
            }
            else return null;
        }
        return Strict.GetString([.. bytes]);
    }
}
