using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Samples;

/// <summary>How a worker is paid, in the words of the terms sheet.</summary>
public enum SampleMode { Day, Hour, Piece, Month }

/// <summary>One day of a worker's attendance; hours and pieces in whole numbers.</summary>
public sealed record SampleDay(DateOnly Date, int Hours, int WorkdayOvertime, int RestDayOvertime, int Pieces);

/// <summary>A worker with their terms and a month's attendance, and the gross that follows from the two.</summary>
public sealed record SampleWorker(SampleEmployer Employer, int Place, SamplePerson Person, string Team, string Trade,
    DateOnly Entered, SampleMode Mode, Money Rate, IReadOnlyList<SampleDay> Days)
{
    /// <summary>
    /// Day: days × rate. Hour: hours × rate. Piece: pieces × rate. Month: the rate, every legal working day being
    /// there.
    /// Overtime of a day worker: an eighth of the rate per hour, at 150 % on working days and 200 % on rest days.
    /// </summary>
    public Money Gross
    {
        get
        {
            var ordinary = Mode switch
            {
                SampleMode.Day => Money.Share(Rate, Days.Count(d => d.Hours > 0), 1),
                SampleMode.Hour => Money.Share(Rate, Days.Sum(d => d.Hours), 1),
                SampleMode.Piece => Money.Share(Rate, Days.Sum(d => d.Pieces), 1),
                _ => Rate,
            };
            var halves = Days.Sum(d => 3 * d.WorkdayOvertime + 4 * d.RestDayOvertime);
            return ordinary + Money.Share(Rate, halves, 16);
        }
    }
}

/// <summary>Gives made-up workers their terms and their attendance of January 2026.</summary>
public sealed class SampleWages(SampleSeed seed)
{
    private static readonly (string Team, string Trade)[] Trades =
        [("木工班", "木工"), ("钢筋班", "钢筋工"), ("砌筑班", "砌筑工"), ("抹灰班", "抹灰工"), ("架子班", "架子工"), ("杂工班", "普工")];

    /// <summary>The 21 legal working days of January 2026: 1 to 3 are New Year, Sunday the 4th makes up for
    /// it.</summary>
    public static IReadOnlyList<DateOnly> LegalDays { get; } =
        [.. Enumerable.Range(1, 31).Select(day => new DateOnly(2026, 1, day)).Where(IsLegalDay)];

    /// <summary>Most are paid by the day; the place in the list decides who is not, so that each sheet has every
    /// mode.</summary>
    public SampleWorker Worker(SampleEmployer employer, SamplePerson person, int place)
    {
        var mode = place switch
        {
            20 or 41 => SampleMode.Month,
            12 or 25 or 33 or 50 => SampleMode.Hour,
            15 or 28 or 36 or 47 => SampleMode.Piece,
            _ => SampleMode.Day,
        };
        var yuan = mode switch
        {
            SampleMode.Day => 8 * seed.Between(25, 50),
            SampleMode.Hour => seed.Between(25, 45),
            SampleMode.Piece => seed.Between(18, 40),
            _ => 100 * seed.Between(65, 95),
        };
        var trade = Trades[place * Trades.Length / (employer.Workers + 1)];
        var entered = new DateOnly(2025, 3, 1).AddDays(seed.Below(280));
        return new(employer, place, person, trade.Team, trade.Trade, entered, mode, new Money(yuan * 100),
            Days(mode, employer, place));
    }

    private List<SampleDay> Days(SampleMode mode, SampleEmployer employer, int place)
    {
        var absent = mode == SampleMode.Month ? 0 : seed.Below(6);
        List<DateOnly> there = [.. LegalDays];
        for (var i = 0; i < absent; i++) there.RemoveAt(seed.Below(there.Count));
        List<SampleDay> days = [.. there.Select(date => new SampleDay(date,
            mode == SampleMode.Hour ? seed.Between(6, 8) : 8, 0, 0,
            mode == SampleMode.Piece ? seed.Between(8, 16) : 0))];
        if (employer.Letter == "a1" && place == 5) days[^1] = days[^1] with { WorkdayOvertime = 3 };
        if (employer.Letter == "c1" && place == 5) days.Insert(0, new(new DateOnly(2026, 1, 10), 0, 0, 8, 0));
        days.Sort((x, y) => x.Date.CompareTo(y.Date));
        return days;
    }

    private static bool IsLegalDay(DateOnly day) =>
        day.Day == 4 || (day.Day > 4 && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
}
