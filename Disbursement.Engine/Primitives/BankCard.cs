namespace Disbursement.Engine.Primitives;

/// <summary>
/// The number on a bank card (银行卡号): 16 to 19 digits, the last a Luhn check (ISO/IEC 7812-1 annex B).
/// </summary>
/// <remarks>Old passbook and corporate accounts do not follow it, so a failed check warns and never refuses.</remarks>
public static class BankCard
{
    /// <summary>Whether the number has the length of a card and its check digit is right.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) => number.Length is >= 16 and <= 19 && PassesLuhn(number);

    /// <summary>Whether the last digit is the Luhn check of those before it, whatever the length.</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> number) =>
        number.Length > 1 && Digits.All(number) && CheckDigit(number[..^1]) == number[^1];

    /// <summary>
    /// The digit to put behind the others: every second digit from the right is doubled, its digits added.
    /// </summary>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        Invariant.Holds(digits.Length > 0 && Digits.All(digits), "a card number has digits before its check");
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 0) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
            sum += digit;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
