using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Host.Returns;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>A recall of a file as file show tells it: what was asked, whether it arrived, what the bank said.</summary>
/// <param name="Result">What the last call came to; null before the first.</param>
/// <param name="AnswerBy">The end of the bank's time to answer; null before it arrived.</param>
/// <param name="Overdue">It is past, and the bank has not answered.</param>
/// <param name="Answers">The bank's words; row 0 is all that was asked.</param>
public sealed record RecallAnswer(long Recall, string Reference, RecallReason Reason, string Rows, long Lines,
    long TotalFen, SendingResult? Result, bool Answered, Instant? AnswerBy, bool Overdue,
    IReadOnlyList<RecallAnswerRow> Answers)
{
    internal static IReadOnlyList<RecallAnswer> Of(LedgerView view, DisbursementFileRow file, Instant at) =>
        [.. RecallBook.Of(view, file.File).Select(r =>
        {
            var by = RecallTime.AnswerBy(view, file, r);
            return new RecallAnswer(r.Row.Recall, r.Row.Reference, r.Row.Reason, r.Row.Rows, r.Row.Lines,
                r.Row.TotalFen, r.Sendings is [.., var last] ? last.Result : null, r.IsAnswered, by,
                !r.IsAnswered && by <= at, r.Answers);
        })];

    internal static IEnumerable<string> Words(Output output, IReadOnlyList<RecallAnswer> recalls)
    {
        var zh = output.Chinese;
        foreach (var recall in recalls)
        {
            var answers = recall.Answers.GroupBy(a => a.Word).OrderBy(g => g.Key)
                .Select(g => Terms.Of(g.Key, zh) + (g.Any(a => a.RowReference == 0) ? "" : $" {g.Count()}")).ToList();
            yield return output.Text($"  撤销 {recall.Reference}: ", $"  recall {recall.Reference}: ")
                + $"{Terms.Of(recall.Reason, zh)}, {recall.Lines} {output.Text("笔", "rows")}, "
                + $"{new Money(recall.TotalFen).ToYuan()}, "
                + (recall.Result is { } result ? Terms.Of(result, zh) : output.Text("未发送", "not sent yet")) + ", "
                + (answers.Count > 0 ? string.Join(", ", answers) : output.Text("银行未答复", "no answer yet"))
                + (recall.Overdue ? output.Text($", 逾期 (应于 {Output.Cell(recall.AnswerBy)} 前答复)",
                    $", overdue (due by {Output.Cell(recall.AnswerBy)})") : "");
        }
    }
}
