using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Payroll;

/// <summary>A pay period (工资支付周期) as rows hold it: "2026-01-01/2026-01-31", both days included.</summary>
public static class PeriodText
{
    public static string Of(LocalDate from, LocalDate to) =>
        $"{LocalDatePattern.Iso.Format(from)}/{LocalDatePattern.Iso.Format(to)}";

    /// <summary>Both days of a stored period; any other text is a defect.</summary>
    public static (LocalDate From, LocalDate To) Parse(string period)
    {
        Invariant.Holds(period.Length == 21 && period[10] == '/', $"a period is two days, not {period}");
        return (Day(period[..10]), Day(period[11..]));
    }

    /// <summary>A day as commands carry it; any other text is a defect.</summary>
    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();
}
