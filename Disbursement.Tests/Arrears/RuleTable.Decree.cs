using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;

namespace Disbursement.Tests.Arrears;

/// <summary>A row or more for each article of 保障农民工工资支付条例 (Decree 724) that the engine or the pack names, and
/// for those that name a debtor and that nothing acts on.</summary>
internal static partial class RuleTable
{
    private const string Elsewhere = "makes no obligation and no warning of its own";

    /// <summary>Every row.</summary>
    public static IReadOnlyList<RuleRow> Rows { get; } =
        [.. Funds, .. NotPaid, .. Wages, .. DueDates, .. Debtors, .. HeldElsewhere];

    /// <summary>When a wage is owed: arts. 12 to 14, 28, 31.</summary>
    private static IEnumerable<RuleRow> DueDates =>
    [
        new("724/12", "ObligationDesk", "the whole wage unpaid after the agreed day", "2026-02-14", Unpaid)
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-17", Warning = "W04 Yellow County payroll/7" },
        new("724/12", "ObligationDesk", "on the agreed day", "2026-02-13", Unpaid),
        new("724/13", "UnassessedWork", "no terms: the month counts, until the last day of the next", "2026-02-28",
            l => l.Worked(1, "2026-01-12")),
        new("724/13", "UnassessedWork", "no terms, the day after it", "2026-03-01", l => l.Worked(1, "2026-01-12"))
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-04",
            Warning = "W03 Red County project/1/2026-01",
        },
        new("724/14", "DueDate", "pay day on a day off is the working day before it", "2026-02-14", PayDayOff),
        new("724/14", "DueDate", "pay day on a day off, past the working day before it", "2026-02-15", PayDayOff)
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-02-18",
            Warning = $"W04 Yellow County unassessed/1/1/{January}",
        },
        new("724/28", "PayrollApprove, Unassessed", "work on a sheet that nobody approved", "2026-03-02", l =>
        {
            l.Worked(1, "2026-01-12");
            l.Payroll(7, PayrollState.Submitted, "2026-02-13", January);
        })
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-05",
            Warning = $"W04 Yellow County unassessed/1/1/{January}",
        },
        new("724/31", "ClaimFacts.AwaitsAnswer", "on its way to the worker's own account in time", "2026-02-14", l =>
            InFlight(l, answerBy: "2026-02-20"))
            { Obligation = "Unpaid Open", Deadline = "2026-02-20" },
        new("724/31", "ClaimFacts.AwaitsAnswer", "the bank's time to answer passed", "2026-02-21", l =>
            InFlight(l, answerBy: "2026-02-20"))
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-24", Warning = "W04 Yellow County payroll/7" },
        new("724/31", "PayrollRules.Unconfirmed", "a line its worker has not confirmed", "2026-02-10", Unconfirmed)
            { Warning = "W12 Yellow County payroll/7" },
        new("724/56", "PayrollRules.Unconfirmed", "a line its worker has not confirmed", "2026-02-10", Unconfirmed)
            { Warning = "W12 Yellow County payroll/7" },
    ];

    /// <summary>Who owes, and out of which money: arts. 24, 29, 30, 33, 36, 37.</summary>
    private static IEnumerable<RuleRow> Debtors =>
    [
        new("724/24", "W01", "nothing came on the day the owner agreed to pay on", "2026-02-14", l =>
            l.Agreed("2026-02-13", 100000)) { Warning = "W01 Yellow County project/1" },
        new("724/29", "W02; the owner's own advance (art. 29(2)) is none yet", "a release lacks money", "2026-02-13",
            l => l.Short("2026-02-13"))
            { Warning = "W02 Red County account/1" },
        new("724/30", "ObligationDesk", "a subcontractor's unpaid wage is demanded of the general contractor",
            "2026-02-14", Unpaid)
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-17", Warning = "W04 Yellow County payroll/7" },
        new("724/30", "ObligationDesk", "the demand's days have passed", "2026-02-18", l =>
        {
            Unpaid(l);
            l.Sweep("2026-02-14");
        })
            { Obligation = "Unpaid Overdue", Deadline = "2026-02-17", Warning = "W04 Yellow County payroll/7" },
        new("724/33", "ExceptionKinds", "a court's debit", "2026-02-13", l => l.ForeignDebit())
            { Warning = "W10 Red County account/1" },
        new("724/36", "no other debtor is entered", "an illegal subcontract: demanded of the same contractor",
            "2026-02-14", Unpaid)
        {
            Encoded = false,
            Obligation = "Unpaid Demanded",
            Deadline = "2026-02-17",
            Warning = "W04 Yellow County payroll/7",
        },
        new("724/37", "no other debtor is entered", "an unlawful project: demanded of the same contractor",
            "2026-02-14", Unpaid)
        {
            Encoded = false,
            Obligation = "Unpaid Demanded",
            Deadline = "2026-02-17",
            Warning = "W04 Yellow County payroll/7",
        },
        new("724/52", "W14, W07", "twenty days stated and paid, two at the gate", "2026-02-10", l => Stated(l, days: 2))
            { Warning = "W14 Yellow County payroll/7" },
    ];

    /// <summary>Articles held by a refusal, a paper or a clock of their own.</summary>
    private static IEnumerable<RuleRow> HeldElsewhere =>
    [
        new("724/6", "ContractTerms", Elsewhere, "2026-02-10", Nothing),
        new("724/11", "Money", Elsewhere, "2026-02-10", Nothing),
        new("724/15", "Papers, Retention", Elsewhere, "2026-02-10", Nothing),
        new("724/26", "PayrollRules", Elsewhere, "2026-02-10", Nothing),
        new("724/27", "AccountClosing", Elsewhere, "2026-02-10", Nothing),
        new("724/50", "CaseIndex", Elsewhere, "2026-02-10", Nothing),
    ];

    private static void PayDayOff(ArrearsLedger ledger)
    {
        ledger.Terms(1, RateKind.Day, 30000, payDay: 15);
        ledger.Worked(1, "2026-01-12");
    }

    private static void InFlight(ArrearsLedger ledger, string answerBy)
    {
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon(answerBy), FileState.Accepted);
    }
}
