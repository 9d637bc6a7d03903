using System.Globalization;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>Rules on what wages look like: each gives its rule, subject and facts; nothing where the pack in force
/// lists the rule only.</summary>
internal sealed class WageWarnings(DecisionContext context, RulePack pack)
{
    /// <summary>First day of the first month looked back to.</summary>
    private LocalDate From =>
        new LocalDate(context.Today.Year, context.Today.Month, 1).PlusMonths(-(int)pack["lookback_months"]);

    /// <summary>
    /// W06 (G2): the mean net per head of an approved payroll of a month or more is below the place's minimum wage at
    /// the period's end. Supplements, leavers' settlements and shorter periods are no month's wage.
    /// </summary>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> MeansLow()
    {
        if (!pack.Evaluates(WarningRule.MeanLow)) yield break;
        var rule = pack.Rule(WarningRule.MeanLow);
        foreach (var mean in context.Queries.LowMeans(From, pack.HighestMinimumWage.Fen))
        {
            var (from, to) = PeriodText.Parse(mean.Period);
            var months = WholeMonths(from, to);
            if (months == 0 || mean.NetFen >= mean.Heads * months * pack.MinimumWageOf(mean.Region, to).Fen) continue;
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"payroll/{mean.Payroll}"),
                new WarningFacts(rule.Level, Tier(rule, mean.Region), mean.NetFen, mean.Heads));
        }
    }

    /// <summary>
    /// W07 (G4): one worker was paid too much for a wage month or a calendar year, this or the last, over all projects
    /// of the ledger; each project that paid of it is told. A worker is one identity number: it is erased three years
    /// after its last wage at the earliest, so within the years looked at nobody has two numbers.
    /// </summary>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Overpaid()
    {
        if (!pack.Evaluates(WarningRule.Overpaid)) yield break;
        var rule = pack.Rule(WarningRule.Overpaid);
        foreach (var span in context.Queries.Overpaid(new LocalDate(context.Today.Year - 1, 1, 1),
            pack["overpay_month_fen"], pack["overpay_year_fen"]))
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"project/{span.Project}/{span.Span}"),
                new WarningFacts(rule.Level, Tier(rule, context.RegionOf(span.Project)), span.PaidFen, span.Heads));
    }

    /// <summary>
    /// W14: days worked back from the money. The wage is the stated whole days × the day rate, and the gate knows other
    /// days. Of payrolls whose check found that attendance derives something else.
    /// </summary>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Backward()
    {
        if (!pack.Evaluates(WarningRule.Backward)) yield break;
        var rule = pack.Rule(WarningRule.Backward);
        foreach (var payroll in context.Queries.BackwardLines(From))
        {
            var subject = string.Create(CultureInfo.InvariantCulture, $"payroll/{payroll.Payroll}");
            yield return (rule.Code, subject, new WarningFacts(rule.Level,
                Tier(rule, WarningPlace.Of(context, subject)), payroll.GrossFen, payroll.Lines));
        }
    }

    /// <summary>
    /// W13: workers on a site whose card is another person's too, or was changed within the last days; one warning for
    /// each project. A card changed because a bank returned the wage counts like any other: the rule makes no
    /// difference. Phones are not held in a form that could be compared.
    /// </summary>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> OddCards()
    {
        if (!pack.Evaluates(WarningRule.CardAbuse)) yield break;
        var rule = pack.Rule(WarningRule.CardAbuse);
        var since = context.At - Duration.FromDays((int)pack["card_changed_days"]);
        foreach (var odd in context.Queries.OddCards(context.At, since, context.Today))
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"project/{odd.Project}"),
                new WarningFacts(rule.Level, Tier(rule, context.RegionOf(odd.Project)), 0, odd.Heads));
    }

    /// <summary>Whole months of a period, both days included: 1 of 01-01/01-31 and of 12-26/01-25.</summary>
    private static int WholeMonths(LocalDate from, LocalDate to) =>
        Period.Between(from, to.PlusDays(1), PeriodUnits.Months).Months;

    private static WarningTier Tier(RuleEntry rule, string region) =>
        WarningPlace.Highest(rule.Tier, WarningPlace.TierOf(region));
}
