using System.Globalization;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Calendars.SampleCalendars;

namespace Disbursement.Tests.Calendars;

public class LegalCalendarTests
{
    [Theory]
    [InlineData("2026-02-20", "2026-02-14")]
    [InlineData("2026-02-15", "2026-02-14")]
    [InlineData("2025-02-01", "2025-01-27")]
    [InlineData("2025-10-05", "2025-09-30")]
    [InlineData("2026-01-01", "2025-12-31")]
    [InlineData("2026-05-03", "2026-04-30")]
    [InlineData("2026-09-27", "2026-09-24")]
    [InlineData("2026-03-15", "2026-03-13")]
    [InlineData("2026-02-28", "2026-02-28")]
    [InlineData("2026-01-04", "2026-01-04")]
    public void A_rest_day_moves_to_the_working_day_before_it(string from, string to) =>
        Assert.Equal(Day(to), Shipped.RollEarlier(Day(from)).Value);

    [Fact]
    public void A_missing_year_is_refused_and_never_guessed()
    {
        Assert.Equal([2024, 2025, 2026], Shipped.Years);
        Assert.False(Shipped.Covers(2027));
        var beyond = Shipped.RollEarlier(Day("2027-03-15"));
        Assert.Equal(CalendarRules.MissingYear, Assert.Single(beyond.Findings).Rule);
        Assert.Contains("2027", beyond.Findings[0].Text(chinese: true), StringComparison.Ordinal);
        Assert.False(Shipped.RollEarlier(Day("2024-01-01")).Accepted);
        Assert.Throws<DefectException>(() => Shipped.IsWorkingDay(Day("2027-01-04")));
    }

    [Fact]
    public void A_year_that_will_be_needed_is_told_long_before()
    {
        Assert.Null(Shipped.RunsOut(Day("2026-10-30")));
        var finding = Assert.IsType<Finding>(Shipped.RunsOut(Day("2026-10-31")));
        Assert.Equal(CalendarRules.YearSoonMissing, finding.Rule);
        Assert.Equal(Severity.Warning, finding.Rule.Severity);
        Assert.Equal("2027", Assert.Single(finding.Arguments));
    }

    [Theory]
    [InlineData(2024, 8)]
    [InlineData(2025, 5)]
    [InlineData(2026, 6)]
    public void Each_year_has_the_make_up_days_of_its_notice(int year, int makeUpDays)
    {
        var ofYear = Shipped.Marks.Where(m => m.Key.Year == year && m.Value == DayMark.Work).ToList();
        Assert.Equal(makeUpDays, ofYear.Count);
        Assert.All(ofYear, m => Assert.True(m.Key.DayOfWeek >= IsoDayOfWeek.Saturday));
    }

    // A make-up day pays back a weekday taken off beyond the statutory days, and a
    // holiday on a weekend is given another day.
    [Theory]
    [InlineData(2024, 11)]
    [InlineData(2025, 13)]
    [InlineData(2026, 13)]
    public void A_year_loses_just_its_statutory_holidays(int year, int holidays)
    {
        var length = CalendarSystem.Iso.GetDaysInYear(year);
        var days = Enumerable.Range(0, length).Select(new LocalDate(year, 1, 1).PlusDays).ToList();
        var weekdays = days.Count(d => d.DayOfWeek < IsoDayOfWeek.Saturday);
        Assert.Equal(holidays, days.Count(Shipped.IsHoliday));
        Assert.Equal(weekdays - holidays, days.Count(Shipped.IsWorkingDay));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(5, 5)]
    [InlineData(8, 15)]
    public void The_feasts_of_the_lunar_calendar_are_statutory_holidays(int lunarMonth, int lunarDay)
    {
        var lunar = new ChineseLunisolarCalendar();
        foreach (var year in Shipped.Years)
        {
            var leap = lunar.GetLeapMonth(year);
            var month = leap > 0 && lunarMonth >= leap ? lunarMonth + 1 : lunarMonth;
            var day = LocalDate.FromDateTime(lunar.ToDateTime(year, month, lunarDay, 0, 0, 0, 0));
            Assert.True(Shipped.IsHoliday(day), $"{day:uuuu-MM-dd}");
        }
    }

    [Fact]
    public void The_canonical_text_reads_back_as_itself_whatever_the_order_of_lines()
    {
        var canonical = CalendarText.Format(Shipped);
        Assert.DoesNotContain("#", canonical, StringComparison.Ordinal);
        Assert.Equal(canonical, CalendarText.Format(CalendarText.Parse(canonical).Value));
        var reversed = string.Join("\r\n", ShippedText.Split('\n').Reverse());
        Assert.Equal(canonical, CalendarText.Format(CalendarText.Parse(reversed).Value));
    }

    [Theory]
    [InlineData("year 2026\n2026-02-30 off", "calendar.unreadable-line", 2)]
    [InlineData("year 2026\n2026-02-14 open", "calendar.unreadable-line", 2)]
    [InlineData("year 26", "calendar.unreadable-line", 1)]
    [InlineData("year 0000", "calendar.unreadable-line", 1)]
    [InlineData("2026-02-14", "calendar.unreadable-line", 1)]
    [InlineData("year 2026\n\nyear 2026", "calendar.duplicate-day", 3)]
    [InlineData("year 2026\n2026-02-14 work\n2026-02-14 off", "calendar.duplicate-day", 3)]
    [InlineData("year 2026\n2027-01-01 holiday", "calendar.day-outside-year", 0)]
    public void A_bad_calendar_is_refused_with_its_line(string text, string code, long line)
    {
        var finding = Assert.Single(CalendarText.Parse(text, "calendar.txt").Findings);
        Assert.Equal(code, finding.Rule.Code);
        Assert.Equal(("calendar.txt", line), (finding.At.File, finding.At.Row));
    }

    [Property(MaxTest = 200)]
    public bool A_day_rolls_to_a_working_day_with_none_between(uint seed)
    {
        var day = SomeDay(seed);
        var rolled = Shipped.RollEarlier(day).Value;
        return rolled <= day && Shipped.IsWorkingDay(rolled)
            && Enumerable.Range(1, Period.DaysBetween(rolled, day)).All(n => !Shipped.IsWorkingDay(rolled.PlusDays(n)));
    }
}
