using Dapper;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>Asks the laws of the tables: whole at intervals and after every fault, else of what was touched.</summary>
internal sealed class LawCheck(WorldDatabase database, WriteWatch watch) : IDisposable
{
    /// <summary>Steps after which everything is asked at the latest.</summary>
    private const int Whole = 50;

    private int _steps;
    private int _month;

    /// <summary>How often every law was asked of everything.</summary>
    public int Wholes { get; private set; }

    /// <summary>After a step. Null where all hold.</summary>
    /// <param name="struck">Something went wrong while it was done.</param>
    public Violation? After(Step step, LocalDate today, bool struck)
    {
        var isDue = ++_steps % Whole == 0 || struck || step.Act == Act.Restore || _month != today.Month;
        _month = today.Month;
        var broken = isDue ? All(today) : Touched(today);
        watch.Forget();
        return broken is { } found ? new Violation(step, found.Law, found.Rows) : null;
    }

    /// <summary>Everything, and that nothing is in flight.</summary>
    public Violation? AtRest(Step last, LocalDate today)
    {
        if (All(today) is { } found) return new Violation(last, found.Law, found.Rows);
        return Broken(LawQueries.InFlight, today) is [_, ..] rows ? new Violation(last, "L10", rows) : null;
    }

    public void Dispose()
    {
    }

    private (string Law, IReadOnlyList<string> Rows)? All(LocalDate today)
    {
        Wholes++;
        foreach (var (law, sql) in LawQueries.Always)
            if (Broken(sql, today) is [_, ..] rows) return (law, rows);
        return null;
    }

    private (string Law, IReadOnlyList<string> Rows)? Touched(LocalDate today) =>
        watch.Claims.Count + watch.Accounts.Count + watch.Payrolls.Count == 0 ? null : All(today);

    private List<string> Broken(string sql, LocalDate today) => database.Eye.Query<string>(sql, new
    {
        ledger = SimulationBase.Ledger,
        today = TimeText.Date.Format(today),
        file = 0L,
    }).AsList();
}
