namespace Disbursement.Host.Simulation.Laws;

/// <summary>
/// What the facts come to, before any law is asked: words of an attempt, standing of a claim, what a release carries.
/// </summary>
public static partial class LawQueries
{
    // What the outcomes of one attempt come to. Where a statement or people have spoken, only they count; beside people
    // a return, and where all they said is that it never went, a payment. Who then says it was paid takes that back.
    internal const string Words = """
        WITH word AS (
            SELECT o.ledger, o.claim, o.attempt, o.kind FROM payment_outcome o
            WHERE o.ledger = @ledger /*claims o*/ AND (o.source = 'Statement'
                OR o.source = 'People' AND (o.kind <> 'NotSent' OR NOT EXISTS
                    (SELECT 1 FROM payment_outcome s WHERE s.ledger = o.ledger AND s.claim = o.claim
                     AND s.attempt = o.attempt AND s.source = 'People' AND s.kind = 'Settled'))
                OR o.source = 'Report' AND NOT EXISTS
                    (SELECT 1 FROM payment_outcome s WHERE s.ledger = o.ledger AND s.claim = o.claim
                     AND s.attempt = o.attempt AND (s.source = 'Statement' OR s.source = 'People'
                        AND o.kind <> 'Returned' AND NOT (o.kind = 'Settled' AND s.kind = 'NotSent'))))),
        attempt AS (
            SELECT p.claim, p.attempt, p.channel, p.file, p.amount_fen, p.document,
                CASE WHEN sum(CASE WHEN w.kind = 'Returned' THEN 1 ELSE 0 END) > 0 THEN 'Returned'
                    WHEN sum(CASE WHEN w.kind = 'Settled' THEN 1 ELSE 0 END) > 0 THEN
                        CASE WHEN sum(CASE WHEN w.kind IN ('Rejected', 'NotSent') THEN 1 ELSE 0 END) > 0
                            THEN 'Contradicted' ELSE 'Settled' END
                    WHEN sum(CASE WHEN w.kind = 'Rejected' THEN 1 ELSE 0 END) > 0 THEN 'Rejected'
                    WHEN sum(CASE WHEN w.kind = 'NotSent' THEN 1 ELSE 0 END) > 0 THEN 'NotSent'
                    ELSE 'Open' END AS state
            FROM payment p
            LEFT JOIN word w ON w.ledger = p.ledger AND w.claim = p.claim AND w.attempt = p.attempt
            WHERE p.ledger = @ledger /*claims p*/
            GROUP BY p.claim, p.attempt, p.channel, p.file, p.amount_fen, p.document),
        standing AS (
            SELECT c.claim, c.worker, c.project, c.employer, c.period, c.payroll, c.payroll_line, c.net_fen,
                CASE WHEN a.claim IS NULL THEN 'unpaid'
                    WHEN a.channel = 'Void' THEN 'voided'
                    WHEN a.state IN ('NotSent', 'Rejected', 'Returned') THEN 'unpaid'
                    WHEN a.state = 'Settled' OR a.channel = 'Outside' AND a.state = 'Open' THEN 'paid'
                    ELSE 'in flight' END AS standing
            FROM wage_claim c
            LEFT JOIN attempt a ON a.claim = c.claim
                AND a.attempt = (SELECT max(b.attempt) FROM payment b WHERE b.ledger = c.ledger AND b.claim = c.claim)
            WHERE c.ledger = @ledger /*claims c*/)

        """;

    /// <summary>Claims a release carries: its ranges, less what left it.</summary>
    private const string Carried = """
        SELECT g.release, c.claim, c.net_fen, c.period, c.payroll, c.payroll_line FROM release_range g
        JOIN wage_claim c ON c.ledger = g.ledger AND c.payroll = g.payroll
            AND c.payroll_line BETWEEN g.from_line AND g.to_line
        WHERE g.ledger = @ledger /*carried g*/ AND NOT EXISTS (SELECT 1 FROM release_left x WHERE x.ledger = g.ledger
            AND x.release = g.release AND x.payroll = g.payroll AND c.payroll_line BETWEEN x.from_line AND x.to_line)
        """;

    /// <summary>Claims paid out of an earmark, before they are in a file: these never yield.</summary>
    public const string Earmarked = FundedAny + " AND r.earmark IS NOT NULL";

