using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// Credits named for an advance or by an order are earmarked (专款专用): posted and reserved to one obligation in the same
/// entry, consumed by the advances and deposits planned for it and by nothing else.
/// </summary>
public static class Earmarks
{
    /// <summary>The earmark a release may take its money out of, or null.</summary>
    public static long? Of(IRowReader rows, ReleaseRow release) =>
        release is { Kind: ReleaseKind.Advance or ReleaseKind.Deposit, Obligation: { } obligation }
            ? rows.Find<EarmarkRow>(("account", release.Account), ("obligation", obligation))?.Earmark : null;

    /// <summary>Unpaid wages, not yet all met: only such an obligation can be named for money.</summary>
    public static bool Open(ObligationRow obligation) => obligation.Kind == ObligationKind.Unpaid
        && obligation.State is ObligationState.Open or ObligationState.Demanded or ObligationState.Overdue;

    /// <summary>Nothing can be owed from it any more: what is left of its earmark may be freed.</summary>
    public static bool Ended(ObligationRow obligation) =>
        obligation.State is ObligationState.Discharged or ObligationState.Withdrawn;

    /// <summary>The earmark of an obligation on an account, made by the first credit named for it.</summary>
    /// <param name="made">Those this decision has made already; the caller's, one for each decision.</param>
    internal static long For(DecisionContext context, Changes changes, long account, long obligation,
        Dictionary<(long, long), long> made)
    {
        if (made.TryGetValue((account, obligation), out var fresh)) return fresh;
        if (context.Rows.Find<EarmarkRow>(("account", account), ("obligation", obligation)) is { } known)
            return known.Earmark;
        var earmark = new EarmarkRow
        {
            Earmark = context.NextId("earmark"),
            Account = account,
            Obligation = obligation,
        };
        changes.Insert(earmark);
        return made[(account, obligation)] = earmark.Earmark;
    }
}
