using Disbursement.Engine.Arrears;
using Disbursement.Engine.Complaints;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // Left with every employer: the newest version of each registration has a last day.
    private const string LastDay = """
        (SELECT CASE WHEN COUNT(*) = COUNT(g.left_on) THEN MAX(g.left_on) END FROM registration g
        WHERE g.ledger = @ledger AND g.worker = x.worker AND g.project = x.project
          AND g.version = (SELECT MAX(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker))
        """;

    private const string EndedComplaint = """
        SELECT 1 FROM wage_complaint_answer e WHERE e.ledger = x.ledger AND e.complaint = x.complaint
          AND e.outcome IN ('Paid', 'Withdrawn')
        """;

    private const string OpenComplaintsSql = """
        SELECT x.complaint, x.worker, x.project, x.period, x.made_on,
          (SELECT MAX(a.outcome) FROM wage_complaint_answer a
            WHERE a.ledger = x.ledger AND a.complaint = x.complaint) AS answer,
        """ + LastDay + """
         AS left_on
        FROM wage_complaint x
        WHERE x.ledger = @ledger AND NOT EXISTS (
        """ + EndedComplaint + """
        )
        ORDER BY x.complaint
        """;

    private const string LeftOnSql = """
        SELECT
        """ + LastDay + """
         AS left_on
        FROM (SELECT CAST(@worker AS bigint) AS worker, CAST(@project AS bigint) AS project) x
        """;

    private const string ClaimsOfWorkerSql = FactsOfClaims
        + " WHERE c.ledger = @ledger AND c.worker = @worker AND c.project = @project ORDER BY c.claim";

    private const string ClaimsOfComplainantsSql = FactsOfClaims + """
         WHERE c.ledger = @ledger AND (c.worker, c.project) IN (SELECT x.worker, x.project FROM wage_complaint x
          WHERE x.ledger = @ledger AND NOT EXISTS (
        """ + EndedComplaint + """
        ))
        ORDER BY c.claim
        """;

    // Few of a ledger's registrations have a last day within the time looked at.
    private const string UnsettledLeaversSql = """
        SELECT x.project, COUNT(*) AS heads
        FROM (SELECT l.project, l.worker, MAX(l.left_on) AS left_on, MAX(l.joined_on) AS joined_on
            FROM registration l
            WHERE l.ledger = @ledger AND l.left_on >= @from AND l.left_on < @before
            GROUP BY l.project, l.worker) x
        WHERE
        """ + LastDay + """
         = x.left_on
          AND NOT EXISTS (SELECT 1 FROM wage_claim c
            JOIN payroll y ON y.ledger = c.ledger AND y.payroll = c.payroll AND y.kind = 'FinalSettlement'
            WHERE c.ledger = @ledger AND c.worker = x.worker AND c.project = x.project
              AND substr(c.period, 12, 10) >= CAST(x.joined_on AS text)
              AND NOT EXISTS (SELECT 1 FROM payment w
                WHERE w.ledger = c.ledger AND w.claim = c.claim AND w.channel = 'Void'))
          AND NOT EXISTS (SELECT 1 FROM wage_confirmation f WHERE f.ledger = @ledger AND f.worker = x.worker
            AND f.project = x.project AND f.confirmed_on >= x.left_on)
          AND NOT EXISTS (SELECT 1 FROM wage_complaint o WHERE o.ledger = @ledger AND o.worker = x.worker
            AND o.project = x.project AND NOT EXISTS (SELECT 1 FROM wage_complaint_answer e
              WHERE e.ledger = o.ledger AND e.complaint = o.complaint AND e.outcome IN ('Paid', 'Withdrawn')))
        GROUP BY x.project
        ORDER BY x.project
        """;

    public IReadOnlyList<OpenComplaint> OpenComplaints() => view.Ask<OpenComplaint>(OpenComplaintsSql);

    public LocalDate? LeftOn(long worker, long project) =>
        view.Ask<LastDayOf>(LeftOnSql, ("worker", worker), ("project", project))[0].LeftOn;

    public IReadOnlyList<ClaimFacts> ClaimsOfWorker(long worker, long project) =>
        view.Ask<ClaimFacts>(ClaimsOfWorkerSql, ("worker", worker), ("project", project));

    public IReadOnlyList<ClaimFacts> ClaimsOfComplainants() => view.Ask<ClaimFacts>(ClaimsOfComplainantsSql);

    public IReadOnlyList<UnsettledLeavers> UnsettledLeavers(LocalDate from, LocalDate before) =>
        view.AskOfAll<UnsettledLeavers>(UnsettledLeaversSql, ("from", from), ("before", before));

    private sealed record LastDayOf
    {
        public LocalDate? LeftOn { get; init; }
    }
}
