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

    // What was approved is never less than what was paid: grouped once, it leaves a handful whose payments are asked for.
    private const string OverpaidSql = """
        WITH monthly AS MATERIALIZED (
          SELECT c.worker, substr(c.period, 12, 7) AS month, SUM(c.net_fen) AS fen
          FROM wage_claim c
          WHERE c.ledger = @ledger AND substr(c.period, 12, 10) >= @from
          GROUP BY c.worker, substr(c.period, 12, 7)),
        spans AS (
          SELECT m.worker, m.month AS span, CAST(@month AS bigint) AS above FROM monthly m WHERE m.fen > @month
          UNION ALL
          SELECT m.worker, substr(m.month, 1, 4) AS span, CAST(@year AS bigint) AS above FROM monthly m
          GROUP BY m.worker, substr(m.month, 1, 4) HAVING SUM(m.fen) > @year),
        paid AS MATERIALIZED (
          SELECT s.worker, s.span, s.above, c.project, c.net_fen
          FROM spans s
          JOIN wage_claim c ON c.ledger = @ledger AND c.worker = s.worker
            AND substr(c.period, 12, length(s.span)) = s.span
          WHERE EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d
              WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt)
            AND (p.channel = 'Outside' OR EXISTS (SELECT 1 FROM payment_outcome q
              WHERE q.ledger = p.ledger AND q.claim = p.claim AND q.attempt = p.attempt AND q.kind = 'Settled'))))
        SELECT p.project, p.span, COUNT(DISTINCT p.worker) AS heads, CAST(SUM(p.net_fen) AS bigint) AS paid_fen
        FROM paid p
        JOIN (SELECT e.worker, e.span FROM paid e GROUP BY e.worker, e.span, e.above HAVING SUM(e.net_fen) > e.above) o
          ON o.worker = p.worker AND o.span = p.span
        GROUP BY p.project, p.span
        ORDER BY p.project, p.span
        """;

    public IReadOnlyList<LowMean> LowMeans(LocalDate from, long belowFen) =>
        view.Ask<LowMean>(LowMeansSql, ("from", Day(from)), ("below", belowFen));

    public IReadOnlyList<OverpaidSpan> Overpaid(LocalDate from, long monthFen, long yearFen) =>
        view.AskOfAll<OverpaidSpan>(OverpaidSql, ("from", Day(from)), ("month", monthFen), ("year", yearFen));

    /// <summary>As periods write their days.</summary>
    private static string Day(LocalDate day) => TimeText.Date.Format(day);
}
