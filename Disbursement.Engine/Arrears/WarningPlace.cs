using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>Where a warning's subject is: which county's officers it concerns (属地).</summary>
internal static class WarningPlace
{
    /// <param name="subject">"payroll/7", "project/1/2026-01", "project/1/2026", "project/1/complaint/2",
    /// "unassessed/1/2/…", "account/3", "employer/5".</param>
    /// <returns>Code of GB/T 2260: the project's, or the ledger's own for an account of no project and for an employer,
    /// whose projects may lie anywhere in it.</returns>
    public static string Of(DecisionContext context, string subject)
    {
        var parts = subject.Split('/');
        var id = long.Parse(parts[1], CultureInfo.InvariantCulture);
        return context.RegionOf(parts[0] switch
        {
            "payroll" => context.Rows.Find<PayrollRow>(("payroll", id))?.Project,
            "account" => context.Rows.Find<WageAccountRow>(("account", id))?.Project,
            "employer" => null,
            "project" or "unassessed" => id,
            _ => throw new DefectException($"no place of a warning about {subject}"),
        });
    }

    /// <summary>
    /// Tier by place: a region stands on one of the three; a project that is not known, on the lowest.
    /// </summary>
    public static WarningTier TierOf(string? region) => region is null ? WarningTier.County
        : Region.TierOf(region) switch
        {
            RegionTier.County => WarningTier.County,
            RegionTier.Prefecture => WarningTier.City,
            RegionTier.Province => WarningTier.Province,
            _ => throw new DefectException($"no tier for region {region}"),
        };

    public static WarningTier Highest(WarningTier one, WarningTier other) =>
        (WarningTier)Math.Max((int)one, (int)other);
}
