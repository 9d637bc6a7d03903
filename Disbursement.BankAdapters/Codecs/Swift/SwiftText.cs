using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Swift;

/// <summary>Days and amounts as SWIFT writes them.</summary>
internal static class SwiftText
{
    /// <summary>YYMMDD; years from 80 are of the last century, as banks write old statements.</summary>
    public static LocalDate? Day(ReadOnlySpan<char> text)
    {
        if (text.Length != 6 || text.ContainsAnyExceptInRange('0', '9')) return null;
        var (year, month, day) = (Two(text), Two(text[2..]), Two(text[4..]));
        year += year < 80 ? 2000 : 1900;
        return month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;
    }

    /// <summary>MMDD of an entry next to its value day: at most half a year away, over a year's end.</summary>
    public static LocalDate? BookedOn(ReadOnlySpan<char> text, LocalDate valueDay)
    {
        if (text.Length != 4 || text.ContainsAnyExceptInRange('0', '9')) return null;
        var (month, day) = (Two(text), Two(text[2..]));
        if (month is < 1 or > 12 || day < 1) return null;
        var year = valueDay.Year + (month - valueDay.Month > 6 ? -1 : valueDay.Month - month > 6 ? 1 : 0);
        return day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;
    }

    /// <summary>Digits with one comma, at most two decimals: "1234,5", "1234,". No sign.</summary>
    public static Money? Amount(ReadOnlySpan<char> text)
    {
        Span<char> yuan = stackalloc char[20];
        var comma = text.IndexOf(',');
        if (comma < 0 || text.Length > 18 || text[..comma].ContainsAnyExceptInRange('0', '9')
            || text[(comma + 1)..].ContainsAnyExceptInRange('0', '9')) return null;
        text.CopyTo(yuan);
        yuan[comma] = '.';
        return Money.ParseYuan(yuan[..text.Length], out var amount) == MoneyText.Valid ? amount : null;
    }

    private static int Two(ReadOnlySpan<char> text) => (text[0] - '0') * 10 + text[1] - '0';
}
