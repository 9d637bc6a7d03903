using System.Globalization;

namespace Disbursement.Host.Samples;

/// <summary>Made-up numbers whose check characters hold, so that samples pass every check real ones must
/// pass.</summary>
public static class SampleIdentifiers
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static ReadOnlySpan<byte> IdentityWeights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The 18-character identity number (GB 11643) of its first 17 digits.</summary>
    public static string Identity(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (first17[i] - '0') * IdentityWeights[i];
        return string.Concat(first17, [("10X98765432")[sum % 11]]);
    }

    /// <summary>The 18-character credit code (统一社会信用代码, GB 32100) of its first 17 characters.</summary>
    public static string CreditCode(ReadOnlySpan<char> first17)
    {
        int sum = 0, weight = 1;
        foreach (var c in first17)
        {
            sum += CreditAlphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return string.Concat(first17, [CreditAlphabet[(31 - sum % 31) % 31]]);
    }

    /// <summary>A made-up credit code of a company registered in Guiyang (520100).</summary>
    public static string CreditCode(SampleSeed seed)
    {
        Span<char> first17 = stackalloc char[17];
        "91520100MA".CopyTo(first17);
        for (var i = 10; i < 17; i++) first17[i] = CreditAlphabet[seed.Below(31)];
        return CreditCode(first17);
    }

    /// <summary>The 12-digit number of a bank's branch (联行号): bank, city, branch, check digit by ISO 7064 MOD
    /// 11,10.</summary>
    public static string Cnaps(string bank, string city, string branch)
    {
        var first11 = bank + city + branch;
        var p = 10;
        foreach (var c in first11)
        {
            var s = (p + (c - '0')) % 10;
            p = 2 * (s == 0 ? 10 : s) % 11;
        }
        return $"{first11}{(11 - p) % 10}";
    }

    /// <summary>A bank card: the digits with their Luhn check digit behind them.</summary>
    public static string Card(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return string.Concat(digits, [(char)('0' + (10 - sum % 10) % 10)]);
    }

    /// <summary>Whether the six digits before the check digit, 990001 to 990010, make the sandbox bank
    /// misbehave.</summary>
    public static bool IsMagic(ReadOnlySpan<char> card) =>
        card.Length > 7 && int.Parse(card[^7..^1], CultureInfo.InvariantCulture) is >= 990001 and <= 990010;
}
