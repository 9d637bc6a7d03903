using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// W15: an employer's arrears reach the line of the crime of refusing to pay (拒不支付劳动报酬罪): an alarm (报警).
/// </summary>
/// <remarks>
/// Criminal Law art. 276-1; 法释〔2013〕3号 art. 3: 数额较大 is (1) one worker's pay of three months or more and 5,000 to
/// 20,000 yuan or more, or (2) ten workers' or more and 30,000 to 100,000 yuan or more together, each province within
/// the range. Guizhou's own figure was not found, so the low end stands: an alarm too early is looked at, one too late
/// is of no use. Read as: of one employer, the direct debtor, over all its projects in the ledger; what open lines of
/// obligations that were demanded owe, derived amounts of unassessed work among them; not what only awaits its bank.
/// Three months' pay is the wages of three months, not three months' age: months in which a wage's period ends, and of
/// a period of several months each whole one. Whether the employer refuses, and after an order, is for the court.
/// </remarks>
internal sealed class CrimeLine(DecisionContext context, RulePack pack)
{
    /// <summary>Employers at the line, by number; lines and amount are of the workers that bring it there.</summary>
    /// <param name="standing">Obligations not ended, as this decision leaves them.</param>
    /// <param name="moved">What it put onto them, or took off.</param>
    public IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Reached(
        IEnumerable<ObligationRow> standing, IReadOnlyList<OwedToWorker> moved)
    {
        if (!pack.Evaluates(WarningRule.CrimeLine)) yield break;
        var demanded = standing.Where(o => o.State is ObligationState.Demanded or ObligationState.Overdue)
            .ToDictionary(o => o.Obligation);
        // No employer owes the lesser sum: nothing is asked of any line.
        var least = Math.Min(pack["crime_one_fen"], pack["crime_sum_fen"]);
        if (!demanded.Values.GroupBy(o => o.Subcontractor).Any(e => e.Sum(o => o.OpenFen) >= least)) yield break;
        var rule = pack.Rule(WarningRule.CrimeLine);
        var owed = context.Queries.OwedToWorkers().Concat(moved).Where(l => demanded.ContainsKey(l.Obligation))
            .GroupBy(l => (l.Obligation, l.Worker))
            .Select(l => (Obligation: demanded[l.Key.Obligation], l.Key.Worker, Fen: l.Sum(x => x.AmountFen)))
            .Where(l => l.Fen > 0);
        foreach (var employer in owed.GroupBy(l => l.Obligation.Subcontractor).OrderBy(e => e.Key))
        {
            var workers = employer.GroupBy(l => l.Worker)
                .Select(w => (Fen: w.Sum(l => l.Fen), Months: Months(w.Select(l => l.Obligation.Period)))).ToList();
            var many = workers.Count >= pack["crime_heads"] && workers.Sum(w => w.Fen) >= pack["crime_sum_fen"];
            var reaching = many ? workers : workers.FindAll(w =>
                w.Months >= pack["crime_one_months"] && w.Fen >= pack["crime_one_fen"]);
            if (reaching.Count == 0) continue;
            var subject = ObligationBook.EmployerSubject(employer.Key);
            var place = WarningPlace.TierOf(WarningPlace.Of(context, subject));
            yield return (rule.Code, subject, new WarningFacts(
                rule.Level, WarningPlace.Highest(rule.Tier, place), reaching.Sum(w => w.Fen), reaching.Count));
        }
    }

    /// <summary>How many months' wages these are: 1 of four weeks of January, 1 of 12-26/01-25, 5 of 01-01/05-31.
    /// </summary>
    private static int Months(IEnumerable<string> periods)
    {
        var months = new HashSet<YearMonth>();
        foreach (var (from, to) in periods.Distinct().Select(PeriodText.Parse))
        {
            var last = new YearMonth(to.Year, to.Month);
            var whole = Period.Between(from, to.PlusDays(1), PeriodUnits.Months).Months;
            for (var back = 0; back < Math.Max(whole, 1); back++) months.Add(last.PlusMonths(-back));
        }
        return months.Count;
    }
}
