using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>What a payroll pays. Supplementary (补发) adds to a period already paid; final settlement (一次付清) is a
/// leaver's.</summary>
public enum PayrollKind { Ordinary, Supplementary, FinalSettlement }

/// <summary>What one payroll sheet (农民工工资支付表) is about, as stated by whoever hands it in.</summary>
/// <param name="Employer">Unified social credit code of the subcontractor that compiled it.</param>
/// <param name="Team">班组; empty for all teams.</param>
/// <param name="Number">The contractor's own number of the sheet; with project and employer it names the
/// payroll.</param>
public sealed record PayrollHeader(string Project, string Employer, string Team, LocalDate From, LocalDate To,
    PayrollKind Kind, string Number);

/// <summary>Why a worker has not confirmed the line (未确认原因).</summary>
public enum ConfirmationGap { None, NotStated, Absent, Left, Declined, Other }

/// <summary>The worker's confirmation (本人确认): its day, or why there is none. It never holds a wage back.</summary>
/// <remarks>Decree 724 art. 31(2). One constructor per case: a day has no reason, a reason no day.</remarks>
public readonly record struct Confirmation
{
    private Confirmation(LocalDate? on, ConfirmationGap gap) => (On, Gap) = (on, gap);

    public LocalDate? On { get; }
    public ConfirmationGap Gap { get; }

    public static Confirmation Given(LocalDate on) => new(on, ConfirmationGap.None);
    public static Confirmation Missing(ConfirmationGap why) => new(null, why);
}

/// <summary>One worker's line of a checked payroll sheet.</summary>
/// <param name="Line">Position on the sheet, from 1; with the payroll it names the claim's origin.</param>
/// <param name="Row">Row of the file.</param>
/// <param name="Worker">The register's id of the worker.</param>
/// <param name="CentiDays">Attended days in hundredths.</param>
/// <param name="Minutes">Worked time.</param>
/// <param name="DifferenceReason">Why the line differs from what attendance derives; empty when none is stated.</param>
public sealed record PayrollLine(int Line, long Row, long Worker, string Name, string Identity,
    long CentiDays, long Minutes, Money Gross, DeductionList Deductions, Money Net, Confirmation Confirmation,
    string DifferenceReason, string Remark);

/// <summary>How many lines, and their sums.</summary>
public readonly record struct PayrollTotals(int Lines, Money Gross, Money Deductions, Money Net)
{
    public PayrollTotals Plus(Money gross, Money deductions, Money net) =>
        new(Lines + 1, Gross + gross, Deductions + deductions, Net + net);
}

/// <summary>A sheet that broke no rule it could break by itself or against the registers.</summary>
public sealed record PayrollDraft(PayrollHeader Header, IReadOnlyList<PayrollLine> Lines, PayrollTotals Totals);
