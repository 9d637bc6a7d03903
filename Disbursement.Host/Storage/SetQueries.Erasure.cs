using Disbursement.Engine.Erasure;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // Of a payroll that can still become a wage, or has one that is not at its end.
    private const string RetainedSql = """
        SELECT j.project, j.code, c.completed_on, c.settled_on, c.payroll_versions AS payroll_versions_then,
            (SELECT CAST(COALESCE(sum(y.version), 0) AS BIGINT) FROM payroll y
                WHERE y.ledger = j.ledger AND y.project = j.project) AS payroll_versions,
            (SELECT min(y.payroll) FROM payroll y WHERE y.ledger = j.ledger AND y.project = j.project
                AND y.state NOT IN ('Settled', 'Refused', 'Withdrawn')) AS open_payroll,
            (SELECT min(o.obligation) FROM obligation o WHERE o.ledger = j.ledger AND o.project = j.project
                AND o.state NOT IN ('Discharged', 'Withdrawn')) AS open_obligation
        FROM project j
        LEFT JOIN project_completion c ON c.ledger = j.ledger AND c.project = j.project AND c.version =
            (SELECT max(v.version) FROM project_completion v WHERE v.ledger = j.ledger AND v.project = j.project)
        WHERE j.ledger = @ledger

        """;

    private const string RetainedProjectSql = RetainedSql + "AND j.project = @project";

    private const string RetainedProjectsSql = RetainedSql + """
        AND j.project IN (SELECT g.project FROM registration g WHERE g.ledger = @ledger AND g.worker = @worker)
        ORDER BY j.project
        """;

    private const string OpenMattersSql = """
        SELECT 'obligation' AS noun, l.obligation AS id FROM obligation o
        JOIN obligation_line l ON l.ledger = o.ledger AND l.obligation = o.obligation
        WHERE o.ledger = @ledger AND o.state NOT IN ('Discharged', 'Withdrawn') AND l.worker = @worker
          AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
            WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)
        UNION ALL
        SELECT 'recovery', r.recovery FROM recovery_claim r
        WHERE r.ledger = @ledger AND r.debtor_kind = 'Worker' AND r.debtor = @worker AND r.state = 'Open'
        UNION ALL
        SELECT 'payee', p.version FROM payee_account p WHERE p.ledger = @ledger AND p.worker = @worker
          AND NOT EXISTS (SELECT 1 FROM payee_approval a
            WHERE a.ledger = p.ledger AND a.worker = p.worker AND a.version = p.version)
        UNION ALL
        SELECT 'card', a.batch FROM card_application a
        JOIN card_batch b ON b.ledger = a.ledger AND b.batch = a.batch AND b.state NOT IN ('Refused', 'Withdrawn')
        WHERE a.ledger = @ledger AND a.worker = @worker
          AND NOT EXISTS (SELECT 1 FROM card_answer s
            WHERE s.ledger = a.ledger AND s.batch = a.batch AND s.row_reference = a.row_reference)
        UNION ALL
        SELECT 'complaint', x.complaint FROM wage_complaint x
        WHERE x.ledger = @ledger AND x.worker = @worker AND NOT EXISTS (
        """ + EndedComplaint + """
        )
        UNION ALL
        SELECT 'send', l.send FROM worker w
        JOIN journalled_line l ON l.ledger = w.ledger AND l.worker_hash = w.identity_hash
        WHERE w.ledger = @ledger AND w.worker = @worker
          AND NOT EXISTS (SELECT 1 FROM journalled_line_gone x WHERE x.ledger = l.ledger AND x.send = l.send
            AND x.line = l.line)
        ORDER BY 1, 2
        """;

    private const string ErasedBeforeSql = """
        SELECT DISTINCT w.identity_hash, w.worker, g.project
        FROM worker w
        CROSS JOIN erasure e
        CROSS JOIN registration g
        WHERE w.ledger = @ledger AND w.identity_hash IN @listed
          AND e.ledger = w.ledger AND e.worker = w.worker
          AND g.ledger = w.ledger AND g.worker = w.worker
        ORDER BY w.worker, g.project
        """;

    public RetainedProject RetainedProject(long project) =>
        view.Ask<RetainedProject>(RetainedProjectSql, ("project", project))[0];

    public IReadOnlyList<RetainedProject> RetainedProjects(long worker) =>
        view.Ask<RetainedProject>(RetainedProjectsSql, ("worker", worker));

    public IReadOnlyList<OpenMatter> OpenMatters(long worker) =>
        view.Ask<OpenMatter>(OpenMattersSql, ("worker", worker));

    public IReadOnlyList<ErasedBefore> ErasedBefore(IReadOnlyCollection<string> identityHashes) =>
        Listed<ErasedBefore, string>(ErasedBeforeSql, identityHashes);
}
