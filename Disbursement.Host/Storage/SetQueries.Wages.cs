using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>What the warning rules ask about wages.</summary>
internal sealed partial class SetQueries
{
    // Months begun, so that a period of several is not taken for one; which are whole is the engine's question.
    private const string LowMeansSql = """
        SELECT y.payroll, j.region, y.period, y.lines_declared - y.lines_voided AS heads,
          y.declared_fen - y.voided_fen AS net_fen
        FROM payroll y
        JOIN project j ON j.ledger = y.ledger AND j.project = y.project
        WHERE y.ledger = @ledger AND y.kind = 'Ordinary' AND y.state IN ('Approved', 'Settled')
          AND substr(y.period, 12, 10) >= @from AND y.lines_declared > y.lines_voided
          AND y.declared_fen - y.voided_fen < (y.lines_declared - y.lines_voided) * @below
            * ((CAST(substr(y.period, 12, 4) AS bigint) - CAST(substr(y.period, 1, 4) AS bigint)) * 12
              + CAST(substr(y.period, 17, 2) AS bigint) - CAST(substr(y.period, 6, 2) AS bigint) + 1)
        ORDER BY y.payroll
        """;

    // What was approved is never less than what was paid, and no month holds more claims than the worker's claims less
    // the other months: one pass in the order of the key leaves a handful of workers, of whose claims the payments are
    // asked. CROSS JOIN keeps that order: SQLite would walk every claim. Counted, not EXISTS: PostgreSQL, which cannot
    // know how few they are, would hash every payment.
    private const string OverpaidSql = """
        WITH likely AS MATERIALIZED (
          SELECT c.worker FROM wage_claim c
          WHERE c.ledger = @ledger AND substr(c.period, 12, 10) >= @from
          GROUP BY c.worker
          HAVING SUM(c.net_fen) > @year
            OR MAX(c.net_fen) * (COUNT(*) - COUNT(DISTINCT substr(c.period, 12, 7)) + 1) > @month),
        theirs AS MATERIALIZED (
          SELECT c.ledger, c.claim, c.worker, c.project, substr(c.period, 12, 7) AS month, c.net_fen
          FROM likely k
          CROSS JOIN wage_claim c
          WHERE c.ledger = @ledger AND c.worker = k.worker AND substr(c.period, 12, 10) >= @from),
        paid AS MATERIALIZED (
          SELECT t.worker, t.project, t.month, t.net_fen
          FROM theirs t
          WHERE (SELECT COUNT(*) FROM payment p WHERE p.ledger = t.ledger AND p.claim = t.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d
              WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt)
            AND (p.channel = 'Outside' OR EXISTS (SELECT 1 FROM payment_outcome q
              WHERE q.ledger = p.ledger AND q.claim = p.claim AND q.attempt = p.attempt AND q.kind = 'Settled'))) > 0),
        spans AS (
          SELECT p.worker, p.month AS span FROM paid p GROUP BY p.worker, p.month HAVING SUM(p.net_fen) > @month
          UNION ALL
          SELECT p.worker, substr(p.month, 1, 4) AS span FROM paid p
          GROUP BY p.worker, substr(p.month, 1, 4) HAVING SUM(p.net_fen) > @year)
        SELECT p.project, s.span, COUNT(DISTINCT p.worker) AS heads, CAST(SUM(p.net_fen) AS bigint) AS paid_fen
        FROM spans s
        JOIN paid p ON p.worker = s.worker AND substr(p.month, 1, length(s.span)) = s.span
        GROUP BY p.project, s.span
        ORDER BY p.project, s.span
        """;

