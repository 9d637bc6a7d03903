using Disbursement.Engine.Payroll;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // CROSS JOIN keeps the payrolls first: with the sizes of a young ledger in mind, SQLite would walk every claim. The
    // state is told as the index of live payrolls tells it, too.
    private const string ClaimsSql = """
        SELECT c.claim, c.worker, c.payroll, c.period, c.revision,
            CASE WHEN EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
                AND p.channel = 'Void') THEN 1 ELSE 0 END AS voided
        FROM payroll y
        CROSS JOIN wage_claim c
        WHERE y.ledger = @ledger AND y.project = @project AND y.employer = @employer
          AND y.state IN ('Approved', 'Settled') AND y.state NOT IN ('Refused', 'Withdrawn')
          AND c.ledger = y.ledger AND c.payroll = y.payroll AND c.component = @component
          AND (y.period = @period OR @component = 0
            AND substr(y.period, 1, 10) <= substr(@period, 12, 10)
            AND substr(@period, 1, 10) <= substr(y.period, 12, 10))
        ORDER BY c.worker, c.revision, c.claim
        """;

    private const string WorkersOfSql = """
        SELECT g.worker
        FROM registration g
        WHERE g.ledger = @ledger AND g.project = @project AND g.employer = @employer
          AND (@team = '' OR g.team = @team)
          AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker)
        ORDER BY g.worker
        """;

    public IReadOnlyList<StandingClaim> Claims(long project, long employer, string period, long component) =>
        view.Ask<StandingClaim>(ClaimsSql,
            ("project", project), ("employer", employer), ("period", period), ("component", component));

    public IReadOnlyList<long> WorkersOf(long project, long employer, string team) =>
        view.Ask<long>(WorkersOfSql, ("project", project), ("employer", employer), ("team", team));
}
