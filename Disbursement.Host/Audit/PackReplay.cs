using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Audit;

/// <summary>What a sweep of the ledger raised, and what the pack finds at the same moment.</summary>
/// <param name="InForce">Whether the sweep went by this very pack.</param>
public sealed record SweepDifference(
    LocalDate Day, string Rule, string Subject, WarningLevel? Found, WarningLevel? Raised, bool InForce);

/// <summary>
/// Holds a rule pack, adopted or not, to a ledger's past. Every leaf is decided again in a database of its own
/// (<see cref="Rebuild"/>), and stops are made on the way: at the end of each day in China and behind each sweep that
/// changed anything. At a stop the sweep is run with the pack, nothing of it written, and the warnings that stand then
/// are what was raised. The ledger's own database is only read.
/// </summary>
/// <remarks>
/// Obligations and their lines up to a stop are the ledger's own, made under the pack it had; the pack replayed says
/// what is warned of them, and what today's sweep would add.
/// </remarks>
public sealed class PackReplay(LogSource source, Dialect target, RulePack pack, BankCatalogue? catalogue = null)
{
    private readonly LedgerStore _store = new(target) { KeptKeys = source };
    private readonly Dictionary<(string Rule, string Subject), WarningDays> _found = [];
    private readonly Dictionary<(string Rule, string Subject), WarningDays> _raised = [];
    private readonly List<SweepDifference> _differences = [];
    private readonly HashSet<LocalDate> _blind = [];

    /// <summary>First and last day looked at.</summary>
    public LocalDate From { get; private set; }
    public LocalDate To { get; private set; }

    /// <summary>Whether every leaf was replayed.</summary>
    public bool Whole { get; private set; }

    /// <summary>Sweeps that changed anything, and those of them that went by this very pack.</summary>
    public int Sweeps { get; private set; }
    public int SweepsInForce { get; private set; }

    /// <summary>Days on which the ledger had no calendar: nothing was looked at.</summary>
    public int BlindDays => _blind.Count;
    public IReadOnlyList<SweepDifference> Differences => _differences;

    /// <summary>What the pack found and what stood raised, by rule and subject.</summary>
    public IEnumerable<(string Rule, string Subject, WarningDays? Found, WarningDays? Raised)> Warnings =>
        _found.Keys.Union(_raised.Keys).OrderBy(k => k.Rule, StringComparer.Ordinal)
            .ThenBy(k => k.Subject, StringComparer.Ordinal)
            .Select(k => (k.Rule, k.Subject, _found.GetValueOrDefault(k), _raised.GetValueOrDefault(k)));

    /// <summary>Replays; the findings say why the log could not be decided again, or what is erased.</summary>
    /// <param name="from">First day in China; null for the day of the first leaf.</param>
    /// <param name="to">Last day; null for the day of the last leaf. Days after it are looked at as the ledger stands.
    /// </param>
    public IReadOnlyList<Finding> Run(long ledger, LocalDate? from, LocalDate? to)
    {
        var leaves = Moments(ledger);
        if (leaves.Count == 0) return [RebuildRules.LogEmpty.Of()];
        (From, To) = (from ?? ChinaTime.DayOf(leaves[0].At), to ?? ChinaTime.DayOf(leaves[^1].At));
        Whole = To >= ChinaTime.DayOf(leaves[^1].At);
        var n = 0;
        return new Rebuild(source, target, catalogue: catalogue).Run(ledger, stop: () =>
        {
            var (at, sweep) = leaves[n++];
            if (sweep && Looked(ChinaTime.DayOf(at))) Look(ledger, at, sweep: true);
            // The state behind this leaf is that of the end of every day up to the next one.
            for (var day = LocalDate.Max(From, ChinaTime.DayOf(at)); day <= To; day = day.PlusDays(1))
            {
                if (n < leaves.Count && leaves[n].At <= End(day)) break;
                Look(ledger, End(day), sweep: false);
            }
            return n < leaves.Count && ChinaTime.DayOf(leaves[n].At) > To;
        });
    }

