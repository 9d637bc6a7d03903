using System.Data.Common;
using Dapper;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// Asks the laws of the tables after each step: of the payrolls and accounts that were written about; and whole every
/// fifty steps, at a month's end, after every fault and restore. L4 is asked after a run of the sweep.
/// </summary>
internal sealed class LawCheck(WorldDatabase database, WriteWatch watch)
{
    private const int Whole = 50;

    private static readonly IReadOnlyDictionary<string, string> s_scoped =
        LawQueries.Always.ToDictionary(l => l.Key, l => LawScope.Of(l.Value), StringComparer.Ordinal);

    private DbConnection? _begun;
    private int _steps;
    private int _month;

    /// <summary>The pumps ran the sweep since the last step.</summary>
    public bool HasSwept { get; set; }

    /// <summary>After a step. Null where all hold.</summary>
    /// <param name="struck">Something went wrong while it was done.</param>
    public Violation? After(Step step, LocalDate today, bool struck)
    {
        var isDue = ++_steps % Whole == 0 || struck || step.Act == Act.Restore || _month != today.Month;
        _month = today.Month;
        var broken = (isDue ? All(today) : Touched(today)) ?? Swept(today, step);
        watch.Forget();
        return broken is { } found ? new Violation(step, found.Law, found.Rows) : null;
    }

    /// <summary>Everything, and that nothing is in flight.</summary>
    public Violation? AtRest(Step last, LocalDate today)
    {
        if (All(today) is { } found) return new Violation(last, found.Law, found.Rows);
        return Broken(LawQueries.InFlight, today) is [_, ..] rows ? new Violation(last, "L10", rows) : null;
    }

    private (string Law, IReadOnlyList<string> Rows)? All(LocalDate today) =>
        First(LawQueries.Always, LawQueries.Always.Keys, today);

    private (string Law, IReadOnlyList<string> Rows)? Touched(LocalDate today)
    {
        var wages = watch.Claims.Count + watch.Payrolls.Count > 0;
        var money = watch.Accounts.Count > 0;
        if (!wages && !money && !watch.People) return null;
        if (_begun != database.Eye) LawScope.Begin(_begun = database.Eye);
        LawScope.Set(_begun, SimulationBase.Ledger, watch.Claims, watch.Payrolls, watch.Accounts);
        string[] laws = [.. wages ? ["L1", "L3", "L9", "L11"] : Array.Empty<string>(),
            .. money ? ["L2", "L5"] : Array.Empty<string>(), .. watch.People ? ["L7"] : Array.Empty<string>()];
        return First(s_scoped, laws, today);
    }

    /// <summary>L4 holds after a sweep at the day's end, not at every moment.</summary>
    private (string Law, IReadOnlyList<string> Rows)? Swept(LocalDate today, Step step)
    {
        var isDue = HasSwept && step is { Act: Act.Tick, Mishap.Fault: Fault.None };
        HasSwept = false;
        return isDue && Broken(LawQueries.OverdueIsEscalated, today) is [_, ..] rows ? ("L4", rows) : null;
    }

    private (string Law, IReadOnlyList<string> Rows)? First(IReadOnlyDictionary<string, string> texts,
        IEnumerable<string> laws, LocalDate today)
    {
        foreach (var law in laws)
            if (Broken(texts[law], today) is [_, ..] rows) return (law, rows);
        return null;
    }

    private List<string> Broken(string sql, LocalDate today) => database.Eye.Query<string>(sql, new
    {
        ledger = SimulationBase.Ledger,
        today = TimeText.Date.Format(today),
        file = 0L,
    }).AsList();
}
