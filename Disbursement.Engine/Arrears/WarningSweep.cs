using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>Holds every rule the engine evaluates to the ledger, and brings the warnings to what was found.</summary>
internal sealed class WarningSweep(DecisionContext context, RulePack pack, LegalCalendar calendar)
{
    /// <summary>By rule and subject; in one order, so that a replay numbers its warnings the same.</summary>
    private readonly SortedDictionary<string, (string Rule, string Subject, WarningFacts Facts)> _found =
        new(StringComparer.Ordinal);

    /// <summary>Looks at everything. True where a warning was raised, changed or cleared.</summary>
    public bool Run(Changes changes, ObligationDesk desk)
    {
        Look(desk);
        return Settle(changes);
    }

    /// <summary>What the pack finds and no officer has struck off for good, by rule and subject; nothing is written.
    /// </summary>
    public IReadOnlyList<FoundWarning> Find(ObligationDesk desk)
    {
        Look(desk);
        return [.. _found.Values.Where(f => !Struck(Newest(context, f.Rule, f.Subject), f.Rule, f.Facts))
            .Select(f => new FoundWarning(f.Rule, f.Subject, f.Facts))];
    }

    private void Look(ObligationDesk desk)
    {
        var obligations = desk.Standing.ToList();
        foreach (var obligation in obligations)
            if (FactsOf(context, pack, obligation) is { } facts)
                Found(WarningRule.DueMissed, ObligationBook.Subject(obligation), facts);
        ShortFunds();
        Heads();
        ReturnedAndNotPaid();
        ForeignDebits();
        Unconfirmed();
        var wages = new WageWarnings(context, pack);
        foreach (var (rule, subject, facts) in wages.MeansLow().Concat(wages.Overpaid())
            .Concat(wages.OddCards()).Concat(wages.Backward())
            .Concat(new CrimeLine(context, pack).Reached(obligations, desk.Moved))
            .Concat(ComplaintWarnings.Found(context, pack))
            .Concat(LateFunding.Found(context, pack))) Found(rule, subject, facts);
    }

    /// <summary>The warning of one obligation, raised or changed on the spot.</summary>
    public static void DueMissed(DecisionContext context, Changes changes, RulePack pack, ObligationRow obligation)
    {
        if (FactsOf(context, pack, obligation) is not { } facts) return;
        var subject = ObligationBook.Subject(obligation);
        WarningBook.Keep(context, changes, WarningRule.DueMissed, subject,
            Newest(context, WarningRule.DueMissed, subject), facts);
    }

    /// <summary>
    /// W04: by age of the arrears, yellow, orange, red (宝应); nothing while every line only awaits its bank.
    /// </summary>
    private static WarningFacts? FactsOf(DecisionContext context, RulePack pack, ObligationRow obligation)
    {
        if (!pack.Evaluates(WarningRule.DueMissed)
            || obligation.State is not (ObligationState.Demanded or ObligationState.Overdue)) return null;
        var age = new Age(obligation.DueDate, context.Today);
        var level = pack.LevelAt(WarningRule.DueMissed, age);
        return new WarningFacts(level, Highest(pack.TierAt(age), PlaceOf(context, obligation.Project)),
            obligation.OpenFen, obligation.LinesOpen);
    }

    /// <summary>W02: approved wages the account cannot pay; red once a pay date has come.</summary>
    private void ShortFunds()
    {
        if (!pack.Evaluates(WarningRule.FundShort)) return;
        foreach (var account in context.Rows.List<ReleaseRow>(("state", ReleaseState.Short)).GroupBy(r => r.Account))
        {
            var level = account.Any(r => r.DueDate <= context.Today) ? WarningLevel.Red : WarningLevel.Yellow;
            Found(WarningRule.FundShort, Named("account", account.Key),
                new WarningFacts(level, pack.Rule(WarningRule.FundShort).Tier,
                    account.Sum(r => r.AmountFen), account.Sum(r => r.Lines)));
        }
    }

    /// <summary>W03 and W05: a month's heads, looked at from the first day of the month after next (G1).</summary>
    private void Heads()
    {
        if (!pack.Evaluates(WarningRule.NotPaid) && !pack.Evaluates(WarningRule.HeadCount)) return;
        var thisMonth = new LocalDate(context.Today.Year, context.Today.Month, 1);
        var from = thisMonth.PlusMonths(-(int)pack["lookback_months"]);
        foreach (var month in context.Queries.MonthHeads(from, thisMonth.PlusMonths(-1)))
        {
            var subject = Named("project", month.Project) + "/" + month.Month;
            var place = PlaceOf(context, month.Project);
            if (month.Paid == 0 && pack.Evaluates(WarningRule.NotPaid))
                Found(WarningRule.NotPaid, subject,
                    new WarningFacts(pack.Rule(WarningRule.NotPaid).Level, place, 0, month.Attended));
            if (month.Paid >= month.Attended || !pack.Evaluates(WarningRule.HeadCount)) continue;
            var red = (month.Attended - month.Claimed) * 100 > month.Attended * pack["missing_percent_red"];
            Found(WarningRule.HeadCount, subject,
                new WarningFacts(red ? WarningLevel.Red : WarningLevel.Yellow, place, 0, month.Attended - month.Paid));
        }
    }

