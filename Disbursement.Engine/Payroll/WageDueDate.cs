using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>The due date (应付日) of a payroll: the earliest of its lines, each by its worker's terms.</summary>
public static class WageDueDate
{
    /// <summary>The legal calendar the ledger has adopted.</summary>
    public static LegalCalendar Calendar(DecisionContext context)
    {
        var adopted = context.Rows.List<AdoptionRow>(("kind", Adopt.Calendar), ("name", "cn"));
        Invariant.Holds(adopted.Count > 0, "a ledger adopts a calendar when it opens");
        var bytes = context.Vault.Open(adopted[^1].Document);
        Invariant.Holds(bytes is not null, "an adopted calendar is a stored document");
        return CalendarText.Of(bytes).Value;
    }

    /// <summary>The terms in force at a period's end: the last signed by then; null where there are none.</summary>
    /// <param name="versions">Every version of one worker's terms on the project, oldest first.</param>
    public static ContractTermsRow? InForce(IEnumerable<ContractTermsRow> versions, LocalDate to)
    {
        ContractTermsRow? found = null;
        foreach (var terms in versions)
            if (terms.SignedOn <= to && (found is null || terms.SignedOn >= found.SignedOn)) found = terms;
        return found;
    }

    /// <summary>
    /// The due date as terms and calendar stand now. Both may have come after the sheet: it is looked at again by each
    /// check and by the approval, which fixes it (L3). Where the calendar lacks a year it stays as it was.
    /// </summary>
    public static LocalDate Now(DecisionContext context, PayrollRow payroll, IReadOnlyCollection<long> workers)
    {
        if (workers.Count == 0) return payroll.DueDate;
        var (from, to) = PeriodText.Parse(payroll.Period);
        var due = Of(context, payroll.Project, payroll.Kind, (from, to), workers);
        return due.Accepted ? due.Value : payroll.DueDate;
    }

    /// <summary>The due date of a period's wage of these workers, by the terms they have on the project now.</summary>
    public static Decision<LocalDate> Of(DecisionContext context, long project, PayrollKind kind,
        (LocalDate From, LocalDate To) period, IReadOnlyCollection<long> workers) =>
        Of(kind, period.From, period.To, context.Queries.AgreedPayDays(project, workers, period.To),
            Calendar(context));

    /// <summary>The earliest due date over the workers' terms; refused where the calendar lacks a year.</summary>
    /// <param name="agreed">What the terms in force say, each once; nothing for workers without any: then the latest
    /// day the law allows.</param>
    private static Decision<LocalDate> Of(PayrollKind kind, LocalDate from, LocalDate to,
        IEnumerable<AgreedTerms> agreed, LegalCalendar calendar)
    {
        // 工资支付暂行规定 art. 9: a leaver's wage is due on the leaving day, the last of the period.
        if (kind == PayrollKind.FinalSettlement)
            return DueDate.Of(new PayPeriod(Calendars.PayCycle.Final, from, to), null, calendar);
        LocalDate? earliest = null;
        foreach (var terms in agreed)
        {
            var cycle = terms.PayCycle is null ? Calendars.PayCycle.Month
                : Enum.Parse<Calendars.PayCycle>(terms.PayCycle);
            var period = new PayPeriod(cycle, from, to);
            var due = DueDate.Of(period, terms.PieceDueOn ?? Agreed(period, terms.PayDay), calendar);
            if (!due.Accepted) return due;
            if (earliest is null || due.Value < earliest) earliest = due.Value;
        }
        return Decision<LocalDate>.Accept(earliest ?? throw new DefectException("a payroll has lines"));
    }

    /// <summary>
    /// The agreed day of the period after: of a month its day or the month's last, of a week its n-th day.
    /// </summary>
    private static LocalDate? Agreed(PayPeriod period, long? day)
    {
        if (day is not { } n) return null;
        if (period.Cycle != Calendars.PayCycle.Month) return period.To.PlusDays((int)n);
        var next = period.To.PlusDays(1);
        var inMonth = (int)Math.Min(n, CalendarSystem.Iso.GetDaysInMonth(next.Year, next.Month));
        var date = new LocalDate(next.Year, next.Month, inMonth);
        if (date >= next) return date;
        // A period that ends within a month: its pay day may lie in the month after.
        var later = next.PlusMonths(1);
        return new LocalDate(later.Year, later.Month,
            (int)Math.Min(n, CalendarSystem.Iso.GetDaysInMonth(later.Year, later.Month)));
    }
}

/// <summary>When a wage is agreed to be paid; all null where nothing is agreed.</summary>
public sealed record AgreedTerms
{
    public string? PayCycle { get; init; }
    public long? PayDay { get; init; }
    public LocalDate? PieceDueOn { get; init; }
}
