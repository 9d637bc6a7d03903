using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// What happens when the bank takes more than is free (L2). Impaired is derived: available &lt; 0, on the account
/// itself or on the unallocated account of its bank account, whose lack is nobody's and therefore everybody's.
/// </summary>
public static class Impairment
{
    /// <summary>The account that lacks money, with what it lacks; null where files may be built and sent.</summary>
    public static (long Account, Money Available)? Of(DecisionContext context, AccountBook book, long account)
    {
        if (book.Impaired) return (account, book.Available);
        var own = context.Rows.Find<WageAccountRow>(("account", account))
            ?? throw new DefectException($"there is no account {account}");
        var unallocated = context.Rows.List<WageAccountRow>(("bank_account", own.BankAccount))
            .FirstOrDefault(a => a.Project is null);
        if (unallocated is null || unallocated.Account == account) return null;
        var shared = AccountBook.Load(context, unallocated.Account);
        return shared.Impaired ? (unallocated.Account, shared.Available) : null;
    }

    /// <summary>
    /// Reservations of releases not yet filed yield claim by claim, the last in the paying order first, until
    /// available ≥ 0. A release that keeps some of its claims stays Funded with them; those that yielded wait for
    /// money in a release of the same kind and deadline. What is earmarked stays. The caller writes the book.
    /// </summary>
    public static void Yield(DecisionContext context, Changes changes, long account, AccountBook book)
    {
        if (!book.Impaired) return;
        var funded = context.Rows.List<ReleaseRow>(("account", account), ("state", ReleaseState.Funded))
            // Out of an earmark it would only go back into it: that gives nothing, and nobody gives for nothing.
            .Where(r => r.Earmark is null).ToDictionary(r => r.Release);
        var lines = funded.Keys.ToDictionary(r => r,
            r => ReleaseCarriage.Of(context.Rows, context.Queries, r, context.At));
        var yielding = FundingPolicy.GiveWay(-book.Available, lines.SelectMany(r => r.Value.Select(l =>
            new DueClaim(r.Key, l.Payroll, l.PayrollLine, l.Period, new Money(l.NetFen)))));
        foreach (var part in yielding.GroupBy(c => c.Release).OrderBy(g => g.Key))
        {
            var leaving = part.Select(c => (c.Payroll, c.Line)).ToHashSet();
            var left = lines[part.Key].Where(l => leaving.Contains((l.Payroll, l.PayrollLine))).ToList();
            if (left.Count == lines[part.Key].Count) Whole(changes, funded[part.Key], book);
            else Part(context, changes, funded[part.Key], left, book);
        }
    }

    private static void Whole(Changes changes, ReleaseRow release, AccountBook book)
    {
        book.Yield(new Money(release.ReservedFen), release.Release);
        changes.Update(release with
        {
            Version = release.Version + 1,
            State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.FallShort),
            ReservedFen = 0,
        });
    }

    private static void Part(DecisionContext context, Changes changes, ReleaseRow release,
        List<ReleaseLine> left, AccountBook book)
    {
        var amount = new Money(left.Sum(l => l.NetFen));
        book.Yield(amount, release.Release);
        var waiting = release with
        {
            Release = context.NextId("release"),
            Version = 1,
            State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.FallShort),
            Lines = left.Count,
            AmountFen = amount.Fen,
            ReservedFen = 0,
        };
        changes.Update(release with
        {
            Version = release.Version + 1,
            Lines = release.Lines - left.Count,
            AmountFen = release.AmountFen - amount.Fen,
            ReservedFen = release.ReservedFen - amount.Fen,
        });
        changes.Insert(waiting)
            .Insert(ReleaseCarriage.Leave(release.Release, left, ReleaseExit.Yielded))
            .Insert(ReleaseCarriage.Carry(waiting.Release, left.Select(l => (l.Payroll, l.PayrollLine))));
    }
}
