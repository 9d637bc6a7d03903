using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // Attempts of claim c whose words come to settled or contradicted (OutcomeSet.State, in SQL): a death recorded
    // before the bank said settled does not make the claim unpaid.
    internal const string CreditedSql = """
        (SELECT count(*) FROM (
            SELECT q.attempt, max(CASE WHEN q.source = 'Statement' THEN 1 ELSE 0 END) AS statement,
                max(CASE WHEN q.source <> 'Report' AND q.kind <> 'NotSent' THEN 1 ELSE 0 END) AS strong,
                max(CASE WHEN q.source <> 'Report' AND q.kind = 'Settled' THEN 1 ELSE 0 END) AS strong_settled,
                max(CASE WHEN q.source <> 'Report' AND q.kind = 'Returned' THEN 1 ELSE 0 END) AS strong_returned,
                max(CASE WHEN q.kind = 'Settled' THEN 1 ELSE 0 END) AS settled,
                max(CASE WHEN q.kind = 'Returned' THEN 1 ELSE 0 END) AS returned
            FROM payment_outcome q WHERE q.ledger = c.ledger AND q.claim = c.claim GROUP BY q.attempt) w
         WHERE w.strong_returned = 0 AND NOT (w.statement = 0 AND w.returned = 1)
            AND (w.strong_settled = 1 OR w.strong = 0 AND w.settled = 1))
        """;

    private const string RowsPaidBeforeSql = "SELECT p.row_reference FROM payment p"
        + " JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim"
        + " WHERE p.ledger = @ledger AND p.file = @file AND p.attempt > 1 AND " + CreditedSql
        + " > 0 ORDER BY p.row_reference";

    private const string SealedLinesSql = """
        SELECT c.payroll, c.payroll_line, c.worker, c.net_fen, p.amount_fen,
            CASE WHEN y.account_hash = p.payee_hash AND a.version IS NOT NULL THEN 1 ELSE 0 END AS payee_approved
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        LEFT JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
        LEFT JOIN payee_approval a ON a.ledger = c.ledger AND a.worker = c.worker AND a.version = p.payee_version
        WHERE p.ledger = @ledger AND p.file = @file
        ORDER BY c.payroll, c.payroll_line
        """;

    private const string PayrollsInSql = """
        SELECT DISTINCT c.payroll FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        WHERE p.ledger = @ledger AND p.file = @file
        ORDER BY c.payroll
        """;

    private const string UnpaidSql = """
        SELECT c.claim, c.payroll_line, c.net_fen,
            (SELECT count(*) FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim) AS attempts
        FROM wage_claim c
        WHERE c.ledger = @ledger AND c.payroll = @payroll
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt))
          AND (0 =
        """ + CreditedSql + ") ORDER BY c.payroll_line, c.claim";

    /// <summary>Filed releases hold nothing that is unpaid: what they carry has a payment, or has left.</summary>
    private const string HeldSql = """
        SELECT g.release, r.state, g.from_line, g.to_line, 0 AS "left"
        FROM release_range g
        JOIN release r ON r.ledger = g.ledger AND r.release = g.release
        WHERE g.ledger = @ledger AND g.payroll = @payroll AND r.state IN ('Planned', 'Funded', 'Short')
        UNION ALL
        SELECT l.release, r.state, l.from_line, l.to_line, 1 AS "left"
        FROM release_left l
        JOIN release r ON r.ledger = l.ledger AND r.release = l.release
        WHERE l.ledger = @ledger AND l.payroll = @payroll AND r.state IN ('Planned', 'Funded', 'Short')
        ORDER BY 1, 5, 3
        """;

    private const string ReleaseLinesSql = """
        SELECT c.claim, c.worker, c.payroll, c.payroll_line, c.period, c.net_fen,
            (SELECT count(*) FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim) AS attempts,
            (SELECT count(*) FROM payment_death d WHERE d.ledger = c.ledger AND d.claim = c.claim) AS deaths,

        """ + CreditedSql + """
             AS credited,
            y.version AS payee_version, y.account_hash AS payee_hash
        FROM release_range g
        JOIN wage_claim c ON c.ledger = g.ledger AND c.payroll = g.payroll
            AND c.payroll_line BETWEEN g.from_line AND g.to_line
        LEFT JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker
            AND y.version = (SELECT max(v.version) FROM payee_approval v
                WHERE v.ledger = c.ledger AND v.worker = c.worker AND v.effective_at <= @at)
            AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.ledger = c.ledger AND e.worker = c.worker)
        WHERE g.ledger = @ledger AND g.release = @release
        ORDER BY c.payroll, c.payroll_line, c.claim
        """;

    private const string EarmarkFenSql = """
        SELECT CAST(coalesce(sum(e.earmark_delta_fen), 0) AS bigint) FROM account_entry e
        WHERE e.ledger = @ledger AND e.earmark = @earmark
        """;

    public long EarmarkFen(long earmark) => view.Ask<long>(EarmarkFenSql, ("earmark", earmark))[0];

    public IReadOnlyList<SealedLine> SealedLines(long file) => view.Ask<SealedLine>(SealedLinesSql, ("file", file));

    public IReadOnlyList<long> PayrollsIn(long file) => view.Ask<long>(PayrollsInSql, ("file", file));

    public IReadOnlyList<UnpaidClaim> Unpaid(long payroll) => view.Ask<UnpaidClaim>(UnpaidSql, ("payroll", payroll));

    public IReadOnlyList<long> RowsPaidBefore(long file) => view.Ask<long>(RowsPaidBeforeSql, ("file", file));

    public IReadOnlyList<HeldRange> Held(long payroll) => view.Ask<HeldRange>(HeldSql, ("payroll", payroll));

    public IReadOnlyList<ReleaseLine> ReleaseLines(long release, Instant at) =>
        view.Ask<ReleaseLine>(ReleaseLinesSql, ("release", release), ("at", at));
}
