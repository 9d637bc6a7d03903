using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Text;
using Dapper;
using Disbursement.Host.Storage;
using NodaTime;
using Npgsql;

namespace Disbursement.Host.Simulation.Laws;

/// <summary>
/// The moment laws are asked at, and what is past due at it by the calendar alone: read here from the shipped file, so
/// that the deciders' calendar is held to it.
/// </summary>
/// <param name="Ledger">The ledger asked about.</param>
/// <param name="Now">The moment.</param>
/// <param name="Day">Its day in China.</param>
/// <param name="Swept">The day of the last sweep; null where none is known of.</param>
/// <param name="Since">What was written since that sweep: claims and workers, as " c12 w7 ".</param>
public sealed record LawMoment(long Ledger, Instant Now, LocalDate Day, LocalDate? Swept, string Since)
{
    private const int Months = 25, LastDay = 31;

    private static readonly Dictionary<LocalDate, bool> s_named = [];
    private static readonly HashSet<int> s_years = [];
    private static readonly ConcurrentDictionary<LocalDate, string> s_past = [];
    private static readonly string s_dues;

    static LawMoment()
    {
        foreach (var line in File.ReadLines(Path.Combine(Shipped.Folder("rules"), "calendar-cn.txt")))
            if (line.Split(' ') is [var first, var second, ..] && first != "#")
                if (first == "year") s_years.Add(int.Parse(second, CultureInfo.InvariantCulture));
                else s_named[TimeText.Date.Parse(first).GetValueOrThrow()] = second == "work";
        var dues = new StringBuilder(" ");
        for (var month = new YearMonth(s_years.Min(), 1); month.Year <= s_years.Max(); month = month.PlusMonths(1))
            for (var agreed = 1; agreed <= LastDay; agreed++)
                if (Due(month, agreed) is var due && s_years.Contains(due.Year))
                    dues.Append(Work(month, agreed)).Append('=').Append(TimeText.Date.Format(due)).Append(' ');
        s_dues = dues.ToString();
    }

    /// <summary>Right after a sweep: everything past due is on its line.</summary>
    public static LawMoment AfterSweep(long ledger, Instant now, LocalDate day) => new(ledger, now, day, day, " ");

    /// <summary>
    /// The texts' parameters. "past" and "pastSwept": months of work and agreed days of the month after that are past
    /// due today, and on the day of the last sweep, as " 2026-01/15 2026-01/16 "; "dues": each with its due day, as
    /// " 2026-01/15=2026-02-13 ", nothing of a year the calendar lacks.
    /// </summary>
    public object Named(long file = 0) => new
    {
        ledger = Ledger,
        now = new Parameter(Now),
        today = TimeText.Date.Format(Day),
        swept = Swept is { } day ? TimeText.Date.Format(day) : "",
        past = Past(Day),
        pastSwept = Swept is { } before ? Past(before) : " ",
        dues = s_dues,
        since = Since,
        file,
    };

    /// <summary>A moment as the engine keeps it, also over a connection that knows nothing of such moments.</summary>
    private sealed class Parameter(Instant moment) : SqlMapper.ICustomQueryParameter
    {
        public void AddParameter(IDbCommand command, string name)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            if (parameter is NpgsqlParameter) parameter.Value = moment.ToDateTimeUtc();
            else parameter.Value = TimeText.Moment.Format(moment);
            command.Parameters.Add(parameter);
        }
    }

    private static string Past(LocalDate day) => s_past.GetOrAdd(day, static today =>
    {
        var past = new StringBuilder(" ");
        for (var month = today.ToYearMonth().PlusMonths(-Months); month <= today.ToYearMonth();
            month = month.PlusMonths(1))
            for (var agreed = 1; agreed <= LastDay; agreed++)
                if (Due(month, agreed) < today) past.Append(Work(month, agreed)).Append(' ');
        return past.ToString();
    });

    private static string Work(YearMonth month, int agreed) =>
        string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}/{agreed}");

    /// <summary>国务院令第724号 art. 14: the agreed day of the month after, or the working day before it.</summary>
    private static LocalDate Due(YearMonth work, int agreed)
    {
        var next = work.PlusMonths(1);
        var day = next.OnDayOfMonth(Math.Min(agreed, CalendarSystem.Iso.GetDaysInMonth(next.Year, next.Month)));
        if (!s_years.Contains(day.Year)) return day;
        while (!IsWorked(day)) day = day.PlusDays(-1);
        return day;
    }

    private static bool IsWorked(LocalDate day) => s_named.TryGetValue(day, out var works) ? works
        : day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
}
