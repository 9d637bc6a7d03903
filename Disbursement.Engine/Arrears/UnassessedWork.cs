using Disbursement.Engine.Attendance;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;
using PayCycle = Disbursement.Engine.Calendars.PayCycle;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// One worker's days of one pay period that no claim covers, under the terms that held on the last of them.
/// </summary>
internal sealed class UnassessedWork
{
    private readonly IReadOnlyList<UncoveredDay> _days;
    private readonly PayPeriod _period;

    private UnassessedWork(IReadOnlyList<UncoveredDay> days, PayPeriod period, LegalCalendar calendar)
    {
        _days = days;
        _period = period;
        DueDate = Due(days[^1], period, calendar);
    }

    public long Project => _days[0].Project;
    public long Subcontractor => _days[0].Subcontractor;
    public long Worker => _days[0].Worker;
    public string Period => $"{LocalDatePattern.Iso.Format(_period.From)}/{LocalDatePattern.Iso.Format(_period.To)}";

    /// <summary>Null while nothing is due: a leaver's settlement before the leaving day is known.</summary>
    public LocalDate? DueDate { get; }

    /// <summary>
    /// Groups days, which come in order of project, worker and day, by the pay period their terms give.
    /// </summary>
    public static IEnumerable<UnassessedWork> Of(IEnumerable<UncoveredDay> days, LegalCalendar calendar) =>
        days.GroupBy(d => (d.Project, d.Subcontractor, d.Worker, Period: PeriodOf(d)))
            .Select(g => new UnassessedWork([.. g], g.Key.Period, calendar));

    /// <summary>
    /// What attendance derives under the terms. Where that is nothing (no terms, hours under a piece
    /// rate): the day's part of the minimum wage for each day worked. It is the least the law allows, so
    /// never a figure above what is owed.
    /// </summary>
    public Money Amount(LegalCalendar calendar, RulePack pack)
    {
        var derived = Derived(calendar);
        // 劳社部发〔2008〕3号: a month's wage counts 21.75 days.
        return derived > Money.Zero
            ? derived
            : Money.Share(new Money(pack["minimum_wage_fen"]), 100L * _days.Count, 2175);
    }

    private Money Derived(LegalCalendar calendar)
    {
        var month = new LocalDate(_period.From.Year, _period.From.Month, 1);
        if (_days[^1].SignedOn is null || !calendar.Covers(_period.From.Year) || !calendar.Covers(_period.To.Year))
            return Money.Zero;
        var working = Days(month, month.PlusMonths(1).PlusDays(-1)).Count(calendar.IsWorkingDay);
        var facts = new PeriodFacts(_period.From, _period.To, Math.Max(1, working),
            Days(_period.From, _period.To).Where(calendar.IsHoliday).ToHashSet());
        var records = _days.Select(d => new AttendanceRecord(
            d.Document, d.DocumentRow, d.Day, d.Minutes, d.OvertimeMinutes,
            d.RestDayMinutes, d.HolidayMinutes, d.Pieces));
        return Earnings.Derive(Terms(_days[^1]), records, facts).Total;
    }

    private static ContractTerms Terms(UncoveredDay day) => new(
        day.SignedOn!.Value, Enum.Parse<RateKind>(day.RateKind!),
        new Money(day.RateFen!.Value), "", Enum.Parse<People.PayCycle>(day.PayCycle!),
        new AgreedPayDay((int?)day.PayDay, day.PieceDueOn), (int)day.StandardMinutes!.Value);

    /// <summary>Without terms the month counts: Decree 724 art. 13 knows no longer cycle.</summary>
    private static PayPeriod PeriodOf(UncoveredDay day)
    {
        var cycle = day.PayCycle is { } name ? Enum.Parse<PayCycle>(name) : PayCycle.Month;
        var monday = day.Day.PlusDays(1 - (int)day.Day.DayOfWeek);
        var month = new LocalDate(day.Day.Year, day.Day.Month, 1);
        return cycle switch
        {
            PayCycle.Day => new PayPeriod(cycle, day.Day, day.Day),
            PayCycle.Week => new PayPeriod(cycle, monday, monday.PlusDays(6)),
            PayCycle.Month or PayCycle.Piece or PayCycle.Final =>
                new PayPeriod(cycle, month, month.PlusMonths(1).PlusDays(-1)),
            _ => throw new DefectException($"no such pay cycle: {cycle}"),
        };
    }

    private static LocalDate? Due(UncoveredDay day, PayPeriod period, LegalCalendar calendar)
    {
        if (period.Cycle == PayCycle.Final)
            return day.LeftOn is not { } left ? null
                : calendar.RollEarlier(left) is { Accepted: true } rolled ? rolled.Value : left;
        var agreed = Agreed(day, period);
        var due = Calendars.DueDate.Of(period, agreed, calendar);
        // A year the calendar lacks: the agreed day itself, later by a holiday at most, rather than never.
        return due.Accepted ? due.Value : agreed;
    }

    private static LocalDate Agreed(UncoveredDay day, PayPeriod period)
    {
        var latest = period.LatestPayDay ?? period.To;
        return period.Cycle switch
        {
            // Pieces made after the agreed date are due with the month they were made in.
            PayCycle.Piece => LocalDate.Max(day.PieceDueOn ?? period.To, period.To),
            PayCycle.Month when day.PayDay is { } n => LocalDate.Min(latest, period.To.PlusDays((int)n)),
            PayCycle.Week when day.PayDay is { } n => period.To.PlusDays((int)n),
            _ => latest,
        };
    }

    private static IEnumerable<LocalDate> Days(LocalDate from, LocalDate to)
    {
        for (var day = from; day <= to; day = day.PlusDays(1)) yield return day;
    }
}
