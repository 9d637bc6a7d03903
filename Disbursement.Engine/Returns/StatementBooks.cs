using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// A statement (对账单) becomes the account's books: posted moves by its entries and by nothing else. Statements may come
/// in any order; a gap between them is named, and closes when the missing one comes.
/// </summary>
internal static class StatementBooks
{
    /// <summary>
    /// False where nothing was booked: unknown account, repeat, changed content, or an incomplete statement.
    /// </summary>
    /// <param name="foreign">References that are of none of our files, whatever went out under them.</param>
    public static bool Apply(DecisionContext context, Changes changes, MessageSegment segment, string document,
        bool wholeFileDebit, ExceptionLog log, IReadOnlySet<string> foreign)
    {
        var head = segment.Statement!;
        if (head is not { IsBookable: true, From: { } from, To: { } to, Opening: { } opening, Closing: { } closing })
            throw new DefectException($"statement {head.StatementId} states no period or balances");
        var bank = context.Rows.Find<BankAccountRow>(("number_hash", context.Vault.AccountHash(head.Account)));
        if (bank is null)
        {
            log.Add(ExceptionKinds.UnknownAccount, 0, closing.Fen, 0, head.StatementId);
            return false;
        }
        var earlier = context.Rows.List<BankStatementRow>(("bank_account", bank.BankAccount));
        if (earlier.FirstOrDefault(s => s.StatementId == head.StatementId) is { } known)
        {
            if (!Same(context, known, segment))
                log.Add(ExceptionKinds.StatementChanged, 0, closing.Fen, known.ClosingFen, head.StatementId);
            return false;
        }
        var sum = segment.Entries.Sum(e => e.Amount.Fen);
        var isWhole = segment.Errors.Count == 0 && segment.Entries.TrueForAll(e => e.BookedOn is not null);
        if (!isWhole || sum != closing.Fen - opening.Fen)
        {
            // Half a statement would make wrong books: it waits for the bank's whole one.
            log.Add(ExceptionKinds.EntriesDiffer, 0, sum, closing.Fen - opening.Fen, head.StatementId);
            return false;
        }
        var before = earlier.Where(s => s.ToDate <= from || s.ToDate < to)
            .OrderBy(s => s.ToDate).ThenBy(s => s.Statement).LastOrDefault()?.ClosingFen ?? 0;
        if (before != opening.Fen && !earlier.Any(s => s.ToDate <= to && s.ClosingFen == opening.Fen))
            log.Add(ExceptionKinds.StatementGap, 0, opening.Fen, before, head.StatementId);
        var statement = new BankStatementRow
        {
            Statement = context.NextId("statement"),
            BankAccount = bank.BankAccount,
            StatementId = head.StatementId,
            Document = document,
            FromDate = from,
            ToDate = to,
            OpeningFen = opening.Fen,
            ClosingFen = closing.Fen,
        };
        var posting = new StatementPosting(context, changes, bank, statement, log, foreign);
        changes.Insert(statement).Insert([.. segment.Entries.Select(posting.Book)]);
        posting.Finish(wholeFileDebit);
        var newest = earlier.Append(statement).OrderBy(s => s.ToDate).ThenBy(s => s.Statement).Last();
        if (posting.Posted() is var posted && posted != newest.ClosingFen)
            log.Add(ExceptionKinds.BalanceDiffers, 0, posted, newest.ClosingFen, head.StatementId);
        return true;
    }

    private static bool Same(DecisionContext context, BankStatementRow known, MessageSegment segment)
    {
        var head = segment.Statement!;
        if (known.OpeningFen != head.Opening?.Fen || known.ClosingFen != head.Closing?.Fen
            || known.FromDate != head.From || known.ToDate != head.To) return false;
        var entries = context.Rows.List<StatementEntryRow>(("statement", known.Statement));
        return entries.Select(e => (e.BookedOn, e.AmountFen, e.Kind, e.BankReference, e.Reference))
            .SequenceEqual(segment.Entries.Select(e =>
                (e.BookedOn ?? default, e.Amount.Fen, e.Kind, e.BankReference, e.Reference)));
    }
}
