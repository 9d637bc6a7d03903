using System.Globalization;
using Disbursement.Host.Fuzz;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>What can happen next. The numbers of a step say to which of the things that are there.</summary>
public enum Act
{
    Attendance, Sheet, Review, Approve, SendBack, WithdrawSheet, Deposit, Earmark, Stray, Fee, Court,
    Plan, Again, Advance, FromDeposit, Order, Tick, TickOnce, BankWorks, DayEnds, Deliver, Repeat,
    ResolveFiles, ResolveLines, Explain, Allocate, ChangePayee, Void, Outside, Recall, Withdraw, Cancel, Free,
    Recover, Warning, RotateOurs, RotateBank, RotatePerson, EndRun, Backup, Restore, Unlock, Fund, Night, Neglect, Mend,
}

/// <summary>One step of a world: at a moment, an act, its numbers, and what goes wrong meanwhile.</summary>
/// <param name="Index">Its place in the whole script: what names it, however many others are left out.</param>
public sealed record Step(int Index, Instant At, Act Act, int A, int B, Mishap Mishap)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Index} {Local:uuuu-MM-dd HH:mm} {Act} {A} {B}{Mishap}");

    private LocalDateTime Local => At.InZone(Engine.Runtime.DecisionContext.China).LocalDateTime;
}

/// <summary>
/// The script of a seed: everything that will happen, decided before anything does. A step draws nothing of its own, so
/// that the same script, or a part of it, plays the same way each time.
/// </summary>
public sealed class Script
{
    private static readonly (int Year, int Month)[] s_begins =
        [(2025, 12), (2026, 1), (2026, 3), (2026, 4), (2026, 8), (2026, 6)];

    /// <summary>What people, banks and the world do between the month's own steps; more often named, more often met.
    /// </summary>
    private static readonly Act[] s_between =
    [
        Act.Fee, Act.Court, Act.Court, Act.Stray, Act.Again, Act.Again, Act.Repeat, Act.Repeat, Act.Repeat,
        Act.ResolveFiles, Act.ResolveFiles, Act.ResolveLines, Act.Explain, Act.Allocate, Act.Allocate,
        Act.ChangePayee, Act.ChangePayee, Act.Void, Act.Outside, Act.Recall, Act.Withdraw, Act.Withdraw, Act.Withdraw,
        Act.Cancel, Act.Free, Act.Recover, Act.Warning, Act.RotatePerson, Act.RotateOurs, Act.RotateBank,
        Act.EndRun, Act.EndRun, Act.Backup, Act.TickOnce, Act.TickOnce, Act.TickOnce, Act.Advance, Act.Earmark,
        Act.Order, Act.FromDeposit, Act.WithdrawSheet, Act.SendBack, Act.Deposit, Act.BankWorks, Act.Deliver,
    ];

    private static readonly Fault[] s_faults = Enum.GetValues<Fault>()[1..];

    private readonly List<(LocalDateTime At, Act Act, int A, int B)> _drawn = [];
    private readonly Chance _chance;

    // Not by the sequence's own step, or every seed were the one before, a draw later.
    private Script(long seed) => _chance = new Chance(unchecked((ulong)seed * 0xD1B54A32D192ED03 + 0x51D5));

    /// <summary>The steps in the order of time.</summary>
    public IReadOnlyList<Step> Steps { get; private set; } = [];

    /// <summary>The first month whose wages are paid.</summary>
    public YearMonth First { get; private set; }

    /// <param name="seed">Any number.</param>
    /// <param name="months">Months of wages, from 1.</param>
    public static Script Of(long seed, int months)
    {
        var script = new Script(seed);
        var (year, month) = s_begins[(int)((ulong)seed % (ulong)s_begins.Length)];
        script.First = new YearMonth(year, month);
        for (var m = 0; m < months; m++)
        {
            script.Month(script.First.PlusMonths(m));
            if (seed % 2 != 0) script.Arrears(script.First.PlusMonths(m));
        }
        script.Steps = [.. script._drawn.OrderBy(s => s.At).Select((s, i) => new Step(i,
            s.At.InZoneStrictly(Engine.Runtime.DecisionContext.China).ToInstant(), s.Act, s.A, s.B,
            script.Mishap(s.Act)))];
        return script;
    }