    /// <summary>W09: returned by the bank and not paid again within the working days allowed.</summary>
    private void ReturnedAndNotPaid()
    {
        if (!pack.Evaluates(WarningRule.Returned)) return;
        foreach (var returned in context.Queries.ReturnedClaims())
        {
            if (returned.Since is { } since && WorkingDaysSince(since) <= pack["repay_working_days"]) continue;
            var rule = pack.Rule(WarningRule.Returned);
            Found(rule.Code, Named("payroll", returned.Payroll),
                new WarningFacts(rule.Level, rule.Tier, returned.AmountFen, returned.Lines));
        }
    }

    /// <summary>
    /// W10, and with it W11: a statement's debit that no order of ours explains, a court's among them.
    /// </summary>
    private void ForeignDebits()
    {
        if (!pack.Evaluates(WarningRule.Outflow)) return;
        var rule = pack.Rule(WarningRule.Outflow);
        var debits = context.Rows.List<BankExceptionRow>(("kind", "ForeignDebit"))
            .Where(e => e.Account is not null && !IsOfFile(e));
        foreach (var account in debits.GroupBy(e => e.Account!.Value))
            Found(rule.Code, Named("account", account.Key),
                new WarningFacts(rule.Level, rule.Tier, account.Sum(e => Math.Abs(e.AmountFen)), account.Count()));
    }

    /// <summary>Whether two people laid the debit on the file it was for.</summary>
    private bool IsOfFile(BankExceptionRow debit) => (debit.Document ?? context.Rows.Find<BankMessageRow>(
            ("message", debit.Message ?? 0))?.Document) is { } document
        && DebitAttribution.FileOf(context.Rows, document, debit.DocumentLine) is not null;

    /// <summary>W12: a payroll in force or put forward whose sheet carries no confirmation of its workers.</summary>
    private void Unconfirmed()
    {
        if (!pack.Evaluates(WarningRule.NotConfirmed)) return;
        var rule = pack.Rule(WarningRule.NotConfirmed);
        foreach (var findings in PayrollRules.Unconfirmed
            .SelectMany(r => context.Rows.List<PayrollFindingRow>(("rule", r.Code))).GroupBy(f => f.Payroll))
        {
            var payroll = context.Rows.Find<PayrollRow>(("payroll", findings.Key))
                ?? throw new DefectException($"payroll {findings.Key} has findings and no header");
            if (payroll.State is not (PayrollState.Submitted or PayrollState.Approved)) continue;
            Found(rule.Code, Named("payroll", findings.Key),
                new WarningFacts(rule.Level, Highest(rule.Tier, PlaceOf(context, payroll.Project)),
                    payroll.DeclaredFen, findings.Count()));
        }
    }

    private void Found(string rule, string subject, WarningFacts facts) =>
        _found[rule + " " + subject] = (rule, subject, facts);

    private bool Settle(Changes changes)
    {
        var changed = false;
        var live = context.Queries.LiveWarnings().ToDictionary(w => w.Rule + " " + w.Subject, StringComparer.Ordinal);
        foreach (var (key, (rule, subject, facts)) in _found)
        {
            var last = live.GetValueOrDefault(key) ?? Newest(context, rule, subject);
            if (Struck(last, rule, facts)) continue;
            changed |= WarningBook.Keep(context, changes, rule, subject, last, facts);
        }
        foreach (var (_, warning) in live.Where(w => !_found.ContainsKey(w.Key)).OrderBy(w => w.Value.Warning))
        {
            WarningBook.Step(context, changes, warning, WarningTrigger.Clear, "warning.cleared");
            changed = true;
        }
        return changed;
    }

    /// <summary>What happened cannot un-happen: once closed, only more of it is a new warning.</summary>
    private bool Struck(WarningRow? last, string rule, WarningFacts facts) =>
        last is { State: WarningState.Closed } && pack.Rule(rule).Event && facts.Lines <= last.Lines;

    private long WorkingDaysSince(LocalDate day)
    {
        var count = 0L;
        for (var next = day.PlusDays(1); next <= context.Today; next = next.PlusDays(1))
            if (!calendar.Covers(next.Year) || calendar.IsWorkingDay(next)) count++;
        return count;
    }

    private static WarningTier PlaceOf(DecisionContext context, long project) =>
        WarningPlace.TierOf(context.Rows.Find<ProjectRow>(("project", project))?.Region);

    private static WarningTier Highest(WarningTier one, WarningTier other) => WarningPlace.Highest(one, other);

    private static WarningRow? Newest(DecisionContext context, string rule, string subject) =>
        context.Rows.List<WarningRow>(("rule", rule), ("subject", subject)).MaxBy(w => w.Episode);

    private static string Named(string noun, long id) => string.Create(CultureInfo.InvariantCulture, $"{noun}/{id}");
}
