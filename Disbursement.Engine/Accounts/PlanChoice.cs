using Disbursement.Engine.Ports;
using Disbursement.Engine.Restores;

namespace Disbursement.Engine.Accounts;

/// <summary>Which claims of a payroll a new release of some kind would carry.</summary>
/// <param name="Claims">In order of line.</param>
/// <param name="TakenOver">Those of them that leave a release which waits for money.</param>
/// <param name="HeldBy">Releases that hold claims which were therefore left out.</param>
public sealed record PlanChoice(
    IReadOnlyList<UnpaidClaim> Claims, IReadOnlyList<(long Release, UnpaidClaim Claim)> TakenOver,
    IReadOnlyList<long> HeldBy)
{
    /// <summary>
    /// Ordinary: claims never tried; RePayment: claims whose attempts are dead; Advance and Deposit: any unpaid claim,
    /// also out of a release that has no money set aside.
    /// </summary>
    public static PlanChoice Of(
        IRowReader rows, ISetQueries queries, long payroll, ReleaseKind kind, HashSet<long>? wanted)
    {
        var holders = Holders(queries.Held(payroll));
        var locked = RestoreLock.All(queries);
        var claims = new List<UnpaidClaim>();
        var taken = new List<(long, UnpaidClaim)>();
        var heldBy = new SortedSet<long>();
        foreach (var claim in queries.Unpaid(payroll))
        {
            if (wanted is not null && !wanted.Contains(claim.Claim)) continue;
            if (!Fits(kind, claim) || locked.Contains(claim.Claim)) continue;
            if (!holders.TryGetValue(claim.PayrollLine, out var holder))
            {
                claims.Add(claim);
                continue;
            }
            if (TakesOver(kind) && holder.State is ReleaseState.Planned or ReleaseState.Short
                && !TakesOver(rows.Find<ReleaseRow>(("release", holder.Release))!.Kind))
            {
                claims.Add(claim);
                taken.Add((holder.Release, claim));
            }
            else heldBy.Add(holder.Release);
        }
        return new PlanChoice(claims, taken, [.. heldBy]);
    }

    private static bool TakesOver(ReleaseKind kind) => kind is ReleaseKind.Advance or ReleaseKind.Deposit;

    private static bool Fits(ReleaseKind kind, UnpaidClaim claim) => kind switch
    {
        ReleaseKind.Ordinary => claim.Attempts == 0,
        ReleaseKind.RePayment => claim.Attempts > 0,
        _ => true,
    };

    /// <summary>By line, the unfiled release that still holds it.</summary>
    internal static Dictionary<long, HeldRange> Holders(IReadOnlyList<HeldRange> ranges)
    {
        var holders = new Dictionary<long, HeldRange>();
        var gone = ranges.Where(r => r.Left == 1)
            .SelectMany(r => Lines(r).Select(line => (r.Release, line))).ToHashSet();
        foreach (var range in ranges.Where(r => r.Left == 0))
            foreach (var line in Lines(range))
                if (!gone.Contains((range.Release, line))) holders[line] = range;
        return holders;
    }

    private static IEnumerable<long> Lines(HeldRange range)
    {
        for (var line = range.FromLine; line <= range.ToLine; line++) yield return line;
    }
}