    /// <summary>Claims that free money is set aside for and no file has yet.</summary>
    public const string Funded = FundedAny + " AND r.earmark IS NULL";

    private const string FundedAny = "SELECT r.account, c.claim, c.net_fen, c.period, c.payroll, c.payroll_line FROM ("
        + Carried + ") c JOIN release r ON r.ledger = @ledger AND r.release = c.release AND r.state = 'Funded'";

    /// <summary>
    /// L9: everything the bank's messages move, as text: states of attempts, counters, balances. Not how they came.
    /// </summary>
    public const string Moved = Words + """
        SELECT 'attempt ' || a.claim || '/' || a.attempt || ' ' || a.state AS line FROM attempt a
        UNION ALL
        SELECT 'payroll ' || y.payroll || ' ' || y.state || ' ' || y.paid_fen || ' ' || y.in_flight_fen || ' '
            || y.unpaid_fen FROM payroll y WHERE y.ledger = @ledger
        UNION ALL
        SELECT 'file ' || f.file || ' ' || f.state || ' ' || f.open_fen || ' ' || f.settled_fen || ' ' || f.rejected_fen
            || ' ' || f.returned_fen || ' ' || f.debited_fen || ' ' || f.refunded_fen || ' ' || f.reserved_fen
        FROM disbursement_file f WHERE f.ledger = @ledger
        UNION ALL
        SELECT 'release ' || r.release || ' ' || r.state || ' ' || r.lines_open FROM release r WHERE r.ledger = @ledger
        UNION ALL
        SELECT 'account ' || e.account || ' ' || sum(e.posted_delta_fen) || ' ' || sum(e.reserved_delta_fen)
        FROM account_entry e WHERE e.ledger = @ledger GROUP BY e.account
        UNION ALL
        SELECT 'earmark ' || e.earmark || ' ' || sum(e.earmark_delta_fen)
        FROM account_entry e WHERE e.ledger = @ledger AND e.earmark IS NOT NULL GROUP BY e.earmark
        ORDER BY line
        """;

    /// <summary>
    /// What the attempts that settled put on each card, by profile and the card's hash; and beside it what journalled
    /// lines may have, that two people hold because their wage is not known here.
    /// </summary>
    public const string Credited = Words + """
        SELECT g.profile, g.card, CAST(sum(g.fen) AS bigint) AS fen, CAST(sum(g.held) AS bigint) AS held FROM (
            SELECT f.profile, p.payee_hash AS card, p.amount_fen AS fen, 0 AS held FROM attempt a
            JOIN payment p ON p.ledger = @ledger AND p.claim = a.claim AND p.attempt = a.attempt
            JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
            WHERE a.channel = 'File' AND a.state = 'Settled'
            UNION ALL
            SELECT s.profile, l.payee_hash, 0, l.amount_fen FROM journalled_line l
            JOIN journalled_send s ON s.ledger = l.ledger AND s.send = l.send
            WHERE l.ledger = @ledger AND EXISTS (SELECT 1 FROM journalled_line_left x WHERE x.ledger = l.ledger
                    AND x.send = l.send AND x.line = l.line AND x.cause = 'Held')
                AND NOT EXISTS (SELECT 1 FROM journalled_line_left x WHERE x.ledger = l.ledger AND x.send = l.send
                    AND x.line = l.line AND x.cause <> 'Held')) g
        GROUP BY g.profile, g.card
        """;

    /// <summary>L10: claims still in flight.</summary>
    public const string InFlight = Words + "SELECT 'L10: claim ' || s.claim || ' is in flight' FROM standing s"
        + " WHERE s.standing = 'in flight' ORDER BY s.claim";

    /// <summary>Lines on which the bank's words contradict each other, or never came.</summary>
    public const string DoubtfulLines = Words + """
        SELECT p.file, p.row_reference, (SELECT count(*) FROM payment l WHERE l.ledger = p.ledger AND l.claim = p.claim
            AND l.attempt > p.attempt) AS later FROM attempt a
        JOIN payment p ON p.ledger = @ledger AND p.claim = a.claim AND p.attempt = a.attempt
        JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        WHERE a.state = 'Contradicted' OR a.state = 'Open' AND f.state IN ('Accepted', 'Delivered')
        ORDER BY p.file, p.row_reference
        """;
}
