namespace Disbursement.Engine.Primitives;

/// <summary>ASCII digits only: full-width and other scripts' digits are no digits to a bank or a standard.</summary>
internal static class Digits
{
    public static bool All(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>The number that at most nine digits spell.</summary>
    public static int Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits) value = value * 10 + (c - '0');
        return value;
    }
}
