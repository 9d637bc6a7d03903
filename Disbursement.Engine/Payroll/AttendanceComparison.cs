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
    /// <param name="listed">What other payrolls of the period list for a worker: a supplement is told beside it.
    /// </param>
    public static IReadOnlyList<Finding> Compare(string file, PayrollDraft payroll,
        IReadOnlyDictionary<long, DerivedPay> derived, IReadOnlyDictionary<long, ListedPay> listed)
    {
        var findings = new List<Finding>();
        var onSheet = new HashSet<long>(payroll.Lines.Count);
        foreach (var line in payroll.Lines)
        {
            onSheet.Add(line.Worker);
            var pay = derived.GetValueOrDefault(line.Worker);
            if (payroll.Header.Kind == PayrollKind.Supplementary)
                Supplement(file, line, pay, listed.GetValueOrDefault(line.Worker), findings);
            else Compare(file, line, pay, findings);
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

    private static void Compare(string file, PayrollLine line, DerivedPay? pay, List<Finding> findings)
    {
        var at = new Place(file, line.Row, GrossColumn, line.Gross.ToYuan());
        if (pay is null) findings.Add(new Finding(PayrollRules.NoAttendance, at));
        var total = pay?.Total ?? Money.Zero;
        if (line.Gross == total) return;
        var rule = line.DifferenceReason.Length == 0 ? PayrollRules.DiffersWithoutReason : PayrollRules.Differs;
        findings.Add(new Finding(rule, at, line.Gross.ToYuan(), total.ToYuan(), line.DifferenceReason));
    }

    /// <summary>A supplement pays what the period's own payroll left out: it always needs its reason, and whoever
    /// approves it is told what is listed already, so that nobody is paid twice unawares.</summary>
    private static void Supplement(
        string file, PayrollLine line, DerivedPay? pay, ListedPay? listed, List<Finding> findings)
    {
        var at = new Place(file, line.Row, GrossColumn, line.Gross.ToYuan());
        if (pay is null) findings.Add(new Finding(PayrollRules.NoAttendance, at));
        var total = pay?.Total ?? Money.Zero;
        var before = listed ?? new ListedPay(Money.Zero, "-");
        findings.Add(line.DifferenceReason.Length == 0
            ? new Finding(PayrollRules.SupplementWithoutReason, at, line.Gross.ToYuan())
            : new Finding(before.Gross + line.Gross > total ? PayrollRules.SupplementBeyond : PayrollRules.Supplement,
                at, line.Gross.ToYuan(), before.Gross.ToYuan(), before.Payrolls, total.ToYuan(),
                line.DifferenceReason));
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What other payrolls list for a worker in days of this period.</summary>
/// <param name="Payrolls">Their numbers, as "1/4": a form that a finding keeps (<see cref="PayrollFindings"/>).</param>
public sealed record ListedPay(Money Gross, string Payrolls);
