using NodaTime;

namespace Disbursement.Engine.Primitives;

/// <summary>Dates and names as people write them in sheets.</summary>
public static class SheetText
{
    /// <summary>The middle dot (间隔号) of minority names, as identity cards and most banks hold it.</summary>
    public const char MiddleDot = '·';

    /// <summary>A real date written 2026-03-01, 2026/3/1, 2026.3.1, 20260301 or 2026年3月1日; false for all
    /// else.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out LocalDate date)
    {
        date = default;
        text = text.Trim();
        if (text.Length > 0 && text[^1] == '日') text = text[..^1];
        Span<int> parts = stackalloc int[3];
        if (text.Length == 8 && text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return TryNumber(text[..4], out parts[0]) && TryNumber(text[4..6], out parts[1])
                && TryNumber(text[6..], out parts[2]) && TryCompose(parts, out date);
        }
        for (var i = 0; i < 3; i++)
        {
            var end = text.IndexOfAnyExceptInRange('0', '9');
            if (end < 0) end = text.Length;
            if (end == 0 || end > 4 || !TryNumber(text[..end], out parts[i])) return false;
            text = text[end..];
            if (i == 2) return text.IsEmpty && TryCompose(parts, out date);
            if (text.IsEmpty || !IsSeparator(text[0], i)) return false;
            text = text[1..];
        }
        return false;
    }

    /// <summary>A name with every look-alike of the middle dot (• U+2022, ・ U+30FB, ． U+FF0E) written as ·.</summary>
    public static string WithMiddleDot(string name) => name.AsSpan().IndexOfAny('•', '・', '．') < 0
        ? name
        : name.Replace('•', MiddleDot).Replace('・', MiddleDot).Replace('．', MiddleDot);

    private static bool IsSeparator(char c, int after) => c is '-' or '/' or '.' || c == (after == 0 ? '年' : '月');

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var c in digits) number = number * 10 + (c - '0');
        return digits.Length <= 4;
    }

    private static bool TryCompose(ReadOnlySpan<int> parts, out LocalDate date)
    {
        date = default;
        var (year, month, day) = (parts[0], parts[1], parts[2]);
        // A century around the present: 0206 or 9202 is a slip of the pen, not a date on a building site.
        if (year is < 1950 or > 2100 || month is < 1 or > 12 || day < 1) return false;
        if (day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
        date = new LocalDate(year, month, day);
        return true;
    }
}