    // A payroll whose check found no difference has no such line: few are left before any attendance is counted.
    // Days are hundredths. The gate's days are counted as days present, and as time in standard days, for half days.
    private const string BackwardSql = """
        WITH stated AS MATERIALIZED (
          SELECT c.ledger, c.payroll, c.claim, c.project, c.worker, c.period, c.days, c.gross_fen, t.standard_minutes
          FROM payroll y
          JOIN wage_claim c ON c.ledger = y.ledger AND c.payroll = y.payroll
          JOIN contract_terms t ON t.ledger = c.ledger AND t.project = c.project AND t.worker = c.worker
            AND t.version = (SELECT n.version FROM contract_terms n WHERE n.ledger = c.ledger AND n.project = c.project
              AND n.worker = c.worker AND CAST(n.signed_on AS text) <= substr(c.period, 12, 10)
              ORDER BY n.signed_on DESC, n.version DESC LIMIT 1)
          WHERE y.ledger = @ledger AND y.kind <> 'Supplementary' AND y.state IN ('Approved', 'Settled')
            AND substr(y.period, 12, 10) >= @from
            AND EXISTS (SELECT 1 FROM payroll_finding f WHERE f.ledger = y.ledger AND f.payroll = y.payroll
              AND f.rule IN ('payroll.differs', 'payroll.no-attendance'))
            AND t.rate_kind = 'Day' AND c.days % 100 = 0 AND c.gross_fen * 100 = c.days * t.rate_fen
            AND NOT EXISTS (
              SELECT 1 FROM payment v WHERE v.ledger = c.ledger AND v.claim = c.claim AND v.channel = 'Void')),
        gate AS (
          SELECT s.payroll, s.claim, s.days, s.gross_fen, s.standard_minutes, COUNT(a.day) AS present,
            COALESCE(SUM(a.minutes + a.overtime_minutes + a.rest_day_minutes + a.holiday_minutes), 0) AS minutes
          FROM stated s
          LEFT JOIN attendance a ON a.ledger = s.ledger AND a.project = s.project AND a.worker = s.worker
            AND CAST(a.day AS text) >= substr(s.period, 1, 10) AND CAST(a.day AS text) <= substr(s.period, 12, 10)
            AND a.minutes + a.overtime_minutes + a.rest_day_minutes + a.holiday_minutes + a.pieces > 0
            AND NOT EXISTS (SELECT 1 FROM attendance v WHERE v.ledger = a.ledger AND v.project = a.project
              AND v.worker = a.worker AND v.day = a.day AND v.version > a.version)
          GROUP BY s.payroll, s.claim, s.days, s.gross_fen, s.standard_minutes)
        SELECT g.payroll, COUNT(*) AS lines, CAST(SUM(g.gross_fen) AS bigint) AS gross_fen
        FROM gate g
        WHERE g.present * 100 <> g.days AND g.minutes * 100 <> g.days * g.standard_minutes
        GROUP BY g.payroll
        ORDER BY g.payroll
        """;

    private const string OwedToWorkersSql = """
        SELECT l.obligation, l.worker, CAST(SUM(l.amount_fen) AS bigint) AS amount_fen
        FROM obligation o
        JOIN obligation_line l ON l.ledger = o.ledger AND l.obligation = o.obligation
        WHERE o.ledger = @ledger AND o.lines_open > 0
          AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
            WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)
        GROUP BY l.obligation, l.worker
        ORDER BY l.obligation, l.worker
        """;

    // One pass over the accounts in effect: who shares one is found by the account, not by asking for each worker.
    private const string OddCardsSql = """
        WITH held AS MATERIALIZED (
          SELECT p.worker, p.version, p.account_hash, a.effective_at, w.identity_hash
          FROM payee_approval a
          JOIN payee_account p ON p.ledger = a.ledger AND p.worker = a.worker AND p.version = a.version
          JOIN worker w ON w.ledger = a.ledger AND w.worker = a.worker
          WHERE a.ledger = @ledger AND a.effective_at <= @at
            AND NOT EXISTS (SELECT 1 FROM payee_approval n WHERE n.ledger = a.ledger AND n.worker = a.worker
              AND n.version > a.version AND n.effective_at <= @at)),
        shared AS (
          SELECT h.account_hash FROM held h GROUP BY h.account_hash HAVING COUNT(DISTINCT h.identity_hash) > 1),
        odd AS (
          SELECT h.worker FROM held h JOIN shared s ON s.account_hash = h.account_hash
          UNION
          SELECT h.worker FROM held h
          JOIN payee_account b ON b.ledger = @ledger AND b.worker = h.worker AND b.version = h.version - 1
          WHERE h.effective_at > @since AND b.account_hash <> h.account_hash)
        SELECT g.project, COUNT(DISTINCT g.worker) AS heads
        FROM odd o
        JOIN registration g ON g.ledger = @ledger AND g.worker = o.worker
          AND g.version = (SELECT MAX(n.version) FROM registration n WHERE n.ledger = g.ledger AND n.project = g.project
            AND n.employer = g.employer AND n.worker = g.worker)
        WHERE g.left_on IS NULL OR g.left_on >= @today
        GROUP BY g.project
        ORDER BY g.project
        """;

    public IReadOnlyList<LowMean> LowMeans(LocalDate from, long belowFen) =>
        view.Ask<LowMean>(LowMeansSql, ("from", Day(from)), ("below", belowFen));

    public IReadOnlyList<OverpaidSpan> Overpaid(LocalDate from, long monthFen, long yearFen) =>
        view.AskOfAll<OverpaidSpan>(OverpaidSql, ("from", Day(from)), ("month", monthFen), ("year", yearFen));

    public IReadOnlyList<BackwardLines> BackwardLines(LocalDate from) =>
        view.AskOfAll<BackwardLines>(BackwardSql, ("from", Day(from)));

    public IReadOnlyList<OwedToWorker> OwedToWorkers() => view.Ask<OwedToWorker>(OwedToWorkersSql);

    public IReadOnlyList<OddCards> OddCards(Instant at, Instant since, LocalDate today) =>
        view.AskOfAll<OddCards>(OddCardsSql, ("at", at), ("since", since), ("today", today));

    /// <summary>As periods write their days.</summary>
    private static string Day(LocalDate day) => TimeText.Date.Format(day);
}
