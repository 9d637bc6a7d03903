using System.Collections.Frozen;
using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Calendars;

/// <summary>What the calendar says of a day that is not an ordinary one.</summary>
public enum DayMark
{
    /// <summary>A weekend day worked to make up for a rest day (调休上班).</summary>
    Work,
    /// <summary>A rest day by the yearly notice (调休放假), or a weekend day it joins to a holiday.</summary>
    Off,
    /// <summary>A statutory holiday (法定节假日), on which overtime is paid 300 %.</summary>
    Holiday,
}

/// <summary>
/// The legal working days (法定工作日) of the years it covers. Immutable; the canonical text is what is stored and replayed.
/// </summary>
/// <remarks>
/// A day of a year that is not covered has no answer here: asking for it is a defect, so ask <see cref="Covers"/>
/// first.
/// </remarks>
public sealed class LegalCalendar
{
    private readonly FrozenDictionary<int, YearDays> _years;
    private readonly SortedDictionary<LocalDate, DayMark> _marks;

    internal LegalCalendar(IReadOnlySet<int> years, IReadOnlyDictionary<LocalDate, DayMark> marks)
    {
        _marks = new(marks.ToDictionary());
        _years = years.ToFrozenDictionary(year => year, year => new YearDays(year, _marks));
    }

    /// <summary>The years that are complete, ascending.</summary>
    public IEnumerable<int> Years => _years.Keys.Order();

    /// <summary>The days that are not ordinary, ascending.</summary>
    public IEnumerable<KeyValuePair<LocalDate, DayMark>> Marks => _marks;

    /// <summary>Whether the year's notice has been entered.</summary>
    public bool Covers(int year) => _years.ContainsKey(year);

    /// <summary>Whether the law counts the day as a working day. A year not covered is a defect.</summary>
    public bool IsWorkingDay(LocalDate day) => Year(day).Working[day.DayOfYear];

    /// <summary>Whether the day is a statutory holiday. A year not covered is a defect.</summary>
    public bool IsHoliday(LocalDate day) => Year(day).Holidays[day.DayOfYear];

    /// <summary>The day itself if it is a working day, else the nearest earlier one.</summary>
    public Decision<LocalDate> RollEarlier(LocalDate day) => RollEarlier(day, IsWorkingDay);

    /// <summary>
    /// The nearest day at or before the given one that is open in the given sense; a missing year is refused.
    /// </summary>
    internal Decision<LocalDate> RollEarlier(LocalDate day, Func<LocalDate, bool> open)
    {
        while (Covers(day.Year))
        {
            if (open(day)) return Decision<LocalDate>.Accept(day);
            day = day.PlusDays(-1);
        }
        return Decision<LocalDate>.Refuse([Missing(day.Year)]);
    }

    /// <summary>The warning that a year will be needed within the horizon and is not there, or null.</summary>
    /// <param name="today">The day of the sweep.</param>
    /// <param name="horizonDays">
    /// How far ahead due dates reach: a month's wage falls due up to two months later.
    /// </param>
    public Finding? RunsOut(LocalDate today, int horizonDays = 62)
    {
        var last = today.PlusDays(horizonDays).Year;
        for (var year = today.Year; year <= last; year++)
            if (!Covers(year)) return new(CalendarRules.YearSoonMissing, Place.Nowhere, Text(year));
        return null;
    }

    /// <summary>What is said where a year would be needed and is not there.</summary>
    public static Finding Missing(int year) => new(CalendarRules.MissingYear, Place.Nowhere, Text(year));

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);

    private YearDays Year(LocalDate day) => _years.TryGetValue(day.Year, out var year)
        ? year
        : throw new DefectException($"the legal calendar was asked for {day:uuuu-MM-dd}, a year it does not cover");

    /// <summary>A year as two rows of flags, by day of the year from 1.</summary>
    private sealed class YearDays
    {
        public YearDays(int year, SortedDictionary<LocalDate, DayMark> marks)
        {
            var length = CalendarSystem.Iso.GetDaysInYear(year);
            Working = new bool[length + 1];
            Holidays = new bool[length + 1];
            for (var day = new LocalDate(year, 1, 1); day.Year == year; day = day.PlusDays(1))
            {
                var marked = marks.TryGetValue(day, out var mark);
                Working[day.DayOfYear] = marked ? mark == DayMark.Work : day.DayOfWeek < IsoDayOfWeek.Saturday;
                Holidays[day.DayOfYear] = marked && mark == DayMark.Holiday;
            }
        }

        public bool[] Working { get; }
        public bool[] Holidays { get; }
    }
}
