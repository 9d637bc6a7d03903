using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>One row of a file: whose claim, and what the bank or people said of it.</summary>
/// <param name="Reason">As recorded: canonical reason and the bank's code; null where nobody spoke.</param>
public sealed record FileRowAnswer(long Row, long Claim, long Payroll, long Attempt, long AmountFen, AttemptState State,
    string? Reason);

/// <summary>Rows of a file with their outcomes; those that are not settled first in what is told in words.</summary>
internal static class FileAnswer
{
    /// <summary>So many rows are printed; a document of --json has them all.</summary>
    public const int Most = 50;

    public static IReadOnlyList<FileRowAnswer> Rows(LedgerView view, DisbursementFileRow file)
    {
        var said = view.Queries.OutcomesOf(file.File, 1, long.MaxValue).ToLookup(o => o.RowReference);
        return [.. view.Queries.PaymentsOf(file.File, 1, long.MaxValue).Select(p =>
        {
            var state = OutcomeSet.Of(said[p.RowReference].Select(o => (o.Source, o.Kind))).State;
            return new FileRowAnswer(p.RowReference, p.Claim, p.Payroll, p.Attempt, p.AmountFen, state,
                state is AttemptState.Open or AttemptState.Settled ? null : ReasonOf(view, p));
        })];
    }

    /// <summary>Counts in each state, then the rows that are not settled.</summary>
    public static IEnumerable<string> Words(Output output, IReadOnlyList<FileRowAnswer> rows)
    {
        var zh = output.Chinese;
        foreach (var state in rows.GroupBy(r => r.State).OrderBy(g => g.Key))
            yield return $"  {Terms.Of(state.Key, zh)}: {state.Count()} {output.Text("笔", "rows")}, "
                + new Money(state.Sum(r => r.AmountFen)).ToYuan();
        var wanting = rows.Where(r => r.State is not AttemptState.Settled)
            .OrderBy(r => r.State is AttemptState.Open).ToList();
        foreach (var r in wanting.Take(Most))
            yield return output.Text($"  第 {r.Row} 行, 工资表 {r.Payroll}, 应付工资 {r.Claim}: ",
                $"  row {r.Row}, payroll {r.Payroll}, claim {r.Claim}: ")
                + $"{new Money(r.AmountFen).ToYuan()}, {Terms.Of(r.State, zh)}"
                + (r.Reason is { } reason ? $", {Terms.Reason(reason, zh)}" : "");
        if (wanting.Count > Most)
            yield return output.Text($"  另有 {wanting.Count - Most} 行, 用 --json 查看全部",
                $"  and {wanting.Count - Most} rows more; --json lists all");
    }

    private static string? ReasonOf(LedgerView view, FilePayment payment) => view
        .List<PaymentOutcomeRow>(("claim", payment.Claim), ("attempt", payment.Attempt))
        .LastOrDefault(o => o.Kind != OutcomeKind.Settled)?.Reason;
}
