using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;

namespace Disbursement.Tests.Arrears;

/// <summary>A row or more for each rule of the pack; of numbers, one on each side of the line where that is a number.
/// </summary>
internal static partial class RuleTable
{
    private const string January = "2026-01-01/2026-01-31";
    private const string Facts = "domain facts 5.2", Guizhou = "贵州 gzthsware 274 [T]";

    private static IEnumerable<RuleRow> Funds =>
    [
        new("W01", Facts, "nothing came on the day the owner agreed to pay on", "2026-02-14", l =>
            l.Agreed("2026-02-13", 100000)) { Warning = "W01 Yellow County project/1" },
        new("W01", Facts, "nothing came within a month of it", "2026-03-13", l => l.Agreed("2026-02-13", 100000))
            { Warning = "W01 Yellow County project/1" },
        new("W01", Facts, "nothing came for more than a month", "2026-03-14", l => l.Agreed("2026-02-13", 100000))
            { Warning = "W01 Red County project/1" },
        new("W01", Facts, "it came late", "2026-03-14", l =>
        {
            l.Agreed("2026-02-13", 100000);
            l.Deposit("2026-03-13", 100000);
        }),
        new("W02", Facts, "a release lacks money before its pay day", "2026-02-12", l => l.Short("2026-02-13"))
            { Warning = "W02 Yellow County account/1" },
        new("W02", Facts, "a release lacks money on its pay day", "2026-02-13", l => l.Short("2026-02-13"))
            { Warning = "W02 Red County account/1" },
        new("G7", "贵州 yybnet [P]", "a release lacks money", "2026-02-13", l => l.Short("2026-02-13"))
            { Warning = "W02 Red County account/1" },
        new("W10", "53号 [T]", "a debit that no order of ours explains", "2026-02-13", l => l.ForeignDebit())
            { Warning = "W10 Red County account/1" },
        new("W11", "724 art. 33 [T]", "a court's debit", "2026-02-13", l => l.ForeignDebit())
            { Warning = "W10 Red County account/1" },
        new("W16", "65号 art. 17 [P]", "no guarantee is known", "2026-03-10", Nothing) { Encoded = false },
    ];

