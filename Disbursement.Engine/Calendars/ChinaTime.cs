using NodaTime;

namespace Disbursement.Engine.Calendars;

/// <summary>The one zone of the law and the banks: Asia/Shanghai, held fixed at +08:00.</summary>
/// <remarks>
/// China has kept no summer time since 1991; a fixed offset needs no zone data that could differ between machines.
/// </remarks>
public static class ChinaTime
{
    public static readonly Offset Offset = Offset.FromHours(8);

    /// <summary>The day on which a moment falls.</summary>
    public static LocalDate DayOf(Instant moment) => moment.WithOffset(Offset).Date;

    /// <summary>The local date and time of a moment.</summary>
    public static LocalDateTime LocalOf(Instant moment) => moment.WithOffset(Offset).LocalDateTime;

    /// <summary>The moment of a local time on a day.</summary>
    public static Instant At(LocalDate day, LocalTime time) => (day + time).WithOffset(Offset).ToInstant();
}
