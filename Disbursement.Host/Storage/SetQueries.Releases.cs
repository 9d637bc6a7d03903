using Disbursement.Engine.Accounts;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string UnpaidSql = """
        SELECT c.claim, c.payroll_line, c.net_fen,
            (SELECT count(*) FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim) AS attempts
        FROM wage_claim c
        WHERE c.ledger = @ledger AND c.payroll = @payroll
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt))
        ORDER BY c.payroll_line, c.claim
        """;

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
            y.version AS payee_version, y.account_hash AS payee_hash
        FROM release_range g
        JOIN wage_claim c ON c.ledger = g.ledger AND c.payroll = g.payroll
            AND c.payroll_line BETWEEN g.from_line AND g.to_line
        LEFT JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker
            AND y.version = (SELECT max(v.version) FROM payee_approval v
                WHERE v.ledger = c.ledger AND v.worker = c.worker AND v.effective_at <= @at)
        WHERE g.ledger = @ledger AND g.release = @release
        ORDER BY c.payroll, c.payroll_line, c.claim
        """;

    public IReadOnlyList<UnpaidClaim> Unpaid(long payroll) => view.Ask<UnpaidClaim>(UnpaidSql, ("payroll", payroll));

    public IReadOnlyList<HeldRange> Held(long payroll) => view.Ask<HeldRange>(HeldSql, ("payroll", payroll));

    public IReadOnlyList<ReleaseLine> ReleaseLines(long release, Instant at) =>
        view.Ask<ReleaseLine>(ReleaseLinesSql, ("release", release), ("at", at));
}
