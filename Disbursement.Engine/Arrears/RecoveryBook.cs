using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>Opens what is to come back to whoever paid for another (追偿, Decree 724 art. 30).</summary>
public static class RecoveryBook
{
    /// <summary>
    /// Lines left because the general contractor advanced them: one recovery claim per subcontractor.
    /// </summary>
    public static void Advanced(
        DecisionContext context, Changes changes, ReleaseRow release, IReadOnlyCollection<OpenObligationLine> lines)
    {
        foreach (var owed in lines.GroupBy(l => l.Subcontractor).OrderBy(g => g.Key))
            changes.Insert(Open(context, DebtorKind.Subcontractor, owed.Key, owed.Sum(l => l.AmountFen))
                with
            { Release = release.Release });
    }

    /// <summary>A worker was credited twice for one claim: the second credit is to come back.</summary>
    public static void DoubleCredit(
        DecisionContext context, Changes changes, long worker, long claim, long amountFen) =>
        changes.Insert(Open(context, DebtorKind.Worker, worker, amountFen) with { Claim = claim });

    private static RecoveryClaimRow Open(DecisionContext context, DebtorKind kind, long debtor, long amountFen) => new()
    {
        Recovery = context.NextId("recovery"),
        Version = 1,
        State = RecoveryState.Open,
        DebtorKind = kind,
        Debtor = debtor,
        AmountFen = amountFen,
    };
}
