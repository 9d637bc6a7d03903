using Disbursement.Engine.Accounts;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>What a forecast of the wage accounts is made of: headers alone, no line.</summary>
internal sealed partial class SetQueries
{
    private const string ForecastMoneySql = """
        SELECT a.account, a.project, j.code AS project_code,
            coalesce(e.posted_after_fen, 0) - coalesce(r.fen, 0) AS fen
        FROM wage_account a
        JOIN project j ON j.ledger = a.ledger AND j.project = a.project
        LEFT JOIN account_entry e ON e.ledger = a.ledger AND e.account = a.account
          AND e.n = (SELECT max(x.n) FROM account_entry x WHERE x.ledger = a.ledger AND x.account = a.account)
        LEFT JOIN (SELECT f.account, CAST(sum(f.reserved_fen) AS bigint) AS fen FROM disbursement_file f
          WHERE f.ledger = @ledger AND f.reserved_fen > 0 GROUP BY f.account) r ON r.account = a.account
        WHERE a.ledger = @ledger
        ORDER BY a.account
        """;

    private const string ForecastPayrollsSql = """
        SELECT p.project, p.due_date, CASE WHEN p.state IN ('Approved', 'Settled') THEN 'Approved' ELSE 'PutForward' END
            AS item, CASE WHEN p.state IN ('Approved', 'Settled') THEN p.unpaid_fen ELSE p.declared_fen END AS fen
        FROM payroll p
        WHERE p.ledger = @ledger AND p.due_date <= @until AND (p.state IN ('Approved', 'Settled') AND p.unpaid_fen > 0
          OR p.state IN ('Received', 'Checked', 'Submitted', 'SentBack'))
        ORDER BY p.payroll
        """;

    // Of two teams' payrolls each has the next of its own; a project that is completed has none.
    private const string PayrollSeriesSql = """
        SELECT p.project, p.due_date, p.declared_fen
        FROM payroll p
        WHERE p.ledger = @ledger AND p.kind = 'Ordinary' AND p.state NOT IN ('Refused', 'Withdrawn')
          AND p.due_date >= @since
          AND NOT EXISTS (SELECT 1 FROM payroll n WHERE n.ledger = p.ledger AND n.project = p.project
            AND n.employer = p.employer AND n.team = p.team AND n.kind IN ('Ordinary', 'FinalSettlement')
            AND n.state NOT IN ('Refused', 'Withdrawn')
            AND (n.period > p.period OR n.period = p.period AND n.payroll > p.payroll))
          AND NOT EXISTS (SELECT 1 FROM project_completion c WHERE c.ledger = p.ledger AND c.project = p.project)
        ORDER BY p.payroll
        """;

    public IReadOnlyList<ForecastMoney> ForecastMoney() => view.AskOfAll<ForecastMoney>(ForecastMoneySql);

    public IReadOnlyList<ForecastPayroll> ForecastPayrolls(LocalDate until) =>
        view.AskOfAll<ForecastPayroll>(ForecastPayrollsSql, ("until", until));

    public IReadOnlyList<PayrollSeries> PayrollSeries(LocalDate since) =>
        view.AskOfAll<PayrollSeries>(PayrollSeriesSql, ("since", since));
}
