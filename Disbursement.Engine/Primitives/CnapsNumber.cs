namespace Disbursement.Engine.Primitives;

/// <summary>A branch's number in the payment system (CNAPS 联行号): bank 3, city 4, branch 4, check 1.</summary>
/// <remarks>
/// The check is ISO 7064 MOD 11,10 (GB/T 17710). No published text of the rule was found, only numbers that all follow
/// it:
/// a failed check warns and never refuses.
/// </remarks>
public static class CnapsNumber
{
    public const int Length = 12;

    /// <summary>Whether the number has twelve digits and its check digit is right.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length == Length && Digits.All(number) && CheckDigit(number[..^1]) == number[^1];

    /// <summary>The check digit that belongs to the first eleven.</summary>
    public static char CheckDigit(ReadOnlySpan<char> eleven)
    {
        Invariant.Holds(eleven.Length == Length - 1 && Digits.All(eleven),
            "a CNAPS number has eleven digits before its check");
        var product = 10;
        foreach (var c in eleven)
        {
            var sum = (product + c - '0') % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (char)('0' + (11 - product) % 10);
    }

    /// <summary>
    /// The bank's code (行别代码): the first three digits, the same three a partner bank's profile carries.
    /// </summary>
    public static ReadOnlySpan<char> BankCode(ReadOnlySpan<char> number) => number[..3];
}
