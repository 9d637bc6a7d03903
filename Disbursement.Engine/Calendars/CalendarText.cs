using System.Globalization;
using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Calendars;

/// <summary>
/// The text a legal calendar is kept in: "year 2026", "2026-02-14 work", "2026-02-15 off", "2026-02-17 holiday".
/// </summary>
/// <remarks>
/// "#" begins a comment line. The canonical form has no comments and is in order: each year, then its days.
/// </remarks>
public static class CalendarText
{
    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    private static readonly ParsedOnce<Decision<LegalCalendar>> Known =
        new(bytes => Parse(Encoding.UTF8.GetString(bytes.Span), "cn"));

    /// <summary>The calendar of an adopted document; the same bytes are read once.</summary>
    public static Decision<LegalCalendar> Of(ReadOnlyMemory<byte> document) => Known.Of(document);

    /// <summary>Reads a calendar, or refuses it with every line that is wrong.</summary>
    public static Decision<LegalCalendar> Parse(string text, string file = "")
    {
        var years = new HashSet<int>();
        var marks = new Dictionary<LocalDate, DayMark>();
        var findings = new List<Finding>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var content = line.Trim();
            if (content.IsEmpty || content[0] == '#') continue;
            var rule = Take(content.ToString(), years, marks);
            if (rule is null) continue;
            var at = new Place(file, number, "", content.ToString());
            findings.Add(new(rule, at, number.ToString(CultureInfo.InvariantCulture), at.Value));
        }
        foreach (var day in marks.Keys.Where(day => !years.Contains(day.Year)).Order())
        {
            var at = new Place(file, 0, "", Date.Format(day));
            findings.Add(new(CalendarRules.DayOutsideYear, at, at.Value, Year(day.Year)));
        }
        return findings.Count > 0
            ? Decision<LegalCalendar>.Refuse(findings)
            : Decision<LegalCalendar>.Accept(new LegalCalendar(years, marks));
    }

    /// <summary>The canonical form, line feeds at the ends: the same calendar is the same bytes.</summary>
    public static string Format(LegalCalendar calendar)
    {
        var text = new StringBuilder();
        foreach (var year in calendar.Years)
        {
            text.Append("year ").Append(Year(year)).Append('\n');
            foreach (var (day, mark) in calendar.Marks.Where(m => m.Key.Year == year))
                text.Append(Date.Format(day)).Append(' ').Append(Word(mark)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Enters one line; the rule it breaks, or null.</summary>
    private static RefusalRule? Take(string line, HashSet<int> years, Dictionary<LocalDate, DayMark> marks)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2) return CalendarRules.UnreadableLine;
        if (parts[0] == "year")
        {
            if (parts[1].Length != 4 || !Digits.All(parts[1]) || parts[1] == "0000")
                return CalendarRules.UnreadableLine;
            return years.Add(Digits.Value(parts[1])) ? null : CalendarRules.DuplicateDay;
        }
        if (!Date.Parse(parts[0]).TryGetValue(default, out var day) || Mark(parts[1]) is not { } mark)
            return CalendarRules.UnreadableLine;
        return marks.TryAdd(day, mark) ? null : CalendarRules.DuplicateDay;
    }

    private static DayMark? Mark(string word) => word switch
    {
        "work" => DayMark.Work,
        "off" => DayMark.Off,
        "holiday" => DayMark.Holiday,
        _ => null,
    };

    private static string Word(DayMark mark) => mark switch
    {
        DayMark.Work => "work",
        DayMark.Off => "off",
        DayMark.Holiday => "holiday",
        _ => throw new DefectException($"no such day mark: {mark}"),
    };

    private static string Year(int year) => year.ToString("0000", CultureInfo.InvariantCulture);
}
