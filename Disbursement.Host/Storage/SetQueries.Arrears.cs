using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string OpenLines = """
        SELECT l.obligation, l.line, o.subcontractor, o.period, o.due_date, l.worker, l.claim, l.amount_fen
        FROM obligation o
        JOIN obligation_line l ON l.ledger = o.ledger AND l.obligation = o.obligation
        WHERE o.ledger = @ledger AND o.lines_open > 0
          AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
            WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)
        """;
    private const string InLineOrder = " ORDER BY l.obligation, l.line";

    // Obligations are found by the payrolls the file's release carries: without an open one no claim is looked at.
    private const string OpenLinesOfFile = OpenLines + """

          AND o.payroll IN (SELECT r.payroll FROM disbursement_file f
            JOIN release_range r ON r.ledger = f.ledger AND r.release = f.release
            WHERE f.ledger = @ledger AND f.file = @file)
          AND EXISTS (SELECT 1 FROM payment p WHERE p.ledger = l.ledger AND p.claim = l.claim AND p.file = @file)
        """ + InLineOrder;

    private const string OpenLinesOfPayroll = OpenLines + " AND o.payroll = @payroll" + InLineOrder;

    private const string OpenLinesOfClaim = OpenLines + """

          AND o.payroll = (SELECT c.payroll FROM wage_claim c WHERE c.ledger = @ledger AND c.claim = @claim)
          AND l.claim = @claim
        """ + InLineOrder;

    private const string UnassessedLines = OpenLines + """

          AND o.kind = 'Unassessed' AND o.project = @project AND o.subcontractor = @subcontractor
        """ + InLineOrder;

    // The outcomes of the latest attempt as bits, source × 4 + kind: a set, as the engine's OutcomeSet is.
    private const string FactsOfClaims = """
        SELECT c.claim, c.worker, c.project, c.employer AS subcontractor, c.payroll, c.payroll_line, c.period,
          c.net_fen, y.due_date, COALESCE(p.attempt, 0) AS attempt, p.channel, r.kind AS release_kind,
          f.state AS file_state, f.answer_by,
          COALESCE((SELECT CAST(SUM(d.bit) AS bigint) FROM (SELECT DISTINCT
              CASE q.source WHEN 'Report' THEN 1 WHEN 'Statement' THEN 16 ELSE 256 END
              * CASE q.kind WHEN 'Settled' THEN 1 WHEN 'Rejected' THEN 2 WHEN 'Returned' THEN 4 ELSE 8 END AS bit
            FROM payment_outcome q
            WHERE q.ledger = p.ledger AND q.claim = p.claim AND q.attempt = p.attempt) d), 0) AS outcomes,
          (SELECT MIN(l.obligation) FROM obligation_line l WHERE l.ledger = c.ledger AND l.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
              WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)) AS obligation
        FROM payroll y
        JOIN wage_claim c ON c.ledger = y.ledger AND c.payroll = y.payroll
        LEFT JOIN payment p ON p.ledger = c.ledger AND p.claim = c.claim
          AND p.attempt = (SELECT MAX(a.attempt) FROM payment a WHERE a.ledger = c.ledger AND a.claim = c.claim)
        LEFT JOIN release r ON r.ledger = p.ledger AND r.release = p.release
        LEFT JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        """;

    private const string PastDue = """

          y.ledger = @ledger AND y.state = 'Approved' AND y.due_date < @before
            AND y.lines_unpaid + y.lines_in_flight > 0
        """;

    private const string DuePayrollsSql = """
        SELECT y.payroll, y.lines_unpaid + y.lines_in_flight AS owing
        FROM payroll y
        WHERE
        """ + PastDue + " ORDER BY y.payroll";

    // CROSS JOIN keeps the files first: SQLite would walk every payment.
    private const string LikelyDueSql = FactsOfClaims + " WHERE " + PastDue + """

            AND c.ledger = @ledger AND c.claim IN (
              SELECT d.claim FROM payment_death d WHERE d.ledger = @ledger
              UNION
              SELECT q.claim FROM disbursement_file w CROSS JOIN payment q
              WHERE w.ledger = @ledger AND w.lines_open > 0 AND q.ledger = w.ledger AND q.file = w.file)
        ORDER BY c.payroll, c.payroll_line, c.claim
        """;

    private const string ClaimFactsSql = FactsOfClaims + " WHERE c.ledger = @ledger AND c.claim = @claim";

    private const string ClaimsOfPayrollSql = FactsOfClaims
        + " WHERE c.ledger = @ledger AND c.payroll = @payroll ORDER BY c.payroll_line, c.claim";

    private const string UnfiledReleasesSql = """
        SELECT DISTINCT r.release FROM release_range g
        JOIN release r ON r.ledger = g.ledger AND r.release = g.release
        WHERE g.ledger = @ledger AND g.payroll = @payroll AND @line BETWEEN g.from_line AND g.to_line
          AND r.state IN ('Planned', 'Short', 'Funded')
          AND NOT EXISTS (SELECT 1 FROM release_left x WHERE x.ledger = g.ledger AND x.release = g.release
            AND x.payroll = g.payroll AND @line BETWEEN x.from_line AND x.to_line)
        ORDER BY r.release
        """;

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfFile(long file) =>
        view.Ask<OpenObligationLine>(OpenLinesOfFile, ("file", file));

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfPayroll(long payroll) =>
        view.Ask<OpenObligationLine>(OpenLinesOfPayroll, ("payroll", payroll));

    public IReadOnlyList<OpenObligationLine> OpenObligationLinesOfClaim(long claim) =>
        view.Ask<OpenObligationLine>(OpenLinesOfClaim, ("claim", claim));

    public IReadOnlyList<OpenObligationLine> OpenUnassessedLines(long project, long subcontractor) =>
        view.Ask<OpenObligationLine>(UnassessedLines, ("project", project), ("subcontractor", subcontractor));

    public IReadOnlyList<DuePayroll> DuePayrolls(LocalDate before) =>
        view.Ask<DuePayroll>(DuePayrollsSql, ("before", before));

    public IReadOnlyList<ClaimFacts> LikelyDueClaims(LocalDate before) =>
        view.AskOfAll<ClaimFacts>(LikelyDueSql, ("before", before));

    public IReadOnlyList<ClaimFacts> ClaimsOfPayroll(long payroll) =>
        view.Ask<ClaimFacts>(ClaimsOfPayrollSql, ("payroll", payroll));

    public ClaimFacts? ClaimFacts(long claim) =>
        view.Ask<ClaimFacts>(ClaimFactsSql, ("claim", claim)) is [var facts] ? facts : null;

    public IReadOnlyList<long> UnfiledReleasesOf(long payroll, long line) =>
        view.Ask<long>(UnfiledReleasesSql, ("payroll", payroll), ("line", line));
}
