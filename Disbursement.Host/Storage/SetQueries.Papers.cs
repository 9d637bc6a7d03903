using Disbursement.Engine.Papers;

namespace Disbursement.Host.Storage;

/// <summary>What papers ask for: claims with their people, latest attempts and the bank's newest words.</summary>
internal sealed partial class SetQueries
{
    // Of several words of one kind the newest counts: a statement's comes behind the report's.
    private const string PaperClaims = """
        SELECT c.claim, c.worker, w.sealed, k.secret, e.name AS employer, e.credit_code AS employer_code, c.period,
          c.payroll, y.kind, c.payroll_line, c.days, c.hours, c.gross_fen, c.deductions_fen, c.net_fen, y.due_date,
          COALESCE(p.attempt, 0) AS attempt, p.channel, p.release, r.kind AS release_kind, f.profile,
          f.profile_version, f.reference AS file_reference, p.row_reference, p.payee_version, a.sealed AS payee_sealed,
          p.document AS evidence, o.value_date, o.bank_reference, x.reason AS failed_reason,
          (SELECT MIN(m.received_at) FROM bank_message m
            WHERE m.ledger = o.ledger AND m.document = o.document) AS received_at
        FROM wage_claim c
        JOIN payroll y ON y.ledger = c.ledger AND y.payroll = c.payroll
        JOIN employer e ON e.ledger = c.ledger AND e.employer = c.employer
        JOIN worker w ON w.ledger = c.ledger AND w.worker = c.worker
        LEFT JOIN subject_key k ON k.ledger = c.ledger AND k.subject = 'worker/' || c.worker
        LEFT JOIN payment p ON p.ledger = c.ledger AND p.claim = c.claim
          AND p.attempt = (SELECT MAX(q.attempt) FROM payment q WHERE q.ledger = c.ledger AND q.claim = c.claim)
        LEFT JOIN release r ON r.ledger = p.ledger AND r.release = p.release
        LEFT JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        LEFT JOIN payee_account a ON a.ledger = p.ledger AND a.worker = c.worker AND a.version = p.payee_version
        LEFT JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
          AND o.seq = (SELECT MAX(s.seq) FROM payment_outcome s WHERE s.ledger = p.ledger AND s.claim = p.claim
            AND s.attempt = p.attempt AND s.kind = 'Settled')
        LEFT JOIN payment_outcome x ON x.ledger = p.ledger AND x.claim = p.claim AND x.attempt = p.attempt
          AND x.seq = (SELECT MAX(s.seq) FROM payment_outcome s WHERE s.ledger = p.ledger AND s.claim = p.claim
            AND s.attempt = p.attempt AND s.kind <> 'Settled')
        """;

    private const string InPaperOrder = " ORDER BY e.name, c.period, c.payroll, c.payroll_line, c.claim";

    // A period is two days with a stroke between; its last one tells the month.
    private const string PaperClaimsOfMonthsSql = PaperClaims + """

        WHERE c.ledger = @ledger AND c.payroll IN (SELECT z.payroll FROM payroll z
            WHERE z.ledger = @ledger AND z.project = @project AND substr(z.period, 12, 7) BETWEEN @from AND @to)
        """ + InPaperOrder;

    private const string PaperClaimsOfPayrollSql = PaperClaims
        + " WHERE c.ledger = @ledger AND c.payroll = @payroll" + InPaperOrder;

    private const string PaperClaimsOfObligationSql = PaperClaims + """

        WHERE c.ledger = @ledger AND c.claim IN (SELECT l.claim FROM obligation_line l
            WHERE l.ledger = @ledger AND l.obligation = @obligation)
        """ + InPaperOrder;

    // One row for each way in which a document bears on the case.
    private const string DocumentsOfObligationSql = """
        WITH line AS (
          SELECT l.worker, l.claim, o.project, o.payroll FROM obligation_line l
          JOIN obligation o ON o.ledger = l.ledger AND o.obligation = l.obligation
          WHERE l.ledger = @ledger AND l.obligation = @obligation),
        attempt AS (
          SELECT p.* FROM payment p JOIN line l ON l.claim = p.claim WHERE p.ledger = @ledger)
        SELECT 'Terms' AS kind, t.document AS digest, '' AS name
          FROM contract_terms t JOIN line l ON l.worker = t.worker AND l.project = t.project WHERE t.ledger = @ledger
        UNION SELECT 'Roster', g.document, ''
          FROM registration g JOIN line l ON l.worker = g.worker AND l.project = g.project WHERE g.ledger = @ledger
        UNION SELECT 'Attendance', a.document, ''
          FROM attendance a JOIN line l ON l.worker = a.worker AND l.project = a.project WHERE a.ledger = @ledger
        UNION SELECT 'Payroll', y.sheet, y.sheet_name
          FROM payroll y JOIN line l ON l.payroll = y.payroll WHERE y.ledger = @ledger
        UNION SELECT 'BankFile', f.sealed_document, f.name
          FROM disbursement_file f JOIN attempt n ON n.file = f.file
          WHERE f.ledger = @ledger AND f.sealed_document IS NOT NULL
        UNION SELECT 'BankFileSignature', f.signature_document, f.name || '.sig'
          FROM disbursement_file f JOIN attempt n ON n.file = f.file
          WHERE f.ledger = @ledger AND f.signature_document IS NOT NULL
        UNION SELECT 'BankMessage', m.document, m.name
          FROM payment_outcome q JOIN attempt n ON n.claim = q.claim AND n.attempt = q.attempt
          JOIN bank_message m ON m.ledger = q.ledger AND m.document = q.document WHERE q.ledger = @ledger
        UNION SELECT 'BankMessageSignature', m.signature, m.name || '.sig'
          FROM payment_outcome q JOIN attempt n ON n.claim = q.claim AND n.attempt = q.attempt
          JOIN bank_message m ON m.ledger = q.ledger AND m.document = q.document
          WHERE q.ledger = @ledger AND m.signature IS NOT NULL
        UNION SELECT 'PeoplesWord', q.document, ''
          FROM payment_outcome q JOIN attempt n ON n.claim = q.claim AND n.attempt = q.attempt
          WHERE q.ledger = @ledger AND q.source = 'People'
        UNION SELECT 'PaymentEvidence', n.document, '' FROM attempt n WHERE n.document IS NOT NULL
        UNION SELECT 'EndEvidence', x.document, '' FROM obligation_line_left x
          WHERE x.ledger = @ledger AND x.obligation = @obligation AND x.document IS NOT NULL
        ORDER BY 1, 3, 2
        """;

    /// <summary>Documents that a case stands on; one may come several times.</summary>
    public IReadOnlyList<CaseDocument> DocumentsOfObligation(long obligation) =>
        view.Ask<CaseDocument>(DocumentsOfObligationSql, ("obligation", obligation));

    /// <param name="from">"2026-01", so the last month.</param>
    public IReadOnlyList<PaperClaim> PaperClaimsOfMonths(long project, string from, string to) =>
        view.Ask<PaperClaim>(PaperClaimsOfMonthsSql, ("project", project), ("from", from), ("to", to));

    public IReadOnlyList<PaperClaim> PaperClaimsOfPayroll(long payroll) =>
        view.Ask<PaperClaim>(PaperClaimsOfPayrollSql, ("payroll", payroll));

    public IReadOnlyList<PaperClaim> PaperClaimsOfObligation(long obligation) =>
        view.Ask<PaperClaim>(PaperClaimsOfObligationSql, ("obligation", obligation));
}