    /// <summary>A month's own steps: what was worked in it is declared, funded and paid in the next one.</summary>
    private void Month(YearMonth work)
    {
        for (var project = 1; project <= SimulatedSites.Projects; project++)
        {
            var late = _chance.OneIn(10) ? 15 : 0;
            Put(work, 1, 9, Act.Attendance, project, _chance.Below(16));
            Put(work, 2 + late, 9 + project, Act.Sheet, project, _chance.Below(16));
            Put(work, 2 + late, 14, Act.Review, project, _chance.Below(16));
            Put(work, 3 + late, 9 + project, Act.Approve, project, _chance.Below(16));
            Put(work, _chance.OneIn(8) ? 22 : 3 + _chance.Below(3), 17, Act.Deposit, project, _chance.Below(16));
            Put(work, 6 + late, 9, Act.Plan, project, _chance.Below(16));
        }
        foreach (var day in new[] { 6, 9, 13, 18, 24 })
        {
            if (day > 6) Put(work, day, 9, Act.Again, _chance.Below(64), _chance.Below(16));
            Put(work, day, 10, Act.Tick, 0, _chance.Below(16));
            Put(work, day, 12, Act.BankWorks, 2, 0);
            Put(work, day, 14, Act.Deliver, 0, 0);
            Put(work, day, 18, Act.DayEnds, 2, 0);
            Put(work, day, 20, Act.Deliver, 0, 0);
        }
        foreach (var day in new[] { 14, 25 })
        {
            Put(work, day, 9, Act.ResolveFiles, 0, 0);
            Put(work, day, 10, Act.ResolveLines, 0, 0);
            Put(work, day, 11, Act.Unlock, 0, 0);
        }
        for (var i = 0; i < 14; i++)
            Put(work, 4 + _chance.Below(23), 8 + _chance.Below(13), _chance.Of(s_between), _chance.Below(64),
                _chance.Below(16));
        if (_chance.OneIn(3)) Freeze(work, 10 + _chance.Below(14));
        if (_chance.OneIn(3)) Put(work, 6 + 3 * _chance.Below(2), 11, Act.Recall, _chance.Below(64), _chance.Below(16));
        Put(work, 25, 8, Act.Free, _chance.Below(64), 0);
        if (!_chance.OneIn(12)) return;
        Put(work, 5 + _chance.Below(10), 7, Act.Backup, 0, 0);
        Put(work, 16 + _chance.Below(10), 7, Act.Restore, 0, 0);
    }

    /// <summary>
    /// A Host that sweeps every night, also where nothing else runs; and a sheet that stays undone past its pay day. In
    /// every other seed: the others are swept only on the days on which the pumps run.
    /// </summary>
    private void Arrears(YearMonth work)
    {
        var pays = work.PlusMonths(1);
        for (var day = 1; day <= CalendarSystem.Iso.GetDaysInMonth(pays.Year, pays.Month); day++)
            _drawn.Add((pays.OnDayOfMonth(day).At(new LocalTime(0, 5)), Act.Night, 0, 0));
        if (!_chance.OneIn(2)) return;
        var project = 1 + _chance.Below(SimulatedSites.Projects);
        Put(work, 1, 8, Act.Neglect, project, _chance.Below(16));
        Put(pays, 1, 6, Act.Mend, project, _chance.Below(16));
    }

    /// <summary>Money is set aside, and a court takes it before a file is made.</summary>
    private void Freeze(YearMonth work, int day)
    {
        Put(work, day, 7, Act.Again, 0, 0);
        Put(work, day, 8, Act.Fund, 0, 0);
        Put(work, day, 9, Act.Court, _chance.Below(2), 12 + _chance.Below(4));
        Put(work, day, 11, Act.DayEnds, 2, 0);
        Put(work, day, 12, Act.Deliver, 0, 0);
    }

    private void Put(YearMonth work, int day, int hour, Act act, int a, int b) => _drawn.Add((
        work.PlusMonths(1).OnDayOfMonth(day).At(new LocalTime(hour, _chance.Below(50))), act, a, b));

    /// <summary>Where most is done most goes wrong.</summary>
    private Mishap Mishap(Act act)
    {
        var isBusy = act is Act.Tick or Act.TickOnce or Act.Deliver;
        if (!_chance.OneIn(act == Act.EndRun ? 3 : isBusy ? 4 : 14)) return default;
        var fault = act == Act.EndRun ? Fault.AnchorDisk : _chance.Of(s_faults);
        var after = _chance.Below(isBusy ? 12 : 3);
        return new(fault, fault is Fault.AnchorDisk or Fault.JournalBusy or Fault.ClockBack ? 0 : after);
    }
}
