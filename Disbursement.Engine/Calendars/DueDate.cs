using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Calendars;

/// <summary>
/// How wages recur (工资支付周期, Decree 724 art. 13): by month, week, day, piece of work, or once for a leaver (一次付清).
/// </summary>
public enum PayCycle { Month, Week, Day, Piece, Final }

/// <summary>A pay period, both days included. The last day of a Final period is the leaving day.</summary>
public readonly record struct PayPeriod(PayCycle Cycle, LocalDate From, LocalDate To)
{
    /// <summary>
    /// The last day of the period after this one, beyond which no agreement may put the pay day: art. 14 pays in the
    /// period of the work or the next (当期或者次期). Null for piece work and leavers, whose day the terms or the leaving
    /// set.
    /// </summary>
    public LocalDate? LatestPayDay => Cycle switch
    {
        // A period after 26 January to 25 February ends on 25 March; after January it ends with February.
        PayCycle.Month => To.PlusDays(1).PlusMonths(1).PlusDays(-1),
        PayCycle.Week => To.PlusDays(7),
        PayCycle.Day => To.PlusDays(1),
        PayCycle.Piece or PayCycle.Final => null,
        _ => throw new DefectException($"no such pay cycle: {Cycle}"),
    };
}

/// <summary>The day by which a wage must be on the worker's account (应付日).</summary>
public static class DueDate
{
    /// <summary>
    /// The agreed day, capped at the latest the law allows and moved before a holiday or rest day it falls on.
    /// </summary>
    /// <param name="period">The period the wage is for.</param>
    /// <param name="agreed">
    /// The pay day of the terms. Piece work must have one; without one any other period is due on the latest day
    /// allowed.
    /// A leaver is paid on the leaving day whatever the terms say.
    /// </param>
    /// <param name="calendar">The legal calendar; a year it lacks is refused, not guessed.</param>
    public static Decision<LocalDate> Of(PayPeriod period, LocalDate? agreed, LegalCalendar calendar)
    {
        if (period.Cycle == PayCycle.Piece && agreed is null)
            return Decision<LocalDate>.Refuse(CalendarRules.PieceDayMissing, Place.Nowhere);
        // 工资支付暂行规定 art. 9: a leaver is paid in full when the contract ends.
        var day = period.Cycle == PayCycle.Final ? period.To : Earlier(agreed, period.LatestPayDay);
        // Decree 724 art. 14: before the holiday or rest day, not after.
        return calendar.RollEarlier(day);
    }

    private static LocalDate Earlier(LocalDate? agreed, LocalDate? latest) => (agreed, latest) switch
    {
        ({ } a, { } l) => LocalDate.Min(a, l),
        ({ } a, null) => a,
        (null, { } l) => l,
        _ => throw new DefectException("a pay period with neither an agreed nor a latest day"),
    };
}
