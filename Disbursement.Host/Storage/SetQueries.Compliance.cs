using Disbursement.Engine.People;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>Workers on projects that are not completed, once for each project whoever employs them.</summary>
internal sealed partial class SetQueries
{
    private const string ComplianceSql = """
        SELECT g.project, j.code AS project_code, g.worker, MIN(g.joined_on) AS joined_on,
            (SELECT MIN(t.signed_on) FROM contract_terms t
                WHERE t.ledger = @ledger AND t.project = g.project AND t.worker = g.worker) AS signed_on,
            CASE WHEN EXISTS (SELECT 1 FROM payee_approval v WHERE v.ledger = @ledger AND v.worker = g.worker)
                THEN 1 ELSE 0 END AS has_account
        FROM registration g
        JOIN project j ON j.ledger = g.ledger AND j.project = g.project
        WHERE g.ledger = @ledger AND (@project = 0 OR g.project = @project)
          AND g.joined_on <= @today AND (g.left_on IS NULL OR g.left_on >= @today)
          AND NOT EXISTS (SELECT 1 FROM registration n WHERE n.ledger = g.ledger AND n.project = g.project
            AND n.employer = g.employer AND n.worker = g.worker AND n.version > g.version)
          AND NOT EXISTS (SELECT 1 FROM project_completion c WHERE c.ledger = g.ledger AND c.project = g.project)
          AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.ledger = g.ledger AND x.worker = g.worker)
        GROUP BY g.project, j.code, g.worker
        ORDER BY g.project, g.worker
        """;

    /// <param name="project">0 for every project.</param>
    public IEnumerable<ComplianceFacts> Compliance(long project, LocalDate today) =>
        view.Stream<ComplianceFacts>(ComplianceSql, ("project", project), ("today", today));
}
