using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Returns;

/// <summary>
/// What a file keeps reserved and when its books agree: functions of its counters alone, so the order in which reports
/// and statements brought them cannot matter (L9).
/// </summary>
public static class FileBook
{
    /// <summary>
    /// Every line is answered, and what the bank debited net of refunds is what was settled. A late return still on its
    /// way back does not disturb that: the file stays as it is and the money is "return due".
    /// </summary>
    public static bool Agrees(DisbursementFileRow file)
    {
        var net = file.DebitedFen - file.RefundedFen;
        return file.LinesOpen == 0 && file.SettledFen <= net && net <= file.SettledFen + file.ReturnedFen;
    }

    /// <summary>
    /// What is still to be debited. A rejected line of a bank that debits the whole file is debited too.
    /// </summary>
    public static long ReservedFen(DisbursementFileRow file, bool wholeFileDebit) => Agrees(file) ? 0
        : Math.Max(0, file.TotalFen - file.DebitedFen - (wholeFileDebit ? 0 : file.RejectedFen));

    /// <summary>Brings the reservation to what the counters say, and the state to Reconciled once they agree.</summary>
    /// <param name="earmark">Where its release's money came from; it goes back there, and is taken from there.</param>
    public static DisbursementFileRow Adjust(
        DisbursementFileRow file, bool wholeFileDebit, AccountBook book, long? earmark)
    {
        var wanted = ReservedFen(file, wholeFileDebit) - file.ReservedFen;
        var there = earmark is { } own ? book.Earmarked(own) : book.Available;
        // A contradicted line is reserved for again, as far as the money is there: the exception names the rest (L2).
        var change = wanted > 0 ? Math.Min(wanted, Math.Max(0, there.Fen)) : wanted;
        if (change > 0) book.Reserve(new Money(change), file.Release, earmark);
        else book.Release(new Money(-change), file.Release, file.File, earmark);
        return file with
        {
            ReservedFen = file.ReservedFen + change,
            State = file.State == FileState.Accepted && Agrees(file)
                ? FileMachine.Table.Next(file.State, FileTrigger.Reconcile) : file.State,
        };
    }
}