    /// <summary>Warnings of the rebuilt ledger, as they are at the end of what was replayed.</summary>
    public IReadOnlyList<WarningRow> Standing(long ledger)
    {
        using var view = _store.Read(ledger);
        return view.List<WarningRow>();
    }

    private List<(Instant At, bool Sweep)> Moments(long ledger)
    {
        var moments = new List<(Instant, bool)>();
        var last = Instant.FromUnixTimeTicks(0);
        foreach (var row in source.Leaves(ledger))
        {
            // One that cannot be read stops the rebuild before anything is looked at behind it.
            var read = Leaf.TryParse(row.Leaf, out var leaf, out _);
            if (read) last = leaf.At;
            moments.Add((last, read && leaf.Decider.StartsWith("arrears.sweep/", StringComparison.Ordinal)));
        }
        return moments;
    }

    private bool Looked(LocalDate day) => From <= day && day <= To;

    private static Instant End(LocalDate day) =>
        ChinaTime.At(day.PlusDays(1), LocalTime.Midnight) - Duration.FromTicks(10);

    private void Look(long ledger, Instant at, bool sweep)
    {
        using var session = _store.Begin(ledger);
        var context = new DecisionContext(session.Head, at, new Command("arrears.sweep"), session, []);
        var found = ArrearsSweep.Look(context, pack);
        var day = context.Today;
        if (!found.Accepted)
        {
            _blind.Add(day);
            return;
        }
        var raised = context.Queries.LiveWarnings();
        foreach (var warning in found.Value)
            Of(_found, warning.Rule, warning.Subject).On(day, warning.Facts.Level);
        foreach (var warning in raised) Of(_raised, warning.Rule, warning.Subject).On(day, warning.Level);
        if (!sweep) return;
        var inForce = RulePack.InForce(context) is { Accepted: true } then && then.Value.Digest == pack.Digest;
        Sweeps++;
        if (inForce) SweepsInForce++;
        Compare(day, inForce, found.Value, raised);
    }

    private void Compare(LocalDate day, bool inForce, IReadOnlyList<FoundWarning> found,
        IReadOnlyList<WarningRow> raised)
    {
        var here = found.ToDictionary(f => (f.Rule, f.Subject), f => (WarningLevel?)f.Facts.Level);
        var there = raised.ToDictionary(w => (w.Rule, w.Subject), w => (WarningLevel?)w.Level);
        _differences.AddRange(here.Keys.Union(there.Keys)
            .Where(k => here.GetValueOrDefault(k) != there.GetValueOrDefault(k))
            .OrderBy(k => k.Rule, StringComparer.Ordinal).ThenBy(k => k.Subject, StringComparer.Ordinal)
            .Select(k => new SweepDifference(day, k.Rule, k.Subject, here.GetValueOrDefault(k),
                there.GetValueOrDefault(k), inForce)));
    }

    private static WarningDays Of(Dictionary<(string, string), WarningDays> all, string rule, string subject)
    {
        if (!all.TryGetValue((rule, subject), out var days)) all[(rule, subject)] = days = new WarningDays();
        return days;
    }
}

/// <summary>The days on which one warning stood, each at the highest level it had that day.</summary>
public sealed class WarningDays
{
    private readonly SortedDictionary<LocalDate, WarningLevel> _days = [];

    public LocalDate First => _days.First().Key;
    public WarningLevel Highest => _days.Values.Max();
    public int At(WarningLevel level) => _days.Values.Count(l => l == level);

    /// <summary>First day at a level or above it; null where it never was.</summary>
    public LocalDate? Reached(WarningLevel level) =>
        _days.Where(d => d.Value >= level).Select(d => (LocalDate?)d.Key).FirstOrDefault();

    public void On(LocalDate day, WarningLevel level) =>
        _days[day] = _days.TryGetValue(day, out var known) && known > level ? known : level;
}
