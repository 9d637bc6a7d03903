using System.Data.Common;
using System.Globalization;
using Dapper;
using Disbursement.Host.Simulation.Laws;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// Asks the laws of the tables after each step: of the payrolls, accounts and obligations that were written about; and
/// whole every fifty steps, at a month's end, after every fault and restore, where also what the last sweep saw past
/// due must be on its line. After a sweep all that is past due is.
/// </summary>
internal sealed class LawCheck(WorldDatabase database, WriteWatch watch)
{
    private const int Whole = 50;

    private static readonly IReadOnlyDictionary<string, string> s_scoped =
        LawQueries.Always.ToDictionary(l => l.Key, l => LawScope.Of(l.Value), StringComparer.Ordinal);

    private readonly HashSet<string> _since = new(StringComparer.Ordinal);
    private DbConnection? _begun;
    private LocalDate? _swept;
    private int _steps;
    private int _month;

    /// <summary>The sweep ran since the last step.</summary>
    public bool HasSwept { get; set; }

    /// <summary>Why lines were open after a night's sweep, and how many nights and lines that were.</summary>
    public SortedDictionary<string, long> WhyOpen { get; } = new(StringComparer.Ordinal);

    /// <summary>After a step. Null where all hold.</summary>
    /// <param name="struck">Something went wrong while it was done.</param>
    public Violation? After(Step step, Instant now, LocalDate today, bool struck)
    {
        var isDue = ++_steps % Whole == 0 || struck || step.Act == Act.Restore || _month != today.Month;
        _month = today.Month;
        Remember(step);
        var at = new LawMoment(SimulationBase.Ledger, now, today, _swept, Since());
        var broken = (isDue ? All(at) ?? First("L4", LawQueries.OwedOnLines, at) : Touched(at)) ?? Swept(step, at);
        watch.Forget();
        return broken is { } found ? new Violation(step, found.Law, found.Rows) : null;
    }

    /// <summary>Everything, and that nothing is in flight.</summary>
    public Violation? AtRest(Step last, Instant now, LocalDate today)
    {
        var at = LawMoment.AfterSweep(SimulationBase.Ledger, now, today);
        var found = All(at) ?? First("L4", LawQueries.OverdueIsEscalated, at) ?? First("L10", LawQueries.InFlight, at);
        return found is { } broken ? new Violation(last, broken.Law, broken.Rows) : null;
    }

    /// <summary>What was written since the last sweep is what the next one looks at.</summary>
    private void Remember(Step step)
    {
        // The database forgot: on which day it was swept last is not known.
        if (step.Act == Act.Restore) _swept = null;
        _since.UnionWith(watch.Claims.Select(c => string.Create(CultureInfo.InvariantCulture, $"c{c}")));
        _since.UnionWith(watch.Workers.Select(w => string.Create(CultureInfo.InvariantCulture, $"w{w}")));
    }

    private string Since() => $" {string.Join(' ', _since)} ";

    private (string Law, IReadOnlyList<string> Rows)? All(LawMoment at) =>
        First(LawQueries.Always, LawQueries.Always.Keys, at);

    private (string Law, IReadOnlyList<string> Rows)? Touched(LawMoment at)
    {
        var wages = watch.Claims.Count + watch.Payrolls.Count > 0;
        var money = watch.Accounts.Count > 0;
        var arrears = wages || watch.Obligations.Count > 0;
        if (!arrears && !money && !watch.People) return null;
        if (_begun != database.Eye) LawScope.Begin(_begun = database.Eye);
        LawScope.Set(_begun, SimulationBase.Ledger, watch.Claims, watch.Payrolls, watch.Accounts, watch.Obligations);
        string[] laws = [.. wages ? ["L1", "L3", "L9", "L11"] : Array.Empty<string>(),
            .. arrears ? ["L4"] : Array.Empty<string>(),
            .. money ? ["L2", "L5"] : Array.Empty<string>(), .. watch.People ? ["L7"] : Array.Empty<string>()];
        return First(s_scoped, laws, at);
    }

    /// <summary>After a sweep that nothing befell all that is past due is on its line; a night's sweep is the day's
    /// first, and comes alone.</summary>
    private (string Law, IReadOnlyList<string> Rows)? Swept(Step step, LawMoment at)
    {
        var isDue = HasSwept && step is { Act: Act.Tick or Act.Night, Mishap.Fault: Fault.None };
        HasSwept = false;
        if (!isDue) return null;
        (_swept, var day) = (at.Day, LawMoment.AfterSweep(at.Ledger, at.Now, at.Day));
        _since.Clear();
        if (First("L4", LawQueries.OverdueIsEscalated, day) is { } found) return found;
        if (step.Act != Act.Night) return null;
        foreach (var (why, lines) in database.Eye.Query<(string, long)>(LawQueries.WhyOpen, day.Named()))
            WhyOpen[why] = WhyOpen.GetValueOrDefault(why) + lines;
        return First("L4", LawQueries.DemandedTooEarly, day);
    }

    private (string Law, IReadOnlyList<string> Rows)? First(IReadOnlyDictionary<string, string> texts,
        IEnumerable<string> laws, LawMoment at)
    {
        foreach (var law in laws)
            if (First(law, texts[law], at) is { } found) return found;
        return null;
    }

    private (string Law, IReadOnlyList<string> Rows)? First(string law, string sql, LawMoment at) =>
        database.Eye.Query<string>(sql, at.Named()).AsList() is [_, ..] rows ? (law, rows) : null;
}
