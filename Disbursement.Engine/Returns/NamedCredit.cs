using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>How much of a credit is for which obligation, on whose account.</summary>
public readonly record struct EarmarkShare(long Account, long Obligation, Money Amount);

/// <summary>Finds whom a named credit is for, in the ledger as it stands.</summary>
internal static class NamedCredit
{
    /// <summary>
    /// The shares of a credit, oldest due date first, the accounts all of this bank account. Null where the purpose
    /// names nothing; empty where it names what is not known, has ended, or is of another bank account: then nobody can
    /// say whose money it is.
    /// </summary>
    /// <param name="earmarked">What an obligation's earmark on an account holds by now, in this decision.</param>
    public static IReadOnlyList<EarmarkShare>? Of(DecisionContext context, StatementEntry entry,
        IReadOnlyList<WageAccountRow> accounts, Func<long, long, Money> earmarked)
    {
        var purpose = CreditPurpose.Of(entry.Purpose);
        if (purpose.Obligation is { } id)
            return Account(context.Rows.Find<ObligationRow>(("obligation", id)), accounts) is { } own
                ? [new(own, id, entry.Amount)] : [];
        if (purpose.Order is not { } number) return null;
        var order = context.Rows.List<PayOrderRow>().FirstOrDefault(o => CreditPurpose.Fold(o.Number) == number);
        return order is null ? [] : Shared(entry.Amount, Of(context.Rows, order)
            .Select(o => (Account: Account(o, accounts), Row: o)).Where(o => o.Account is not null)
            .Select(o => (o.Account!.Value, o.Row)).ToList(), earmarked);
    }

    private static long? Account(ObligationRow? obligation, IReadOnlyList<WageAccountRow> accounts) =>
        obligation is not null && Earmarks.Open(obligation)
            ? accounts.FirstOrDefault(a => a.Project == obligation.Project)?.Account : null;

    private static IEnumerable<ObligationRow> Of(IRowReader rows, PayOrderRow order) =>
        rows.List<PayOrderLineRow>(("pay_order", order.PayOrder))
            .SelectMany(l => rows.List<ObligationRow>(("project", l.Project), ("subcontractor", l.Subcontractor))
                .Where(o => OrderTie.Fits(order, l, o)))
            .DistinctBy(o => o.Obligation).OrderBy(o => o.DueDate).ThenBy(o => o.Obligation);

    /// <summary>Each what it still lacks; what is beyond all of them goes with the last.</summary>
    private static List<EarmarkShare> Shared(Money amount, List<(long Account, ObligationRow Row)> open,
        Func<long, long, Money> earmarked)
    {
        var shares = new List<EarmarkShare>();
        foreach (var (account, row) in open)
        {
            var lacks = Math.Max(0, row.OpenFen - earmarked(account, row.Obligation).Fen);
            var share = row == open[^1].Row ? amount : new Money(Math.Min(lacks, amount.Fen));
            if (share > Money.Zero) shares.Add(new(account, row.Obligation, share));
            amount -= share;
        }
        return shares;
    }
}
