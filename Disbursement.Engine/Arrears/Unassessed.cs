using System.Globalization;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// Who worked and has no approved claim when it was due (L4): sheets never submitted, never approved or refused do not
/// make the debt go away.
/// </summary>
public static class Unassessed
{
    /// <summary>
    /// A payroll was approved: its workers' Unassessed lines end as assessed, and what is past due opens the ordinary
    /// obligation in the same commit.
    /// </summary>
    public static void Approved(
        DecisionContext context, Changes changes, PayrollRow payroll, IReadOnlyList<WageClaimRow> claims)
    {
        var workers = claims.Select(c => c.Worker).ToHashSet();
        var lines = context.Queries.OpenUnassessedLines(payroll.Project, payroll.Employer)
            .Where(l => workers.Contains(l.Worker) && Meet(l.Period, payroll.Period));
        ObligationBook.End(context, changes, [.. lines.Select(l => (l, LeftCause.Assessed))], document: null);
        DueSweep.Late(context, changes, payroll, claims);
    }

    /// <summary>
    /// The clock over attendance: lines come for who is past due without a claim, and go where that ended.
    /// </summary>
    internal static void Run(DecisionContext context, ObligationDesk desk, RulePack pack, LegalCalendar calendar)
    {
        var from = context.Today.PlusMonths(-(int)pack["lookback_months"]);
        var due = new SortedDictionary<string, List<UnassessedWork>>(StringComparer.Ordinal);
        foreach (var work in UnassessedWork.Of(context.Queries.UncoveredDays(from, context.Today), calendar))
        {
            if (work.DueDate is not { } day || day >= context.Today) continue;
            var key = Key(work.Project, work.Subcontractor, work.Period);
            if (!due.TryGetValue(key, out var list)) due[key] = list = [];
            list.Add(work);
        }
        var standing = Leave(context, desk, due, from);
        foreach (var works in due.Values)
        {
            var first = works[0];
            var fresh = works.Where(w =>
                !standing.Contains((Key(w.Project, w.Subcontractor, w.Period), w.Worker))).ToList();
            if (fresh.Count == 0) continue;
            desk.Owe(
                new Owed(ObligationKind.Unassessed, first.Project, first.Subcontractor, null, first.Period,
                    fresh.Min(w => w.DueDate!.Value)),
                [.. fresh.Select(w => new OwedLine(w.Worker, null, w.Amount(calendar, pack).Fen))],
                waitsUntil: null);
        }
    }

    /// <summary>Ends lines whose condition is gone, and gives those that stay.</summary>
    private static HashSet<(string Key, long Worker)> Leave(DecisionContext context, ObligationDesk desk,
        SortedDictionary<string, List<UnassessedWork>> due, LocalDate from)
    {
        var standing = new HashSet<(string, long)>();
        var debtors = desk.Standing.Where(o => o.Kind == ObligationKind.Unassessed)
            .Select(o => (o.Project, o.Subcontractor)).Distinct().ToList();
        foreach (var (project, subcontractor) in debtors)
            foreach (var line in context.Queries.OpenUnassessedLines(project, subcontractor))
            {
                var key = Key(project, subcontractor, line.Period);
                var still = due.TryGetValue(key, out var works) && works.Exists(w => w.Worker == line.Worker);
                // What began before the days looked at is not judged by them.
                if (still || First(line.Period) < from) standing.Add((key, line.Worker));
                else desk.End(line, Claimed(context, project, line) ? LeftCause.Assessed : LeftCause.Withdrawn);
            }
        return standing;
    }

    /// <summary>Gone because a claim came; else the attendance itself was corrected.</summary>
    private static bool Claimed(DecisionContext context, long project, OpenObligationLine line) =>
        context.Rows.List<WageClaimRow>(("worker", line.Worker), ("project", project))
            .Any(c => Meet(c.Period, line.Period));

    /// <summary>Whether two periods "yyyy-MM-dd/yyyy-MM-dd" share a day; such days order as text.</summary>
    private static bool Meet(string one, string other) =>
        string.CompareOrdinal(one, 0, other, 11, 10) <= 0 && string.CompareOrdinal(other, 0, one, 11, 10) <= 0;

    private static LocalDate First(string period) => LocalDatePattern.Iso.Parse(period[..10]).GetValueOrThrow();

    private static string Key(long project, long subcontractor, string period) =>
        string.Create(CultureInfo.InvariantCulture, $"{project:D12}/{subcontractor:D12}/{period}");
}
