using Disbursement.Engine.Papers;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>The figures of a quarter's bulletin (季度通报).</summary>
internal sealed partial class SetQueries
{
    private const string BulletinWagesSql = """
        SELECT j.region, j.contractor_name AS contractor, j.contractor_code, count(DISTINCT j.project) AS projects,
          CAST(SUM(y.lines_declared - y.lines_voided) AS bigint) AS lines,
          CAST(SUM(y.declared_fen - y.voided_fen) AS bigint) AS owed_fen, CAST(SUM(y.paid_fen) AS bigint) AS paid_fen,
          CAST(SUM(y.in_flight_fen) AS bigint) AS in_flight_fen, CAST(SUM(y.unpaid_fen) AS bigint) AS unpaid_fen
        FROM payroll y
        JOIN project j ON j.ledger = y.ledger AND j.project = y.project
        WHERE y.ledger = @ledger AND y.state IN ('Approved', 'Settled')
          AND substr(y.period, 12, 7) BETWEEN @from AND @to
        GROUP BY j.region, j.contractor_name, j.contractor_code
        ORDER BY j.region, j.contractor_code
        """;

    private const string BulletinArrearsSql = """
        SELECT j.region, j.contractor_name AS contractor, j.contractor_code, count(*) AS cases,
          CAST(SUM(CASE WHEN o.lines_open > 0 THEN 1 ELSE 0 END) AS bigint) AS cases_open,
          CAST(SUM(o.open_fen) AS bigint) AS open_fen
        FROM obligation o
        JOIN project j ON j.ledger = o.ledger AND j.project = o.project
        WHERE o.ledger = @ledger AND o.due_date >= @from AND o.due_date <= @to
        GROUP BY j.region, j.contractor_name, j.contractor_code
        ORDER BY j.region, j.contractor_code
        """;

    private const string BulletinWarningsSql = """
        SELECT w.tier, w.level, count(*) AS raised,
          CAST(SUM(CASE WHEN w.state IN ('Closed', 'Cleared') THEN 1 ELSE 0 END) AS bigint) AS ended
        FROM warning w
        WHERE w.ledger = @ledger AND w.raised_at >= @from AND w.raised_at < @before
        GROUP BY w.tier, w.level
        """;

    /// <param name="from">"2026-01", so the last month.</param>
    public IReadOnlyList<BulletinWages> BulletinWages(string from, string to) =>
        view.Ask<BulletinWages>(BulletinWagesSql, ("from", from), ("to", to));

    public IReadOnlyList<BulletinArrears> BulletinArrears(LocalDate from, LocalDate to) =>
        view.Ask<BulletinArrears>(BulletinArrearsSql, ("from", from), ("to", to));

    public IReadOnlyList<BulletinWarnings> BulletinWarnings(Instant from, Instant before) =>
        view.Ask<BulletinWarnings>(BulletinWarningsSql, ("from", from), ("before", before));
}
