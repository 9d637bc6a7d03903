using Dapper;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Demo;

/// <summary>Where a project's claims stand, from the payroll headers' counters.</summary>
public sealed record ProjectTotals
{
    public required string Project { get; init; }
    public required string Name { get; init; }
    public required long LinesDeclared { get; init; }
    public required long LinesPaid { get; init; }
    public required long LinesInFlight { get; init; }
    public required long LinesUnpaid { get; init; }
    public required long LinesVoided { get; init; }
    public required long DeclaredFen { get; init; }
    public required long PaidFen { get; init; }
    public required long InFlightFen { get; init; }
    public required long UnpaidFen { get; init; }
    public required long VoidedFen { get; init; }

    /// <summary>L3: every claim is exactly one of the four.</summary>
    public bool AddsUp => LinesDeclared == LinesPaid + LinesInFlight + LinesUnpaid + LinesVoided
        && DeclaredFen == PaidFen + InFlightFen + UnpaidFen + VoidedFen;

    public static IReadOnlyList<ProjectTotals> Of(LedgerView view) => view.Ask<ProjectTotals>(HeadersSql);

    /// <summary>
    /// The same from base facts alone, sharing nothing with the counters: latest attempts, outcomes and deaths.
    /// </summary>
    public static IReadOnlyList<ProjectTotals> FromFacts(LedgerView view) => view.Ask<ProjectTotals>(FactsSql);

    private const string HeadersSql = """
        SELECT p.code AS project, p.name,
            CAST(SUM(y.lines_declared) AS bigint) AS lines_declared, CAST(SUM(y.lines_paid) AS bigint) AS lines_paid,
            CAST(SUM(y.lines_in_flight) AS bigint) AS lines_in_flight,
            CAST(SUM(y.lines_unpaid) AS bigint) AS lines_unpaid,
            CAST(SUM(y.lines_voided) AS bigint) AS lines_voided, CAST(SUM(y.declared_fen) AS bigint) AS declared_fen,
            CAST(SUM(y.paid_fen) AS bigint) AS paid_fen, CAST(SUM(y.in_flight_fen) AS bigint) AS in_flight_fen,
            CAST(SUM(y.unpaid_fen) AS bigint) AS unpaid_fen, CAST(SUM(y.voided_fen) AS bigint) AS voided_fen
        FROM payroll y
        JOIN project p ON p.ledger = y.ledger AND p.project = y.project
        WHERE y.ledger = @ledger AND y.state IN ('Approved', 'Settled')
        GROUP BY p.code, p.name
        ORDER BY p.code
        """;

    // Where a statement or people have spoken, their word alone counts.
    private const string FactsSql = """
        WITH counting AS (
            SELECT o.claim, o.attempt, o.kind FROM payment_outcome o
            WHERE o.ledger = @ledger AND (o.source <> 'Report' OR NOT EXISTS (SELECT 1 FROM payment_outcome s
                WHERE s.ledger = o.ledger AND s.claim = o.claim AND s.attempt = o.attempt AND s.source <> 'Report'))),
        latest AS (
            SELECT c.claim, c.project, c.net_fen, p.attempt, p.channel,
                EXISTS (SELECT 1 FROM payment_death d
                    WHERE d.ledger = c.ledger AND d.claim = c.claim AND d.attempt = p.attempt) AS dead,
                EXISTS (SELECT 1 FROM counting o WHERE o.claim = c.claim
                    AND o.attempt = p.attempt AND o.kind = 'Settled') AS settled,
                EXISTS (SELECT 1 FROM counting o WHERE o.claim = c.claim
                    AND o.attempt = p.attempt AND o.kind IN ('Rejected', 'NotSent')) AS denied
            FROM wage_claim c
            LEFT JOIN payment p ON p.ledger = c.ledger AND p.claim = c.claim AND p.attempt =
                (SELECT max(q.attempt) FROM payment q WHERE q.ledger = c.ledger AND q.claim = c.claim)
            WHERE c.ledger = @ledger),
        standing AS (
            SELECT project, net_fen,
                CASE WHEN attempt IS NULL OR dead THEN 'Unpaid' WHEN channel = 'Void' THEN 'Voided'
                    WHEN channel = 'Outside' OR settled AND NOT denied THEN 'Paid' ELSE 'InFlight' END AS standing
            FROM latest)
        SELECT p.code AS project, p.name, count(*) AS lines_declared,
            CAST(SUM(CASE WHEN standing = 'Paid' THEN 1 ELSE 0 END) AS bigint) AS lines_paid,
            CAST(SUM(CASE WHEN standing = 'InFlight' THEN 1 ELSE 0 END) AS bigint) AS lines_in_flight,
            CAST(SUM(CASE WHEN standing = 'Unpaid' THEN 1 ELSE 0 END) AS bigint) AS lines_unpaid,
            CAST(SUM(CASE WHEN standing = 'Voided' THEN 1 ELSE 0 END) AS bigint) AS lines_voided,
            CAST(SUM(net_fen) AS bigint) AS declared_fen,
            CAST(SUM(CASE WHEN standing = 'Paid' THEN net_fen ELSE 0 END) AS bigint) AS paid_fen,
            CAST(SUM(CASE WHEN standing = 'InFlight' THEN net_fen ELSE 0 END) AS bigint) AS in_flight_fen,
            CAST(SUM(CASE WHEN standing = 'Unpaid' THEN net_fen ELSE 0 END) AS bigint) AS unpaid_fen,
            CAST(SUM(CASE WHEN standing = 'Voided' THEN net_fen ELSE 0 END) AS bigint) AS voided_fen
        FROM standing s
        JOIN project p ON p.ledger = @ledger AND p.project = s.project
        GROUP BY p.code, p.name
        ORDER BY p.code
        """;
}
