using System.Globalization;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Complaints;

/// <summary>Where what a worker says and what the books say do not go together.</summary>
public enum Contradiction
{
    /// <summary>Receipt was confirmed of a wage that is not paid by the books.</summary>
    ReceiptOfUnpaid,
    /// <summary>The worker complains of a wage that is paid by the books.</summary>
    ComplaintOfPaid,
    /// <summary>The worker complained on or after the day of confirming receipt.</summary>
    ComplaintAfterReceipt,
}

/// <summary>What holds of every word of a worker, and what a word is about.</summary>
public static class WorkersWord
{
    /// <summary>Who may not speak for the worker of a command: nobody signed, no such worker, or one erased.</summary>
    internal static Finding? Refusal(DecisionContext context, long worker)
    {
        if (Guard.Actor(context) is { } unsigned) return unsigned;
        var id = worker.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<WorkerRow>(("worker", worker)) is null) return Guard.NotFound("worker", id);
        return context.Rows.Find<ErasureRow>(("worker", worker)) is null ? null
            : new Finding(ErasureRules.WorkerErased, Place.Of("worker", id), id);
    }

    /// <summary>Whether a complaint is about a wage: of a period that has a day of its own in common, or, where it
    /// names none, of one due by the day it was made.</summary>
    /// <param name="wage">The wage's period.</param>
    public static bool About(string? complained, LocalDate madeOn, string wage, LocalDate due)
    {
        if (complained is null) return due <= madeOn;
        var (from, to) = PeriodText.Parse(complained);
        var (first, last) = PeriodText.Parse(wage);
        return first <= to && from <= last;
    }

    /// <summary>Contradictions of one wage, each once, in their order; none of them decides anything.</summary>
    /// <param name="complaints">Days on which open complaints about it were made.</param>
    /// <param name="receipts">Days on which its receipt was confirmed.</param>
    public static IReadOnlyList<Contradiction> Contradictions(
        ClaimStanding standing, IReadOnlyList<LocalDate> complaints, IReadOnlyList<LocalDate> receipts)
    {
        var found = new List<Contradiction>();
        if (receipts.Count > 0 && standing is (ClaimStanding.Unpaid or ClaimStanding.InFlight))
            found.Add(Contradiction.ReceiptOfUnpaid);
        if (complaints.Count > 0 && standing == ClaimStanding.Paid) found.Add(Contradiction.ComplaintOfPaid);
        if (receipts.Count > 0 && complaints.Any(c => c >= receipts.Min()))
            found.Add(Contradiction.ComplaintAfterReceipt);
        return found;
    }
}
