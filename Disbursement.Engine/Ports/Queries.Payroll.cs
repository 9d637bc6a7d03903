using Disbursement.Engine.Payroll;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>
    /// Claims of one project and employer that meet a period: of the component 0 any whose days overlap it, of others
    /// the ones of the very period.
    /// </summary>
    /// <param name="period">"yyyy-MM-dd/yyyy-MM-dd".</param>
    IReadOnlyList<StandingClaim> Claims(long project, long employer, string period, long component);

    /// <summary>Attendance workers of one employer on a project, by newest registrations.</summary>
    /// <param name="team">Empty: every team.</param>
    IReadOnlyList<long> WorkersOf(long project, long employer, string team);

    /// <summary>A release not yet filed that carries the line; null where there is none.</summary>
    long? ReleaseCarrying(long payroll, long line);
}
