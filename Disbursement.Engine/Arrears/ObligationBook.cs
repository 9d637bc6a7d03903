using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// Ends lines of obligations within one decision: each line leaves by its own cause, the last one discharges the
/// obligation and clears its warning.
/// </summary>
/// <remarks>
/// Called once per decision: a header is read as it was before it. Costs nothing where no line is open.
/// </remarks>
public static class ObligationBook
{
    /// <summary>Rules whose condition is the open obligation itself: over when its last line leaves.</summary>
    private static readonly string[] EndingWithIt = [WarningRule.DueMissed, WarningRule.Returned];

    /// <summary>What an obligation's warnings are about: the payroll, or the attendance nobody assessed.</summary>
    public static string Subject(ObligationRow obligation) => obligation.Payroll is { } payroll
        ? string.Create(CultureInfo.InvariantCulture, $"payroll/{payroll}")
        : string.Create(CultureInfo.InvariantCulture,
            $"unassessed/{obligation.Project}/{obligation.Subcontractor}/{obligation.Period}");

    /// <summary>What warnings of an employer's whole arrears are about: "employer/5".</summary>
    public static string EmployerSubject(long employer) =>
        string.Create(CultureInfo.InvariantCulture, $"employer/{employer}");

    /// <summary>
    /// Claims of a release were settled: their lines leave, and what was advanced opens a recovery claim.
    /// </summary>
    /// <param name="paidOn">The settled claims with the day the bank credited them, where it says so.</param>
    /// <param name="open">Open lines, as asked of the file or the payroll; those of other claims stay.</param>
    public static void Settled(DecisionContext context, Changes changes, ReleaseRow release,
        IReadOnlyDictionary<long, LocalDate?> paidOn, IReadOnlyList<OpenObligationLine> open)
    {
        var leaving = open.Where(l => l.Claim is { } claim && paidOn.ContainsKey(claim))
            .Select(l => (Line: l, Cause: CauseOf(release.Kind, paidOn[l.Claim!.Value], l.DueDate))).ToList();
        End(context, changes, leaving, document: null);
        RecoveryBook.Advanced(context, changes, release,
            [.. leaving.Where(l => l.Cause == LeftCause.Advanced).Select(l => l.Line)]);
    }

    /// <summary>Claims were paid, voided or assessed: their open lines leave, each by its cause.</summary>
    /// <param name="open">Open lines, as asked of the file, the payroll or the claim;
    /// those of other claims stay.</param>
    /// <param name="document">Digest of the evidence, where people brought it.</param>
    public static void Leave(DecisionContext context, Changes changes,
        IReadOnlyCollection<(long Claim, LeftCause Cause)> left,
        IReadOnlyList<OpenObligationLine> open, string? document = null)
    {
        if (open.Count == 0 || left.Count == 0) return;
        var causes = new Dictionary<long, LeftCause>();
        foreach (var (claim, cause) in left) causes[claim] = cause;
        End(context, changes, [.. open.Where(l => l.Claim is { } claim && causes.ContainsKey(claim))
            .Select(l => (l, causes[l.Claim!.Value]))], document);
    }

    /// <summary>The lines leave; headers count down, and the last line discharges.</summary>
    internal static void End(DecisionContext context, Changes changes,
        IReadOnlyList<(OpenObligationLine Line, LeftCause Cause)> leaving, string? document)
    {
        foreach (var group in leaving.GroupBy(l => l.Line.Obligation).OrderBy(g => g.Key))
        {
            var header = context.Rows.Find<ObligationRow>(("obligation", group.Key))
                ?? throw new DefectException($"obligation {group.Key} has lines and no header");
            var after = header with
            {
                Version = header.Version + 1,
                LinesOpen = header.LinesOpen - group.Count(),
                OpenFen = header.OpenFen - group.Sum(l => l.Line.AmountFen),
            };
            if (after.LinesOpen == 0)
                after = after with { State = ObligationMachine.Table.Next(header.State, ObligationTrigger.Discharge) };
            changes.Update(after).Insert([.. group.OrderBy(l => l.Line.Line).Select(l => new ObligationLineLeftRow
            {
                Obligation = l.Line.Obligation,
                Line = l.Line.Line,
                Cause = l.Cause,
                Document = document,
            })]);
            if (after.State == ObligationState.Discharged)
                foreach (var rule in EndingWithIt) WarningBook.Clear(context, changes, rule, Subject(after));
        }
    }

    /// <summary>
    /// With whose money it was paid; the subcontractor's own counts as late only if the
    /// worker had it after the due date.
    /// </summary>
    private static LeftCause CauseOf(ReleaseKind kind, LocalDate? paidOn, LocalDate dueDate) => kind switch
    {
        ReleaseKind.Advance => LeftCause.Advanced,
        ReleaseKind.Deposit => LeftCause.Deposit,
        ReleaseKind.Ordinary or ReleaseKind.Partial or ReleaseKind.RePayment =>
            paidOn is { } day && day <= dueDate ? LeftCause.FoundPaid : LeftCause.SettledLate,
        _ => throw new DefectException($"no such release kind: {kind}"),
    };
}
