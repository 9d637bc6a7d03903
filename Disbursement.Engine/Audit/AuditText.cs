using System.Buffers;
using System.Globalization;
using System.Text;

namespace Disbursement.Engine.Audit;

/// <summary>How the audit formats write numbers, words and free text: each value in exactly one way, so that bytes that
/// parse are the bytes that would be written.</summary>
internal static class AuditText
{
    /// <summary>UTF-8 that refuses what is not UTF-8.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, true);

    private static readonly SearchValues<char> WordLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/");

    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c), '\x7f', '%']);

    /// <summary>Letters, digits and . _ - / , one to a hundred of them.</summary>
    public static bool IsWord(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 100 && !text.ContainsAnyExcept(WordLetters);

    /// <summary>
    /// A decimal number of at least <paramref name="least"/>: no plus, no leading zero, no minus zero.
    /// </summary>
    public static bool TryNumber(ReadOnlySpan<char> text, long least, out long number)
    {
        number = 0;
        var digits = text.StartsWith("-") ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;
        if (digits[0] == '0' && text.Length > 1) return false;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number >= least;
    }

    /// <summary>Writes percent, control characters and newline as %XX.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(MustEscape)) return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (MustEscape.Contains(c)) escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>Undoes <see cref="Escape"/>; refuses an escape it would not have written.</summary>
    public static bool TryUnescape(string text, out string value)
    {
        value = text;
        if (!text.AsSpan().ContainsAny(MustEscape)) return true;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%') plain.Append(text[i]);
            else if (i + 2 < text.Length && byte.TryParse(
                text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 2;
            }
            else return false;
        }
        value = plain.ToString();
        return Escape(value) == text;
    }

    /// <summary>Base64 with padding, and only the one text that encodes these bytes.</summary>
    public static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return false;
        bytes = bytes[..length];
        return Convert.ToBase64String(bytes) == text;
    }

    /// <summary>Strict UTF-8, or false.</summary>
    public static bool TryUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
