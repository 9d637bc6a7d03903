using Disbursement.Engine.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Tests.Calendars;

/// <summary>The calendar that ships, and the ways tests write days and moments.</summary>
internal static class SampleCalendars
{
    public static readonly string ShippedText =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", "calendar-cn.txt"));

    public static readonly LegalCalendar Shipped = CalendarText.Parse(ShippedText).Value;

    /// <summary>A bank with cut-offs at 10:00 and 16:30.</summary>
    public static BankWindow Bank(bool worksOnMakeUpDays) => new(Shipped, [new(16, 30), new(10, 0)], worksOnMakeUpDays);

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    /// <summary>A moment by its local time in China: "2026-02-13 16:30".</summary>
    public static Instant Moment(string text) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(text).Value
            .WithOffset(Offset.FromHours(8)).ToInstant();

    /// <summary>Some day of the years 2024 to 2026, at least 40 days from either end.</summary>
    public static LocalDate SomeDay(uint seed) => new LocalDate(2024, 2, 10).PlusDays((int)(seed % 1016));
}
