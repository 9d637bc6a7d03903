using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>A claim that is due to be sent, as the policy sees it.</summary>
/// <param name="Release">The release that carries it.</param>
/// <param name="Period">Its pay period, "yyyy-MM-dd/yyyy-MM-dd": text order is order of time.</param>
public readonly record struct DueClaim(long Release, long Payroll, long Line, string Period, Money Amount);

/// <summary>A release whose money is set aside and not yet in a file.</summary>
public readonly record struct SetAside(long Release, Instant SendBy, Money Amount);

/// <summary>
/// Who is paid when the money does not reach (资金不足). Until the send deadline a release is funded whole or not at all;
/// at the deadline money must not stand idle while workers are unpaid.
/// </summary>
public static class FundingPolicy
{
    /// <summary>The paying order: oldest period first, then smallest amount, then payroll and line.</summary>
    public static readonly IComparer<DueClaim> PayingOrder = Comparer<DueClaim>.Create((a, b) =>
    {
        var order = string.CompareOrdinal(a.Period, b.Period);
        if (order == 0) order = a.Amount.CompareTo(b.Amount);
        if (order == 0) order = a.Payroll.CompareTo(b.Payroll);
        return order != 0 ? order : a.Line.CompareTo(b.Line);
    });

    /// <summary>
    /// The claims the money covers: each in its turn, whole or not at all. One that is too large is passed over for
    /// those behind it, so what is left over reaches for none of the others.
    /// </summary>
    public static IReadOnlyList<DueClaim> Cover(Money available, IEnumerable<DueClaim> due)
    {
        var covered = new List<DueClaim>();
        foreach (var claim in due.Order(PayingOrder))
        {
            if (claim.Amount > available) continue;
            covered.Add(claim);
            available -= claim.Amount;
        }
        return covered;
    }

    /// <summary>
    /// The claims that give back what is set aside for them until nothing lacks any more: the last in the paying order
    /// first, whole ones. So none keeps its money behind one that gave it back.
    /// </summary>
    public static IReadOnlyList<DueClaim> GiveWay(Money lacking, IEnumerable<DueClaim> setAside)
    {
        var yielding = new List<DueClaim>();
        foreach (var claim in setAside.OrderDescending(PayingOrder))
        {
            if (lacking <= Money.Zero) break;
            yielding.Add(claim);
            lacking -= claim.Amount;
        }
        return yielding;
    }

    /// <summary>
    /// The releases that give back what is set aside for them until the money wanted is there: the latest to send
    /// first, whole ones. The caller leaves out what may not yield.
    /// </summary>
    public static IReadOnlyList<SetAside> Yield(Money available, Money wanted, IEnumerable<SetAside> releases)
    {
        var yielding = new List<SetAside>();
        foreach (var release in releases.OrderByDescending(r => r.SendBy).ThenByDescending(r => r.Release))
        {
            if (available >= wanted) break;
            yielding.Add(release);
            available += release.Amount;
        }
        return yielding;
    }
}
