using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>What moves a wage account's money in a forecast: unpaid wages of an approved payroll, a payroll put forward
/// and not approved yet, one that is to be expected, a payment the owner agreed to (约定拨付).</summary>
public enum ForecastItem { Agreed, Approved, PutForward, Expected }

/// <summary>What a project's wage account has for wages that no file carries yet, in fen: posted, less what files that
/// are out keep reserved.</summary>
public sealed record ForecastMoney
{
    public required long Account { get; init; }
    public required long Project { get; init; }
    public required string ProjectCode { get; init; }
    public required long Fen { get; init; }
}

/// <summary>A payroll with what of it is still to be paid, in fen.</summary>
public sealed record ForecastPayroll
{
    public required long Project { get; init; }
    public required LocalDate DueDate { get; init; }
    public required ForecastItem Item { get; init; }
    public required long Fen { get; init; }
}

/// <summary>The newest ordinary payroll of an employer's team: the next one is expected a month later with its sum.
/// </summary>
public sealed record PayrollSeries
{
    public required long Project { get; init; }
    public required LocalDate DueDate { get; init; }
    public required long DeclaredFen { get; init; }
}

/// <summary>A step of an account's forecast.</summary>
/// <param name="Fen">Positive for money that is to come, negative for wages.</param>
/// <param name="LeavesFen">What the account has after it; below nothing is what it lacks.</param>
public sealed record ForecastStep(
    long Account, string Project, LocalDate On, ForecastItem Item, long Fen, long LeavesFen)
{
    public long LacksFen => Math.Max(0, -LeavesFen);
}

/// <summary>
/// What each wage account needs by each pay day to come, and lacks where nothing more comes in than the owner agreed to
/// (Decree 724 arts. 24, 29). Told so that somebody pays in before the day; it decides nothing.
/// </summary>
public static class FundingForecast
{
    /// <param name="agreed">Days agreed with the owner; those without a sum and those that have passed bring
    /// nothing.</param>
    /// <param name="until">The last day looked at; what is overdue counts from today.</param>
    /// <returns>By account and day; on one day money comes before wages go.</returns>
    public static IReadOnlyList<ForecastStep> Of(IEnumerable<ForecastMoney> accounts,
        IEnumerable<ForecastPayroll> payrolls, IEnumerable<PayrollSeries> series, IEnumerable<AgreedFunding> agreed,
        LocalDate today, LocalDate until)
    {
        var moves = payrolls.Select(p => (p.Project, On: LocalDate.Max(p.DueDate, today), p.Item, Fen: -p.Fen))
            .Concat(series.SelectMany(s => Expected(s, today, until)
                .Select(on => (s.Project, On: on, Item: ForecastItem.Expected, Fen: -s.DeclaredFen))))
            .Concat(agreed.Where(a => a.AgreedOn >= today && a.AmountFen > 0)
                .Select(a => (a.Project, On: a.AgreedOn, Item: ForecastItem.Agreed, Fen: a.AmountFen!.Value)))
            .Where(m => m.On <= until && m.Fen != 0)
            .ToLookup(m => m.Project);
        var steps = new List<ForecastStep>();
        foreach (var account in accounts.OrderBy(a => a.Account))
        {
            var leaves = account.Fen;
            foreach (var day in moves[account.Project].GroupBy(m => (m.On, m.Item)).OrderBy(g => g.Key))
            {
                var fen = day.Sum(m => m.Fen);
                leaves += fen;
                steps.Add(new ForecastStep(account.Account, account.ProjectCode, day.Key.On, day.Key.Item, fen,
                    leaves));
            }
        }
        return steps;
    }

    /// <summary>A month after the newest payroll, and each month after that. One whose day has passed without it is not
    /// to be expected: W04 and W08 ask after it.</summary>
    private static IEnumerable<LocalDate> Expected(PayrollSeries series, LocalDate today, LocalDate until)
    {
        for (var months = 1; series.DueDate.PlusMonths(months) is var due && due <= until; months++)
            if (due >= today) yield return due;
    }
}
