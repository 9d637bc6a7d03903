using System.Globalization;
using System.Text;

namespace Disbursement.Engine.Returns;

/// <summary>
/// What a credit's purpose text (用途, 附言) says its money is for: "垫付 17" an obligation, "责令 人社令〔2026〕1号" an
/// authority's order. Blanks, colons and full-width forms make no difference; no standard gives a form.
/// </summary>
/// <param name="Obligation">The obligation's number; −1 for one no ledger can have. Null where none is named.</param>
/// <param name="Order">The order's number, as <see cref="Fold"/> writes it. Null where none is named.</param>
public readonly record struct CreditPurpose(long? Obligation, string? Order)
{
    public const string Advance = "垫付";
    public const string Ordered = "责令";

    /// <summary>Where a number ends. Brackets of every kind belong to an order's number.</summary>
    private const string Ends = ",;、。";

    /// <summary>
    /// A number must follow the word at once and stand alone: "垫付2026年工资" and "垫付工资" name nothing. An order's
    /// number has a digit in it.
    /// </summary>
    public static CreditPurpose Of(string purpose)
    {
        if (After(purpose, Advance) is { } advance)
        {
            var digits = advance.TakeWhile(char.IsAsciiDigit).Count();
            var alone = digits == advance.Length || !char.IsLetterOrDigit(advance[digits]);
            if (digits > 0 && alone)
                return new(long.TryParse(advance.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var number) ? number : -1, null);
        }
        if (After(purpose, Ordered) is { } ordered)
        {
            var number = Fold(ordered.Split(Ends.ToCharArray())[0]);
            if (number.Any(char.IsAsciiDigit)) return new(null, number);
        }
        return default;
    }

    /// <summary>Full-width forms as ASCII, without blanks.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsWhiteSpace(c)) folded.Append(Narrow(c));
        return folded.ToString();
    }

    /// <summary>What follows the word, full-width forms as ASCII; null where the word is not there.</summary>
    private static string? After(string purpose, string word)
    {
        var at = purpose.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null
            : string.Concat(purpose[(at + word.Length)..].Select(Narrow)).TrimStart(' ', '\t', ':', '#');
    }

    /// <summary>U+FF01 … U+FF5E are ASCII 0x21 … 0x7E; U+3000 is the full-width blank.</summary>
    private static char Narrow(char c) =>
        c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c == '\u3000' ? ' ' : c;
}
