using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Returns;

/// <summary>What a settlement came to.</summary>
/// <param name="File">The header as written.</param>
/// <param name="Applied">Words that were new.</param>
/// <param name="Repeats">Words known already, by content.</param>
/// <param name="Exceptions">Contradictions and double credits, written already.</param>
public sealed record SettledLines(DisbursementFileRow File, int Applied, int Repeats,
    IReadOnlyList<BankExceptionRow> Exceptions);

/// <summary>
/// Words about rows of one file, and all they change: outcomes, deaths, counters of file, release and payrolls,
/// reservations, obligation lines and exceptions. The only place where a payment's outcome is decided.
/// </summary>
/// <remarks>
/// A contradicted line (已入账与被拒并存) counts in its file as settled, for the bank may have paid it; its claim is in
/// flight and its release open until the bank's books or two people decide.
/// </remarks>
public static class Settlement
{
    /// <summary>
    /// The words of one report, or of people, about one file. Writes file, release, payrolls and account.
    /// </summary>
    /// <param name="file">
    /// The header with the caller's own changes (state, sums), at the version that was read. The caller writes neither
    /// the file nor its release nor the account.
    /// </param>
    /// <param name="lines">The file's payments, at least those of <paramref name="words"/>.</param>
    /// <param name="words">In any order; a word known already changes nothing.</param>
    /// <param name="wholeFileDebit">The profile's debit mode.</param>
    /// <param name="book">The account's book, where the decision moves its money elsewhere too;
    /// then the caller writes it.</param>
    public static SettledLines Apply(
        DecisionContext context, Changes changes, DisbursementFileRow file, FileLines lines,
        IReadOnlyList<LineOutcome> words, bool wholeFileDebit, long? message = null, AccountBook? book = null)
    {
        var read = context.Rows.Find<DisbursementFileRow>(("file", file.File))
            ?? throw new DefectException($"file {file.File} is not there");
        var release = context.Rows.Find<ReleaseRow>(("release", file.Release))
            ?? throw new DefectException($"release {file.Release} is not there");
        var tally = new OutcomeTally(context, release.Kind, message, file.File);
        foreach (var row in words.GroupBy(w => w.Row).OrderBy(g => g.Key)) tally.Take(lines, row.Key, row);
        var counted = tally.Count(file);
        var own = book ?? AccountBook.Load(context, file.Account);
        counted = FileBook.Adjust(counted, wholeFileDebit, own, release.Earmark);
        changes.Insert(tally.Outcomes).Insert(tally.Deaths).Insert(tally.Exceptions);
        if (counted != read)
        {
            counted = counted with { Version = read.Version + 1 };
            changes.Update(counted);
        }
        if (Moved(release, counted.State, tally) is { } moved) changes.Update(moved);
        foreach (var payroll in tally.Counters.Payrolls)
            changes.Update(tally.Counters.Apply(context.Rows.Find<PayrollRow>(("payroll", payroll))
                ?? throw new DefectException($"payroll {payroll} is not there")));
        if (book is null) changes.Insert(own.Entries);
        if (tally.Paid.Count > 0)
            ObligationBook.Settled(context, changes, release, tally.Paid,
                context.Queries.OpenObligationLinesOfFile(file.File));
        foreach (var twice in tally.Exceptions.Where(e => e.Kind == ExceptionKinds.DoubleCredit))
            RecoveryBook.DoubleCredit(context, changes, tally.WorkerOf(twice), twice.Claim!.Value, twice.AmountFen);
        changes.Count("settled", tally.Lines(AttemptState.Settled))
            .Count("rejected", tally.Lines(AttemptState.Rejected))
            .Count("returned", tally.Lines(AttemptState.Returned))
            .Count("settled_fen", tally.Fen(AttemptState.Settled));
        return new SettledLines(counted, tally.Outcomes.Count, tally.Repeats, tally.Exceptions);
    }

    /// <summary>One word about every row: the file was withdrawn (NotSent) or refused whole (Rejected).</summary>
    public static SettledLines ApplyToAll(
        DecisionContext context, Changes changes, DisbursementFileRow file, OutcomeKind kind,
        OutcomeSource source, string reason, string document, bool wholeFileDebit, long? message = null)
    {
        var lines = FileLines.Load(context, file.File);
        return Apply(context, changes, file, lines, [.. lines.Payments.Select(p =>
            new LineOutcome(p.RowReference, kind, source, reason, "", null, document, 0))], wholeFileDebit, message);
    }

    /// <summary>The release after the lines moved, or null where nothing did.</summary>
    private static ReleaseRow? Moved(ReleaseRow release, FileState file, OutcomeTally tally)
    {
        var after = release with { LinesOpen = release.LinesOpen + tally.ReleaseOpen };
        if (after.State == ReleaseState.Filed && (tally.Outcomes.Count > 0 || file == FileState.Accepted))
            after = after with { State = ReleaseMachine.Table.Next(after.State, ReleaseTrigger.BeginSettling) };
        if (after.State == ReleaseState.Settling && after.LinesOpen == 0)
            after = after with { State = ReleaseMachine.Table.Next(after.State, ReleaseTrigger.Finish) };
        if (after.State == ReleaseState.Done && after.LinesOpen > 0)
            after = after with { State = ReleaseMachine.Table.Next(after.State, ReleaseTrigger.Reopen) };
        return after == release ? null : after with { Version = release.Version + 1 };
    }
}
