using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Files;

/// <summary>What planning a payroll would come to, and what the account has for it.</summary>
/// <param name="DifferenceFen">Available less what would be planned: below zero money is lacking.</param>
public sealed record PlanPreview(long Payroll, long Lines, long AmountFen, long AvailableFen, long DifferenceFen,
    LocalDate DueDate, Instant? NextCutOff)
{
    /// <summary>Null where there is no such payroll.</summary>
    public static PlanPreview? Of(LedgerView view, long payroll, ReleaseKind kind, HashSet<long>? wanted,
        Instant now)
    {
        if (view.Find<PayrollRow>(("payroll", payroll)) is not { } row) return null;
        var choice = PlanChoice.Of(view, view.Queries, payroll, kind, wanted);
        var amount = choice.Claims.Sum(c => c.NetFen);
        if (view.Find<WageAccountRow>(("project", row.Project)) is not { } account)
            return new PlanPreview(payroll, choice.Claims.Count, amount, 0, -amount, row.DueDate, null);
        var last = view.Queries.LastEntry(account.Account);
        var available = (last?.PostedAfterFen ?? 0) - (last?.ReservedAfterFen ?? 0);
        var cutOff = PayerBank.Of(view, view.Vault, new ProfileTerms(), account.Account).Window.NextCutOff(now);
        return new PlanPreview(payroll, choice.Claims.Count, amount, available, available - amount, row.DueDate,
            cutOff.Accepted ? cutOff.Value : null);
    }
}
