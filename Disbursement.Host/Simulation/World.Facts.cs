using Dapper;
using Disbursement.Engine.Payroll;
using Disbursement.Host.Simulation.Laws;

namespace Disbursement.Host.Simulation;

/// <summary>What people look at before they act: the tables.</summary>
internal sealed partial class World
{
    private const string UnpaidClaims = """
        SELECT c.claim FROM wage_claim c
        WHERE c.ledger = @ledger AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d WHERE d.ledger = p.ledger AND d.claim = p.claim
                AND d.attempt = p.attempt))
        ORDER BY c.claim
        """;

    private const string ArrearsIds = """
        SELECT obligation FROM obligation WHERE ledger = @ledger AND payroll IS NOT NULL
            AND state IN ('Open', 'Demanded', 'Overdue') ORDER BY obligation
        """;

    private List<T> Eye<T>(string sql, long id = 0, string text = "") => _database.Eye.Query<T>(sql,
        new { ledger = SimulationBase.Ledger, id, text }).AsList();

    private List<long> Unpaid() => Eye<long>(UnpaidClaims);
    private List<long> Arrears() => Eye<long>(ArrearsIds);

    private List<long> AllClaims() =>
        Eye<long>("SELECT claim FROM wage_claim WHERE ledger = @ledger ORDER BY claim");

    private List<PayrollRow> Payrolls(params PayrollState[] states) => _host.Ask(view =>
        states.SelectMany(s => view.List<PayrollRow>(("state", s))).OrderBy(p => p.Payroll).ToList());

    /// <summary>Files in any of these states, by number.</summary>
    private List<(long File, string Profile, string Reference)> Files(string states) =>
        Eye<(long, string, string)>($"""
            SELECT file, profile, reference FROM disbursement_file
            WHERE ledger = @ledger AND state IN ({states}) ORDER BY file
            """);

    private List<(long File, long Row, long Later)> Doubtful() =>
        Eye<(long, long, long)>(LawQueries.DoubtfulLines);

    private static void With<T>(IReadOnlyList<T> things, int which, Action<T> act)
    {
        if (things.Count > 0) act(things[which % things.Count]);
    }
}
