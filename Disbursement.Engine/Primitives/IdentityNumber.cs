using NodaTime;

namespace Disbursement.Engine.Primitives;

/// <summary>What is wrong with a citizen's identity number, the first fault found.</summary>
public enum IdentityFault { None, Form, Date, CheckDigit }

/// <summary>
/// The citizen's identity number (公民身份号码) of GB 11643: region 6, birth date 8, sequence 3, check character 1.
/// </summary>
/// <remarks>A final "x" is read as "X"; whoever stores or hashes the number takes <see cref="Canonical"/>.</remarks>
public static class IdentityNumber
{
    public const int Length = 18;

    private const string CheckCharacters = "10X98765432";

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Holds the number to its form, its birth date and its check character, in this order.</summary>
    public static IdentityFault Check(ReadOnlySpan<char> number)
    {
        if (number.Length != Length || !Digits.All(number[..^1]) || !IsCheckCharacter(number[^1]))
            return IdentityFault.Form;
        if (!TryBirthDate(number, out _)) return IdentityFault.Date;
        return CheckCharacter(number[..^1]) == char.ToUpperInvariant(number[^1])
            ? IdentityFault.None
            : IdentityFault.CheckDigit;
    }

    /// <summary>The check character that belongs to the first seventeen digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        Invariant.Holds(seventeen.Length == Length - 1 && Digits.All(seventeen),
            "an identity number has seventeen digits before its check");
        var sum = 0;
        for (var i = 0; i < seventeen.Length; i++) sum += (seventeen[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    /// <summary>The birth date (出生日期) in digits 7 to 14, if there is such a day.</summary>
    public static bool TryBirthDate(ReadOnlySpan<char> number, out LocalDate date)
    {
        date = default;
        if (number.Length != Length || !Digits.All(number[6..14])) return false;
        var year = Digits.Value(number[6..10]);
        var month = Digits.Value(number[10..12]);
        var day = Digits.Value(number[12..14]);
        if (year == 0 || month is < 1 or > 12 || day < 1) return false;
        if (day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>Code of the county (县) the number was first given in; it may have been abolished since.</summary>
    public static string RegionCode(ReadOnlySpan<char> number) => number[..6].ToString();

    /// <summary>The one form that is stored and hashed: trimmed, "X" upper case.</summary>
    public static string Canonical(string number) => number.Trim().ToUpperInvariant();

    private static bool IsCheckCharacter(char c) => char.IsAsciiDigit(c) || c is 'X' or 'x';
}
