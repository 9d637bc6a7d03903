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
    /// W06 (G2): the mean net per head of an approved payroll of a month or more is below the place's minimum wage at the
    /// period's end. Supplements, leavers' settlements and shorter periods are no month's wage.
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
    /// W07 (G4): one worker was paid too much for a wage month or a calendar year, over all projects of the ledger; each
    /// project that paid of it is told. A worker is one identity number: it is erased three years after its last wage
    /// at the earliest, so within the years looked at nobody has two numbers.
    /// </summary>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Overpaid()
    {
        if (!pack.Evaluates(WarningRule.Overpaid)) yield break;
        var rule = pack.Rule(WarningRule.Overpaid);
        foreach (var span in context.Queries.Overpaid(new LocalDate(From.Year, 1, 1),
            pack["overpay_month_fen"], pack["overpay_year_fen"]))
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"project/{span.Project}/{span.Span}"),
                new WarningFacts(rule.Level, Tier(rule, context.RegionOf(span.Project)), span.PaidFen, span.Heads));
    }

    /// <summary>Whole months of a period, both days included: 1 of 01-01/01-31 and of 12-26/01-25.</summary>
    private static int WholeMonths(LocalDate from, LocalDate to) =>
        Period.Between(from, to.PlusDays(1), PeriodUnits.Months).Months;

    private static WarningTier Tier(RuleEntry rule, string region) =>
        WarningPlace.Highest(rule.Tier, WarningPlace.TierOf(region));
}