    private static IEnumerable<RuleRow> NotPaid =>
    [
        new("W03", Guizhou, "a month's work, the last day of the next", "2026-02-28", l => l.Worked(1, "2026-01-12")),
        new("W03", Guizhou, "a month's work, the first day after it", "2026-03-01", l => l.Worked(1, "2026-01-12"))
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-04",
            Warning = "W03 Red County project/1/2026-01",
        },
        new("G1", Guizhou, "a month's work, the first day after the next", "2026-03-01", l => l.Worked(1, "2026-01-12"))
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-04",
            Warning = "W03 Red County project/1/2026-01",
        },
        new("W04", "宝应 [P]", "unpaid on its due date", "2026-02-13", Unpaid),
        new("W04", "宝应 [P]", "unpaid the day after", "2026-02-14", Unpaid)
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-17", Warning = "W04 Yellow County payroll/7" },
        new("W04", "宝应 [P]", "unpaid over a month", "2026-03-14", Unpaid)
            { Obligation = "Unpaid Demanded", Deadline = "2026-03-17", Warning = "W04 Orange City payroll/7" },
        new("W04", "宝应 [P]", "unpaid over two months", "2026-04-14", Unpaid)
            { Obligation = "Unpaid Demanded", Deadline = "2026-04-17", Warning = "W04 Red Province payroll/7" },
        new("W05", Guizhou, "fewer paid than worked, all on a payroll", "2026-03-01", OneOfTwoPaid)
        {
            Obligation = "Unpaid Demanded",
            Deadline = "2026-03-04",
            Warning = "W05 Yellow County project/1/2026-01",
        },
        new("W05", Guizhou, "over a tenth has no wage record", "2026-03-01", l => l.Worked(1, "2026-01-12"))
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-04",
            Warning = "W05 Red County project/1/2026-01",
        },
        new("G3", Guizhou, "fewer paid than worked", "2026-03-01", OneOfTwoPaid)
        {
            Obligation = "Unpaid Demanded",
            Deadline = "2026-03-04",
            Warning = "W05 Yellow County project/1/2026-01",
        },
        new("G6", Guizhou, "over a tenth has no wage record", "2026-03-01", l => l.Worked(1, "2026-01-12"))
        {
            Obligation = "Unassessed Demanded",
            Deadline = "2026-03-04",
            Warning = "W05 Red County project/1/2026-01",
        },
        new("W08", Guizhou, "neither settled nor confirmed on the last day", "2026-02-10",
            l => l.Left(1, "2026-02-10")),
        new("W08", Guizhou, "the day after", "2026-02-11", l => l.Left(1, "2026-02-10"))
            { Warning = "W08 Red County project/1" },
        new("W08", Guizhou, "settled", "2026-02-11", l => l.Settled(1, "2026-02-10")),
        new("W08", Guizhou, "confirmed on leaving", "2026-02-11", l => l.Confirmed(1, "2026-02-10", "2026-02-10")),
        new("W08", Guizhou, "confirmed before leaving only", "2026-02-11",
            l => l.Confirmed(1, "2026-02-10", "2026-02-09"))
            { Warning = "W08 Red County project/1" },
        new("G5", Guizhou, "a leaver who was settled with complains", "2026-02-11", l => l.Complained(1, "2026-02-10"))
            { Warning = "W08 Red County project/1/complaint/1" },
        new("G5", Guizhou, "the complaint is being seen to", "2026-02-11", l => l.SeenTo(1, "2026-02-10"))
            { Warning = "W08 Yellow County project/1/complaint/1" },
        new("W04", Guizhou, "somebody on site complains, and the books know nothing", "2026-02-10",
            l => l.Complaint(1, "2026-02-10"))
            { Warning = "W04 Yellow County project/1/complaint/1" },
        new("W09", "unsourced", "returned five working days ago, a Saturday among them", "2026-03-05", Returned),
        new("W09", "unsourced", "returned six working days ago", "2026-03-06", Returned)
            { Warning = "W09 Yellow County payroll/7" },
    ];

    private static IEnumerable<RuleRow> Wages =>
    [
        new("W06", Guizhou, "a mean at the minimum wage", "2026-02-10", l => l.Approved(7, Far, January, 189000)),
        new("W06", Guizhou, "a mean below it", "2026-02-10", l => l.Approved(7, Far, January, 188999))
            { Warning = "W06 Red County payroll/7" },
        new("G2", Guizhou, "a mean below 1890 yuan", "2026-02-10", l => l.Approved(7, Far, January, 188999))
            { Warning = "W06 Red County payroll/7" },
        new("W07", Guizhou, "50,000 yuan paid for a month", "2026-02-10", l => Paid(l, 7, January, 5000000)),
        new("W07", Guizhou, "a fen above it", "2026-02-10", l => Paid(l, 7, January, 5000001))
            { Warning = "W07 Red County project/1/2026-01" },
        new("W07", Guizhou, "a fen above 300,000 yuan for a year", "2026-02-10", AboveForTheYear)
            { Warning = "W07 Red County project/1/2025" },
        new("G4", Guizhou, "a fen above 50,000 yuan for a month", "2026-02-10", l => Paid(l, 7, January, 5000001))
            { Warning = "W07 Red County project/1/2026-01" },
        new("W12", "724 arts. 28, 31, 56 [T]", "a line nobody confirmed", "2026-02-10", Unconfirmed)
            { Warning = "W12 Yellow County payroll/7" },
        new("W13", "53号 [T]", "two people's card", "2026-02-10", l => SharedCard(l, "2026-02-01"))
            { Warning = "W13 Yellow County project/1" },
        new("W13", "53号 [T]", "a card in effect for seven days", "2026-02-10", l => OwnCard(l, "2026-02-03")),
        new("W13", "53号 [T]", "a card in effect for six", "2026-02-10", l => OwnCard(l, "2026-02-04"))
            { Warning = "W13 Yellow County project/1" },
        new("W14", Facts, "twenty days stated and paid, two at the gate", "2026-02-10", l => Stated(l, days: 2))
            { Warning = "W14 Yellow County payroll/7" },
        new("W14", Facts, "twenty at the gate", "2026-02-10", l => Stated(l, days: 20)),
        new("W15", "法释〔2013〕3号 art. 3 [T]", "a fen less than 5,000 yuan for three months", "2026-04-14",
            l => ThreeMonths(l, 499999))
            { Obligation = Three, Deadline = "2026-04-17" },
        new("W15", "法释〔2013〕3号 art. 3 [T]", "5,000 yuan for three months", "2026-04-14", l => ThreeMonths(l, 500000))
            { Obligation = Three, Deadline = "2026-04-17", Warning = "W15 Red City employer/1" },
        new("W15", "法释〔2013〕3号 art. 3 [T]", "nine workers and 30,000 yuan", "2026-02-14", l => Owed(l, 9, 3000000))
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-17" },
        new("W15", "法释〔2013〕3号 art. 3 [T]", "ten workers and 30,000 yuan", "2026-02-14", l => Owed(l, 10, 3000000))
            { Obligation = "Unpaid Demanded", Deadline = "2026-02-17", Warning = "W15 Red City employer/1" },
    ];

    private const string Far = "2026-02-28";
    private const string Three = "Unpaid Demanded, Unpaid Demanded, Unpaid Demanded";

    private static void Nothing(ArrearsLedger ledger)
    {
    }

    private static void Unpaid(ArrearsLedger ledger) => ledger.Approved(7, "2026-02-13", January, 500000);

    private static void OneOfTwoPaid(ArrearsLedger ledger)
    {
        for (var worker = 1; worker <= 2; worker++) ledger.Worked(worker, "2026-01-12");
        var claims = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-13", January, 500000, 500000), 500000, 500000);
        ledger.Send(claims[0], 1, ArrearsLedger.Noon("2026-02-20"));
        ledger.Word(claims[0], 1, OutcomeKind.Settled, "2026-02-10");
    }

    private static void Paid(ArrearsLedger ledger, long payroll, string period, long fen)
    {
        var claim = ArrearsLedger.Claims(ledger.Approved(payroll, Far, period, fen), fen)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-03-20"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-09");
    }

    private static void AboveForTheYear(ArrearsLedger ledger)
    {
        for (var month = 1; month <= 7; month++)
            Paid(ledger, month, $"2025-{month:D2}-01/2025-{month:D2}-28", month == 7 ? 1 : 5000000);
    }

    private static void Returned(ArrearsLedger ledger)
    {
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-03-31", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-03-20"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-25");
        ledger.Word(claim, 1, OutcomeKind.Returned, "2026-02-27");
    }

    private static void Unconfirmed(ArrearsLedger ledger)
    {
        ledger.Approved(7, Far, January, 500000);
        ledger.Finding(7, PayrollRules.NoConfirmation);
    }

    private static void SharedCard(ArrearsLedger ledger, string from)
    {
        ledger.People(ArrearsLedger.Workers);
        ledger.Card(worker: 2, version: 2, hash: 1, from);
    }

    private static void OwnCard(ArrearsLedger ledger, string from)
    {
        ledger.People(ArrearsLedger.Workers);
        ledger.Card(worker: 2, version: 2, hash: 99, from);
    }

    private static void Stated(ArrearsLedger ledger, int days)
    {
        ledger.Terms(1, RateKind.Day, 30000, payDay: 13);
        ledger.Worked(1, [.. Enumerable.Range(5, days).Select(day => $"2026-01-{day:D2}")]);
        ledger.Approved(7, Far, January, 600000);
        ledger.Finding(7, PayrollRules.Differs);
    }

    private static void ThreeMonths(ArrearsLedger ledger, long fen)
    {
        string[] periods = [January, "2026-02-01/2026-02-28", "2026-03-01/2026-03-31"];
        for (var i = 0; i < 3; i++)
            ledger.Approved(i + 1, "2026-04-13", periods[i], i == 2 ? fen - 400000 : 200000);
    }

    private static void Owed(ArrearsLedger ledger, int workers, long fen) => ledger.Approved(7, "2026-02-13", January,
        [.. Enumerable.Range(0, workers).Select(i => fen / workers + (i < fen % workers ? 1 : 0))]);
}
