using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// W01: a day on which the owner agreed to pay labour cost has passed, and the money is not there (Decree 724 arts. 24,
/// 27, 29). Yellow from the day after it, red after a month; of the oldest such day. A later payment ends it.
/// </summary>
public static class LateFunding
{
    public static IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Found(
        DecisionContext context, RulePack pack)
    {
        if (!pack.Evaluates(WarningRule.FundLate)) yield break;
        var rule = pack.Rule(WarningRule.FundLate);
        var paid = context.Queries.OwnerDeposits(context.Today).ToDictionary(p => p.Project);
        foreach (var dates in context.Queries.FundingDates(context.Today).GroupBy(d => d.Project))
        {
            if (Missed([.. dates], paid.GetValueOrDefault(dates.Key)) is not { } missed) continue;
            var red = new Age(missed.Since, context.Today).Over(pack["fund_late_months"]);
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"project/{dates.Key}"),
                new WarningFacts(red ? WarningLevel.Red : WarningLevel.Yellow,
                    WarningPlace.Highest(rule.Tier, WarningPlace.TierOf(context.RegionOf(dates.Key))),
                    missed.LacksFen, missed.Dates));
        }
    }

    /// <summary>
    /// The agreed days nothing answers to, or null. A day with a sum is met where all that came covers all that was
    /// agreed by it; one without, where anything came after the agreed day before it.
    /// </summary>
    /// <param name="dates">Days that have passed, oldest first.</param>
    public static (LocalDate Since, long LacksFen, long Dates)? Missed(
        IReadOnlyList<AgreedFunding> dates, OwnerDeposit? paid)
    {
        LocalDate? since = null, previous = null;
        long agreed = 0, missed = 0;
        foreach (var date in dates)
        {
            agreed += date.AmountFen ?? 0;
            var met = date.AmountFen is null
                ? paid is not null && !(paid.LastOn <= previous)
                : paid?.SumFen >= agreed;
            previous = date.AgreedOn;
            if (met) continue;
            since ??= date.AgreedOn;
            missed++;
        }
        return since is { } first ? (first, Math.Max(0, agreed - (paid?.SumFen ?? 0)), missed) : null;
    }
}
