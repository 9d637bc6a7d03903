using System.Buffers;

namespace Disbursement.Engine.Primitives;

/// <summary>What is wrong with a unified social credit code, the first fault found.</summary>
public enum CreditCodeFault { None, Form, CheckDigit }

/// <summary>
/// The unified social credit code of a company (统一社会信用代码), GB 32100: 18 characters, the last a check modulo 31.
/// </summary>
public static class CreditCode
{
    public const int Length = 18;

    // GB 32100: digits and capitals without I, O, S, V, Z, which are mistaken for digits and for one another.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>
    /// Holds the code to its form (authority, kind, region of six digits, alphabet), then to its check character.
    /// </summary>
    public static CreditCodeFault Check(ReadOnlySpan<char> code)
    {
        if (code.Length != Length || code.ContainsAnyExcept(Allowed)) return CreditCodeFault.Form;
        if (!"159Y".Contains(code[0]) || !"1239".Contains(code[1]) || !Digits.All(code[2..8]))
            return CreditCodeFault.Form;
        return CheckCharacter(code[..^1]) == code[^1] ? CreditCodeFault.None : CreditCodeFault.CheckDigit;
    }

    /// <summary>The check character that belongs to the first seventeen; character i weighs 3^i modulo 31.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        Invariant.Holds(seventeen.Length == Length - 1 && !seventeen.ContainsAnyExcept(Allowed),
            "a credit code has seventeen characters of its alphabet before its check");
        int sum = 0, weight = 1;
        foreach (var c in seventeen)
        {
            sum += Alphabet.IndexOf(c) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }
}
