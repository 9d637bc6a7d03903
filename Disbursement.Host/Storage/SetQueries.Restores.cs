using Disbursement.Engine.Restores;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string WaitingLinesSql = """
        SELECT l.send, l.line, l.amount_fen, l.payee_hash, c.claim, c.net_fen, c.payroll, c.payroll_line,
            CASE WHEN EXISTS (SELECT 1 FROM journalled_line_left x WHERE x.ledger = l.ledger AND x.send = l.send
                AND x.line = l.line) THEN 1 ELSE 0 END AS held,
            CASE WHEN EXISTS (SELECT 1 FROM journalled_line_left x WHERE x.ledger = l.ledger AND x.send = l.send
                AND x.line = l.line AND x.cause = 'Absent') THEN 1 ELSE 0 END AS denied,
            (SELECT count(*) FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim) AS attempts,
            (SELECT count(*) FROM payment_death d WHERE d.ledger = c.ledger AND d.claim = c.claim) AS deaths,
            (SELECT max(y.version) FROM payee_account y
                JOIN payee_approval v ON v.ledger = y.ledger AND v.worker = y.worker AND v.version = y.version
                WHERE y.ledger = c.ledger AND y.worker = c.worker AND y.account_hash = l.payee_hash) AS payee_version,
            CASE WHEN EXISTS (SELECT 1 FROM payment p WHERE p.ledger = l.ledger AND p.file = s.file
                AND p.row_reference = l.line AND p.claim = c.claim) THEN 1 ELSE 0 END AS placed
        FROM journalled_line l
        JOIN journalled_send s ON s.ledger = l.ledger AND s.send = l.send
        LEFT JOIN project t ON t.ledger = l.ledger AND t.code = l.project_code
        LEFT JOIN employer e ON e.ledger = l.ledger AND e.credit_code = l.employer_code
        LEFT JOIN worker w ON w.ledger = l.ledger AND w.identity_hash = l.worker_hash
            AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.ledger = w.ledger AND x.worker = w.worker)
        LEFT JOIN wage_claim c ON c.ledger = l.ledger AND c.worker = w.worker AND c.project = t.project
            AND c.employer = e.employer AND c.period = l.period AND c.component = l.component
            AND c.revision = l.revision
        WHERE l.ledger = @ledger AND NOT EXISTS (SELECT 1 FROM journalled_line_gone x
            WHERE x.ledger = l.ledger AND x.send = l.send AND x.line = l.line)
        ORDER BY l.send, l.line
        """;

    private const string OpenSendsSql = """
        SELECT s.send, s.reference, s.profile, s.file, l.project_code AS project, f.state,
            b.profile AS project_profile, s.lines, s.total_fen,
            (SELECT count(*) FROM journalled_line w WHERE w.ledger = s.ledger AND w.send = s.send
                AND NOT EXISTS (SELECT 1 FROM journalled_line_left x
                    WHERE x.ledger = w.ledger AND x.send = w.send AND x.line = w.line)) AS lines_waiting
        FROM open_send o
        JOIN journalled_send s ON s.ledger = o.ledger AND s.send = o.send
        JOIN journalled_line l ON l.ledger = s.ledger AND l.send = s.send AND l.line = 1
        LEFT JOIN project t ON t.ledger = l.ledger AND t.code = l.project_code
        LEFT JOIN wage_account a ON a.ledger = t.ledger AND a.project = t.project
        LEFT JOIN bank_account b ON b.ledger = a.ledger AND b.bank_account = a.bank_account
        LEFT JOIN disbursement_file f ON f.ledger = s.ledger AND f.file = s.file
        WHERE o.ledger = @ledger
        ORDER BY s.send
        """;

    // The view asks from the claim; here the few locked lines come first.
    private const string LockedClaimsSql = """
        SELECT k.claim, s.reference
        FROM (SELECT DISTINCT l.ledger, c.claim
            FROM journalled_line l
            CROSS JOIN worker w
            CROSS JOIN wage_claim c
            WHERE l.ledger = @ledger AND w.ledger = l.ledger AND w.identity_hash = l.worker_hash
              AND c.ledger = w.ledger AND c.worker = w.worker
              AND NOT EXISTS (SELECT 1 FROM journalled_line_gone x WHERE x.ledger = l.ledger AND x.send = l.send
                AND x.line = l.line)) i
        JOIN claim_lock k ON k.ledger = i.ledger AND k.claim = i.claim
        JOIN journalled_send s ON s.ledger = k.ledger AND s.send = k.send
        ORDER BY k.claim, s.send
        """;

    // The view is asked row by row of the file, and only where the ledger was restored at all.
    private const string LockedRowsSql = """
        SELECT p.row_reference AS row, p.claim, s.reference
        FROM payment p
        CROSS JOIN claim_lock k
        CROSS JOIN journalled_send s
        WHERE p.ledger = @ledger AND p.file = @file AND k.ledger = p.ledger AND k.claim = p.claim AND k.file <> p.file
          AND s.ledger = k.ledger AND s.send = k.send
          AND EXISTS (SELECT 1 FROM ledger_restore r WHERE r.ledger = p.ledger)
        ORDER BY p.row_reference, s.send
        """;

    // Asked of the few files that are open, and only where the ledger was restored.
    private const string StayingFilesSql = """
        SELECT x.file, x.reference, x.state, x.send, x.went_as, x.wages
        FROM (SELECT f.file, f.reference, f.state, s.send, s.reference AS went_as,
                CASE WHEN f.profile = s.profile AND f.reference = s.reference THEN 1 ELSE 0 END AS same_name,
                (SELECT count(*) FROM payment p CROSS JOIN claim_lock k WHERE p.ledger = f.ledger AND p.file = f.file
                    AND k.ledger = p.ledger AND k.claim = p.claim AND k.send = s.send) AS wages
            FROM journalled_send s
            JOIN disbursement_file f ON f.ledger = s.ledger AND f.file <> s.file
            WHERE s.ledger = @ledger AND f.state IN ('Built', 'Sealed', 'Sending', 'Unknown')) x
        WHERE x.wages > 0 OR x.same_name = 1
        ORDER BY x.file, x.send
        """;

    // What a restored database finds a claim again by: no account, no name, no key.
    private const string FileClaimsSql = """
        SELECT t.code AS project, e.credit_code AS employer, c.period, c.component, c.revision,
            w.identity_hash AS worker, p.payee_hash, p.amount_fen AS fen
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        JOIN project t ON t.ledger = c.ledger AND t.project = c.project
        JOIN employer e ON e.ledger = c.ledger AND e.employer = c.employer
        JOIN worker w ON w.ledger = c.ledger AND w.worker = c.worker
        WHERE p.ledger = @ledger AND p.file = @file
        ORDER BY p.row_reference
        """;

    private const string FilesSentSql = """
        SELECT (SELECT count(*) FROM (
            SELECT file FROM disbursement_file WHERE ledger = @ledger AND first_sent_at IS NOT NULL
            UNION SELECT file FROM journalled_send WHERE ledger = @ledger) sent)
            + (SELECT count(*) FROM (
            SELECT profile, reference FROM card_batch WHERE ledger = @ledger AND first_sent_at IS NOT NULL
            UNION SELECT profile, reference FROM journalled_cards WHERE ledger = @ledger) cards)
        """;

    public IReadOnlyList<WaitingLine> WaitingLines() => view.Ask<WaitingLine>(WaitingLinesSql);

    public IReadOnlyList<OpenSend> OpenSends() => view.Ask<OpenSend>(OpenSendsSql);

    public IReadOnlyList<LockedClaim> LockedClaims() => view.Ask<LockedClaim>(LockedClaimsSql);

    public IReadOnlyList<LockedRow> LockedRows(long file) => view.Ask<LockedRow>(LockedRowsSql, ("file", file));

    public IReadOnlyList<StayingFile> StayingFiles() => view.Ask<StayingFile>(StayingFilesSql);

    public IReadOnlyList<JournalledClaim> FileClaims(long file) =>
        [.. view.Ask<ClaimKey>(FileClaimsSql, ("file", file))
            .Select(c => new JournalledClaim(c.Project, c.Employer, c.Period, c.Component, c.Revision, c.Worker,
                Convert.ToHexStringLower(c.PayeeHash), c.Fen))];

    public long FilesSent() => view.Ask<long>(FilesSentSql)[0];

    private sealed record ClaimKey(string Project, string Employer, string Period, long Component, long Revision,
        string Worker, byte[] PayeeHash, long Fen);
}
