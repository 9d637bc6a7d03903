using Disbursement.Engine.Attendance;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>What attendance derives for everyone a payroll could be about.</summary>
/// <param name="Pay">By worker: all of the employer (and team) with attendance, and all on the sheet.</param>
/// <param name="WithoutTerms">Workers with attendance and no terms in the period: nothing can be derived.</param>
public sealed record PayrollDerivation(
    IReadOnlyDictionary<long, DerivedPay> Pay, IReadOnlySet<long> WithoutTerms)
{
    public static Decision<PayrollDerivation> Of(DecisionContext context, PayrollRow payroll, IEnumerable<long> onSheet)
    {
        var (from, to) = PeriodText.Parse(payroll.Period);
        var facts = Facts(WageDueDate.Calendar(context), from, to);
        if (!facts.Accepted) return Decision<PayrollDerivation>.Refuse(facts.Findings);
        long[] workers =
            [.. context.Queries.WorkersOf(payroll.Project, payroll.Employer, payroll.Team).Union(onSheet)];
        var terms = context.Queries.Terms(payroll.Project, workers).ToLookup(t => t.Worker);
        var pay = new Dictionary<long, DerivedPay>();
        var without = new HashSet<long>();
        foreach (var days in context.Queries.Attendance(payroll.Project, workers, from, to).GroupBy(a => a.Worker))
        {
            if (WageDueDate.InForce(terms[days.Key], to) is { } inForce)
                pay[days.Key] = Earnings.Derive(Terms(inForce), days.Select(Record), facts.Value);
            else without.Add(days.Key);
        }
        return Decision<PayrollDerivation>.Accept(new PayrollDerivation(pay, without));
    }

    /// <summary>The days of a period as the legal calendar has them; a year it lacks is refused.</summary>
    public static Decision<PeriodFacts> Facts(LegalCalendar calendar, LocalDate from, LocalDate to)
    {
        // A monthly wage asks for the whole month's working days, even of a worker who leaves before its end.
        var monthEnd = LocalDate.Max(to, from.PlusMonths(1).PlusDays(-1));
        for (var year = from.Year; year <= monthEnd.Year; year++)
            if (!calendar.Covers(year)) return Decision<PeriodFacts>.Refuse([LegalCalendar.Missing(year)]);
        var required = 0;
        var holidays = new HashSet<LocalDate>();
        for (var day = from; day <= monthEnd; day = day.PlusDays(1))
        {
            if (calendar.IsWorkingDay(day)) required++;
            if (calendar.IsHoliday(day)) holidays.Add(day);
        }
        return Decision<PeriodFacts>.Accept(new PeriodFacts(from, to, Math.Max(required, 1), holidays));
    }

    private static ContractTerms Terms(ContractTermsRow row) => new(row.SignedOn, Enum.Parse<RateKind>(row.RateKind),
        new Money(row.RateFen), "", Enum.Parse<People.PayCycle>(row.PayCycle),
        new AgreedPayDay((int?)row.PayDay, row.PieceDueOn), (int)row.StandardMinutes);

    private static AttendanceRecord Record(AttendanceRow row) => new(row.Document, row.DocumentRow, row.Day,
        row.Minutes, row.OvertimeMinutes, row.RestDayMinutes, row.HolidayMinutes, row.Pieces);
}
