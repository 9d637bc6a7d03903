using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // A day is covered by a claim whose period holds it ("yyyy-MM-dd/yyyy-MM-dd") and which nobody voided.
    private const string Worked = """

        WHERE a.ledger = @ledger AND a.day >= @from AND a.day < @before
          AND a.minutes + a.overtime_minutes + a.rest_day_minutes + a.holiday_minutes + a.pieces > 0
        """;

    private const string Latest = """

          AND NOT EXISTS (SELECT 1 FROM attendance v WHERE v.ledger = a.ledger AND v.project = a.project
            AND v.worker = a.worker AND v.day = a.day AND v.version > a.version)
        """;

    private const string Covering = """
        SELECT 1 FROM wage_claim c WHERE c.ledger = a.ledger AND c.worker = a.worker AND c.project = a.project
          AND substr(c.period, 1, 10) <= CAST(a.day AS text) AND substr(c.period, 12, 10) >= CAST(a.day AS text)
          AND NOT EXISTS (
            SELECT 1 FROM payment w WHERE w.ledger = c.ledger AND w.claim = c.claim AND w.channel = 'Void')
        """;

    // Nearly every day is covered: which are not is settled before anything is joined to them, or asked of them.
    private const string UncoveredDaysSql = """
        WITH uncovered AS MATERIALIZED (
          SELECT a.ledger, a.project, a.worker, a.day, a.minutes, a.overtime_minutes, a.rest_day_minutes,
            a.holiday_minutes, a.pieces, a.document, a.document_row, a.version
          FROM attendance a
        """ + Worked + " AND NOT EXISTS (" + Covering + """
        ))
        SELECT a.project, g.employer AS subcontractor, a.worker, a.day, g.left_on, a.minutes, a.overtime_minutes,
          a.rest_day_minutes, a.holiday_minutes, a.pieces, a.document, a.document_row,
          t.signed_on, t.rate_kind, t.rate_fen, t.pay_cycle, t.pay_day, t.piece_due_on, t.standard_minutes
        FROM uncovered a
        JOIN registration g ON g.ledger = a.ledger AND g.project = a.project AND g.worker = a.worker
          AND g.employer = (SELECT n.employer FROM registration n WHERE n.ledger = a.ledger AND n.project = a.project
            AND n.worker = a.worker AND n.joined_on <= a.day
            ORDER BY n.joined_on DESC, n.version DESC, n.employer LIMIT 1)
          AND g.version = (SELECT MAX(n.version) FROM registration n WHERE n.ledger = g.ledger AND n.project = g.project
            AND n.employer = g.employer AND n.worker = g.worker)
        LEFT JOIN contract_terms t ON t.ledger = a.ledger AND t.project = a.project AND t.worker = a.worker
          AND t.version = (SELECT n.version FROM contract_terms n WHERE n.ledger = a.ledger AND n.project = a.project
            AND n.worker = a.worker AND n.signed_on <= a.day ORDER BY n.signed_on DESC, n.version DESC LIMIT 1)
        WHERE a.ledger = @ledger
        """ + Latest + """

        ORDER BY a.project, a.worker, a.day
        """;

    private const string MonthHeadsSql = """
        SELECT h.project, h.month, COUNT(*) AS attended,
          CAST(SUM(h.claimed) AS bigint) AS claimed, CAST(SUM(h.paid) AS bigint) AS paid
        FROM (SELECT a.project, a.worker, substr(CAST(a.day AS text), 1, 7) AS month,
            MAX(CASE WHEN EXISTS (
        """ + Covering + """
            ) THEN 1 ELSE 0 END) AS claimed,
            MAX(CASE WHEN EXISTS (
        """ + Covering + """
              AND EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
                AND NOT EXISTS (SELECT 1 FROM payment_death d
                  WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt)
                AND (p.channel = 'Outside' OR EXISTS (SELECT 1 FROM payment_outcome q
                  WHERE q.ledger = p.ledger AND q.claim = p.claim AND q.attempt = p.attempt AND q.kind = 'Settled')))
            ) THEN 1 ELSE 0 END) AS paid
          FROM attendance a
        """ + Worked + Latest + """

          GROUP BY a.project, a.worker, substr(CAST(a.day AS text), 1, 7)) h
        GROUP BY h.project, h.month
        ORDER BY h.project, h.month
        """;

    private const string ReturnedClaimsSql = """
        SELECT c.payroll, COUNT(*) AS lines, CAST(SUM(c.net_fen) AS bigint) AS amount_fen, MIN(q.value_date) AS since
        FROM payment_death d
        JOIN payment_outcome q ON q.ledger = d.ledger AND q.claim = d.claim AND q.attempt = d.attempt AND q.seq = d.seq
          AND q.kind = 'Returned'
        JOIN wage_claim c ON c.ledger = d.ledger AND c.claim = d.claim
        WHERE d.ledger = @ledger
          AND d.attempt = (SELECT MAX(a.attempt) FROM payment a WHERE a.ledger = d.ledger AND a.claim = d.claim)
        GROUP BY c.payroll
        ORDER BY c.payroll
        """;

    private static readonly string LiveWarningsSql = TableMap<WarningRow>.Shared.Select
        + " WHERE ledger = @ledger AND state NOT IN ('Closed', 'Cleared') ORDER BY rule, subject";

    public IReadOnlyList<UncoveredDay> UncoveredDays(LocalDate from, LocalDate before) =>
        view.AskOfAll<UncoveredDay>(UncoveredDaysSql, ("from", from), ("before", before));

    public IReadOnlyList<MonthHeads> MonthHeads(LocalDate from, LocalDate before) =>
        view.AskOfAll<MonthHeads>(MonthHeadsSql, ("from", from), ("before", before));

    public IReadOnlyList<ReturnedClaims> ReturnedClaims() => view.AskOfAll<ReturnedClaims>(ReturnedClaimsSql);

    public IReadOnlyList<WarningRow> LiveWarnings() => view.Ask<WarningRow>(LiveWarningsSql);
}
