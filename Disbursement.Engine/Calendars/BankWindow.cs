using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Calendars;

/// <summary>
/// When a bank takes wage files (代发): its working days, and the times of day after which a file counts for the next
/// one.
/// </summary>
/// <remarks>
/// Two calendars stand side by side: the law's says when a wage is due, the bank's when it can be sent. A weekend day
/// that the law
/// makes a working day (调休) is one of the law; the bank's batch window may be shut.
/// </remarks>
public sealed class BankWindow
{
    private readonly LegalCalendar _calendar;
    private readonly bool _worksOnMakeUpDays;
    private readonly LocalTime[] _cutOffs;

    /// <param name="calendar">The legal calendar the bank follows otherwise.</param>
    /// <param name="cutOffs">Times of day, Asia/Shanghai; at least one. A file at the very time is still in.</param>
    /// <param name="worksOnMakeUpDays">Whether the window is open on weekend days that are legal working days.</param>
    public BankWindow(LegalCalendar calendar, IEnumerable<LocalTime> cutOffs, bool worksOnMakeUpDays)
    {
        _calendar = calendar;
        _worksOnMakeUpDays = worksOnMakeUpDays;
        _cutOffs = [.. cutOffs.Order()];
        Invariant.Holds(_cutOffs.Length > 0, "a bank window has a cut-off");
    }

    /// <summary>The last time of a bank day at which a file still counts for it.</summary>
    public LocalTime LastCutOff => _cutOffs[^1];

    /// <summary>Whether the bank works on the day. A year the calendar does not cover is a defect.</summary>
    public bool IsBankDay(LocalDate day) =>
        _calendar.IsWorkingDay(day) && (_worksOnMakeUpDays || day.DayOfWeek < IsoDayOfWeek.Saturday);

    /// <summary>
    /// The day itself if the bank works on it, else the nearest earlier one; a missing year is refused.
    /// </summary>
    public Decision<LocalDate> RollEarlier(LocalDate day) => _calendar.RollEarlier(day, IsBankDay);

    /// <summary>The first cut-off at or after the moment; a missing year is refused.</summary>
    public Decision<Instant> NextCutOff(Instant moment)
    {
        var local = ChinaTime.LocalOf(moment);
        var day = local.Date;
        for (; _calendar.Covers(day.Year); day = day.PlusDays(1))
        {
            if (!IsBankDay(day)) continue;
            foreach (var cutOff in _cutOffs)
                if (day + cutOff >= local) return Decision<Instant>.Accept(ChinaTime.At(day, cutOff));
        }
        return Decision<Instant>.Refuse([LegalCalendar.Missing(day.Year)]);
    }

    /// <summary>
    /// The count-th bank day after the day, or before it for a negative count; for 0 the day itself, open or not.
    /// </summary>
    public Decision<LocalDate> AddBankDays(LocalDate day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.PlusDays(step);
            if (!_calendar.Covers(day.Year)) return Decision<LocalDate>.Refuse([LegalCalendar.Missing(day.Year)]);
            if (IsBankDay(day)) left--;
        }
        return Decision<LocalDate>.Accept(day);
    }
}
