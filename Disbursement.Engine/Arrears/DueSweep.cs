using Disbursement.Engine.Calendars;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// The due-date clock over approved claims (L4): unpaid or in flight past the due date is an open line.
/// </summary>
public static class DueSweep
{
    /// <summary>
    /// Opens, or adds to, the obligation of every payroll past due, and demands what no longer merely awaits its bank.
    /// </summary>
    public static void Run(DecisionContext context, ObligationDesk desk)
    {
        var likely = context.Queries.LikelyDueClaims(context.Today).ToLookup(c => c.Payroll);
        foreach (var payroll in context.Queries.DuePayrolls(context.Today))
        {
            var due = OwingOf(context, payroll, likely[payroll.Payroll]);
            var fresh = due.Where(c => c.Obligation is null).ToList();
            if (fresh.Count > 0) Open(context, desk, fresh);
            foreach (var obligation in due.Where(c => c.Obligation is not null && !c.AwaitsAnswer(context.At))
                .Select(c => c.Obligation!.Value).Distinct())
                desk.Demand(obligation);
            foreach (var waiting in due.Where(c => c.Obligation is not null && c.AwaitsAnswer(context.At))
                .GroupBy(c => c.Obligation!.Value))
                desk.Await(waiting.Key, ChinaTime.DayOf(waiting.Max(c => c.AnswerBy!.Value)));
        }
    }

    /// <summary>
    /// Most payrolls owe a few of many lines, found where attempts died and files wait. The payroll counts what it owes
    /// (L3): where as many were found there are no others, else all of its lines are looked at.
    /// </summary>
    private static List<ClaimFacts> OwingOf(DecisionContext context, DuePayroll payroll, IEnumerable<ClaimFacts> likely)
    {
        var found = likely.Where(c => c.Owing(context.At)).ToList();
        return found.Count == payroll.Owing ? found
            : [.. context.Queries.ClaimsOfPayroll(payroll.Payroll).Where(c => c.Owing(context.At))];
    }

    /// <summary>
    /// A payroll was approved after its due date: the ordinary obligation opens, is
    /// demanded and warned of in that commit.
    /// </summary>
    public static void Late(DecisionContext context, Changes changes, PayrollRow payroll,
        IReadOnlyList<WageClaimRow> claims)
    {
        // A ledger without a rule pack has no days of demand: its sweep refuses, and
        // says so, until two people adopt one.
        if (payroll.DueDate >= context.Today || RulePack.InForce(context) is not { Accepted: true } pack) return;
        var desk = ObligationDesk.Load(context, pack.Value);
        var owed = new Owed(ObligationKind.Unpaid, payroll.Project, payroll.Employer, payroll.Payroll,
            payroll.Period, payroll.DueDate);
        desk.Owe(owed, [.. claims.Select(c => new OwedLine(c.Worker, c.Claim, c.NetFen))], waitsUntil: null);
        desk.Write(changes);
        var obligation = desk.Standing.Single(o => Owed.Of(o).Key == owed.Key);
        WarningSweep.DueMissed(context, changes, pack.Value, obligation);
    }

    private static void Open(DecisionContext context, ObligationDesk desk, List<ClaimFacts> claims)
    {
        var first = claims[0];
        var awaiting = claims.All(c => c.AwaitsAnswer(context.At));
        desk.Owe(
            new Owed(ObligationKind.Unpaid, first.Project, first.Subcontractor,
                first.Payroll, first.Period, first.DueDate),
            [.. claims.Select(c => new OwedLine(c.Worker, c.Claim, c.NetFen))],
            awaiting ? ChinaTime.DayOf(claims.Max(c => c.AnswerBy!.Value)) : null);
    }
}
