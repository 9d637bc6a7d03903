using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Recalls;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Returns;

/// <summary>How long a bank has to answer a recall: as long as for a file, from when it had the request.</summary>
internal static class RecallTime
{
    /// <summary>The end of the bank's time; null for a recall that did not arrive, or where the calendar ends before.
    /// </summary>
    public static Instant? AnswerBy(LedgerView view, DisbursementFileRow file, KnownRecall recall)
    {
        if (recall.Sendings.FirstOrDefault(s => s.Result == SendingResult.Delivered) is not { } had) return null;
        var bank = PayerBank.Of(view, view.Vault, new ProfileTerms(), file.Account);
        var day = bank.Window.AddBankDays(ChinaTime.DayOf(had.SentAt), bank.Terms.AnswerByDays);
        return day.Accepted ? ChinaTime.At(day.Value.PlusDays(1), LocalTime.Midnight) : null;
    }

    /// <summary>Recalls of any file that the bank has not answered in its time, with the end of it.</summary>
    public static IEnumerable<(DisbursementFileRow File, KnownRecall Recall, Instant AnswerBy)> Overdue(
        LedgerView view, Instant at)
    {
        foreach (var id in view.List<RecallRow>().Select(r => r.File).Distinct())
        {
            var file = FileRows.Find(view, id)!;
            foreach (var recall in RecallBook.Of(view, id).Where(r => !r.IsAnswered))
                if (AnswerBy(view, file, recall) is { } by && by <= at) yield return (file, recall, by);
        }
    }
}
