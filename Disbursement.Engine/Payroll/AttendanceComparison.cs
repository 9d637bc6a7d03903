using System.Globalization;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>Holds a read sheet to attendance and to the other payrolls: the findings of a payroll check.</summary>
/// <remarks>A finding of <see cref="Severity.Refusal"/> blocks the payroll; the others are recorded and the regulator
/// sees them.</remarks>
public static class AttendanceComparison
{
    private const string GrossColumn = "应发工资";

    /// <summary>Differences between the sheet and what attendance derives, line by line, then who is not on
    /// it.</summary>
    /// <param name="file">The sheet as its user named it.</param>
    /// <param name="derived">What attendance derives for the period, by worker: of everyone registered with this
    /// project and
    /// employer who has attendance in it.</param>
    public static IReadOnlyList<Finding> Compare(
        string file, PayrollDraft payroll, IReadOnlyDictionary<long, DerivedPay> derived)
    {
        var findings = new List<Finding>();
        var onSheet = new HashSet<long>(payroll.Lines.Count);
        foreach (var line in payroll.Lines)
        {
            onSheet.Add(line.Worker);
            Compare(file, payroll.Header.Kind, line, derived.GetValueOrDefault(line.Worker), findings);
        }
        // A supplement or a leaver's settlement lists only whom it concerns.
        if (payroll.Header.Kind != PayrollKind.Ordinary) return findings;
        foreach (var (worker, pay) in derived.OrderBy(d => d.Key))
        {
            if (pay.Total == Money.Zero || onSheet.Contains(worker)) continue;
            var number = worker.ToString(CultureInfo.InvariantCulture);
            var at = new Place(file, 0, GrossColumn, "");
            findings.Add(new Finding(PayrollRules.MissingFromSheet, at, number, pay.Total.ToYuan()));
        }
        return findings;
    }

    /// <summary>Workers whom another payroll already pays for days of this period. A supplement overlaps by its
    /// nature.</summary>
    public static IReadOnlyList<Finding> Overlaps(string file, PayrollDraft payroll, IEarlierPayrolls others)
    {
        var findings = new List<Finding>();
        if (payroll.Header.Kind == PayrollKind.Supplementary) return findings;
        foreach (var line in payroll.Lines)
        {
            if (others.Overlapping(line.Worker, payroll.Header) is not { } other) continue;
            var at = new Place(file, line.Row, "身份证号", line.Identity);
            findings.Add(new Finding(PayrollRules.Overlap, at, other.Number, Day(other.From), Day(other.To)));
        }
        return findings;
    }

    private static void Compare(
        string file, PayrollKind kind, PayrollLine line, DerivedPay? pay, List<Finding> findings)
    {
        var at = new Place(file, line.Row, GrossColumn, line.Gross.ToYuan());
        if (pay is null) findings.Add(new Finding(PayrollRules.NoAttendance, at));
        var total = pay?.Total ?? Money.Zero;
        // A supplement pays what the period's own payroll left out: it never equals the whole and always needs its
        // reason.
        if (line.Gross == total && kind != PayrollKind.Supplementary) return;
        var rule = line.DifferenceReason.Length == 0 ? PayrollRules.DiffersWithoutReason : PayrollRules.Differs;
        findings.Add(new Finding(rule, at, line.Gross.ToYuan(), total.ToYuan(), line.DifferenceReason));
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
