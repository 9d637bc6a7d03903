using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Attendance;

/// <summary>Attendance records and contract terms → what was earned. Integers only; each figure names its
/// records.</summary>
/// <remarks>
/// Ordinary time is at most the standard day; what is recorded beyond it is weekday overtime. Work on a legal holiday
/// is
/// paid 300 % whatever column it stands in. See specs/attendance.md.
/// </remarks>
public static class Earnings
{
    /// <summary>What one worker earned in the period; records outside it are left alone.</summary>
    /// <param name="records">Records of this one worker on this one project, in any order.</param>
    public static DerivedPay Derive(ContractTerms terms, IEnumerable<AttendanceRecord> records, PeriodFacts period)
    {
        Invariant.Holds(period.RequiredDays >= 1, "a pay period asks for at least one working day");
        var sums = new PeriodSums(terms, period);
        foreach (var record in records)
            if (record.Date >= period.From && record.Date <= period.To) sums.Add(record);
        var lines = new List<Earning>();
        var ordinary = Ordinary(terms, sums.Ordinary.Quantity, period);
        AddLine(lines, terms, OrdinaryKind(terms.RateKind), sums.Ordinary, ordinary);
        AddLine(lines, terms, EarningKind.Overtime150, sums.At150, Overtime(terms, sums.At150.Quantity, 150));
        AddLine(lines, terms, EarningKind.Overtime200, sums.At200, Overtime(terms, sums.At200.Quantity, 200));
        AddLine(lines, terms, EarningKind.Overtime300, sums.At300, Overtime(terms, sums.At300.Quantity, 300));
        return new DerivedPay(lines, Sum(lines.Select(l => l.Amount)), sums.Findings);
    }

    /// <summary>Everything unpaid up to the leaving day, in one sum, by the same derivation period by period.</summary>
    /// <param name="unpaidPeriods">The periods of the worker not yet paid; the last holds the leaving day.</param>
    public static FinalSettlement Settle(ContractTerms terms, IReadOnlyList<AttendanceRecord> records,
        IReadOnlyList<PeriodFacts> unpaidPeriods, LocalDate leavingDay)
    {
        var worked = records.Where(r => r.Date <= leavingDay).ToList();
        var findings = records.Where(r => r.Date > leavingDay).OrderBy(r => r.Date)
            .Select(r => PeriodSums.At(AttendanceRules.AfterLeaving, r)).ToList();
        var periods = unpaidPeriods.Select(p => Derive(terms, worked, p)).ToList();
        findings.AddRange(periods.SelectMany(p => p.Findings));
        return new FinalSettlement(leavingDay, periods, Sum(periods.Select(p => p.Total)), findings);
    }

    private static EarningKind OrdinaryKind(RateKind kind) => kind switch
    {
        RateKind.Month => EarningKind.Month,
        RateKind.Week => EarningKind.Week,
        RateKind.Day => EarningKind.Day,
        RateKind.Hour => EarningKind.Hour,
        RateKind.Piece => EarningKind.Piece,
        _ => throw new DefectException($"no earning for rate kind {kind}"),
    };

    private static Money Ordinary(ContractTerms terms, long quantity, PeriodFacts period)
    {
        long day = terms.StandardDayMinutes;
        return terms.RateKind switch
        {
            // Full attendance is the full wage, never more: what goes beyond it is overtime and stands on its own line.
            RateKind.Month when quantity >= period.RequiredDays * day => terms.Rate,
            RateKind.Month => Money.Share(terms.Rate, quantity, period.RequiredDays * day),
            // Labour Law art. 36 and State Council Decree 174: a week is five working days.
            RateKind.Week => Money.Share(terms.Rate, quantity, 5 * day),
            RateKind.Day => Money.Share(terms.Rate, quantity, day),
            RateKind.Hour => Money.Share(terms.Rate, quantity, 60),
            RateKind.Piece => Money.Share(terms.Rate, quantity, 100),
            _ => throw new DefectException($"no earning for rate kind {terms.RateKind}"),
        };
    }

    /// <summary>Hourly base × percent, multiplied out so that only the result is rounded.</summary>
    private static Money Overtime(ContractTerms terms, long quantity, int percent)
    {
        long day = terms.StandardDayMinutes;
        return terms.RateKind switch
        {
            // 劳社部发〔2008〕3号: the daily wage is the monthly wage ÷ 21.75 (÷ 8 for the hour); percent and 21.75 share a
            // 100.
            RateKind.Month => Money.Share(terms.Rate, quantity * percent, 2175 * day),
            RateKind.Week => Money.Share(terms.Rate, quantity * percent, 100 * 5 * day),
            RateKind.Day => Money.Share(terms.Rate, quantity * percent, 100 * day),
            RateKind.Hour => Money.Share(terms.Rate, quantity * percent, 100 * 60),
            RateKind.Piece => Money.Share(terms.Rate, quantity * percent, 100 * 100),
            _ => throw new DefectException($"no overtime for rate kind {terms.RateKind}"),
        };
    }

    private static void AddLine(
        List<Earning> lines, ContractTerms terms, EarningKind kind, TracedQuantity sum, Money amount)
    {
        if (sum.Quantity == 0) return;
        var unit = terms.RateKind == RateKind.Piece ? QuantityUnit.PieceHundredths : QuantityUnit.Minutes;
        lines.Add(new Earning(kind, sum.Quantity, unit, terms.Rate, amount, sum.Trace()));
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, next) => sum + next);
}
