using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>What an obligation is about; with the episode this is its key.</summary>
public readonly record struct Owed(
    ObligationKind Kind, long Project, long Subcontractor, long? Payroll, string Period, LocalDate DueDate)
{
    /// <summary>
    /// One obligation of a key stands at a time. Workers of one period may have pay days of their own.
    /// </summary>
    internal (ObligationKind, long, long, long?, string) Key => (Kind, Project, Subcontractor, Payroll, Period);

    internal static Owed Of(ObligationRow row) =>
        new(row.Kind, row.Project, row.Subcontractor, row.Payroll, row.Period, row.DueDate);
}

/// <summary>One worker's unpaid claim, or what attendance derives for a worker without one.</summary>
public readonly record struct OwedLine(long Worker, long? Claim, long AmountFen);

/// <summary>
/// The obligations not yet ended, within one decision: lines come onto them, they are demanded, they lapse. Each header
/// is written once.
/// </summary>
public sealed class ObligationDesk
{
    private readonly DecisionContext _context;
    private readonly int _demandDays;
    private readonly SortedDictionary<long, Entry> _entries = [];
    private readonly List<OwedToWorker> _moved = [];
    private readonly Dictionary<(ObligationKind, long, long, long?, string), Entry> _byKey = [];

    private ObligationDesk(DecisionContext context, RulePack pack)
    {
        _context = context;
        _demandDays = (int)pack["demand_days"];
    }

    /// <summary>What this decision put onto obligations, or took off them (less than zero), by worker.</summary>
    public IReadOnlyList<OwedToWorker> Moved => _moved;

    /// <summary>As they stand now, those of this decision included.</summary>
    public IEnumerable<ObligationRow> Standing => _entries.Values.Select(e => e.Row);

    public static ObligationDesk Load(DecisionContext context, RulePack pack)
    {
        var desk = new ObligationDesk(context, pack);
        ObligationState[] standing = [ObligationState.Open, ObligationState.Demanded, ObligationState.Overdue];
        foreach (var state in standing)
            foreach (var row in context.Rows.List<ObligationRow>(("state", state)))
                desk.Place(new Entry(row, row.Version));
        return desk;
    }

    /// <summary>Puts lines onto the standing obligation of that key, or opens its next episode.</summary>
    /// <param name="waitsUntil">The day the last bank's answer is due, where every line
    /// only awaits one; else null.</param>
    public void Owe(Owed owed, IReadOnlyList<OwedLine> lines, LocalDate? waitsUntil)
    {
        var entry = _byKey.GetValueOrDefault(owed.Key) ?? Opened(owed, waitsUntil ?? _context.Today);
        foreach (var line in lines)
        {
            entry.Row = entry.Row with
            {
                Lines = entry.Row.Lines + 1,
                AmountFen = entry.Row.AmountFen + line.AmountFen,
                LinesOpen = entry.Row.LinesOpen + 1,
                OpenFen = entry.Row.OpenFen + line.AmountFen,
            };
            Move(entry, line.Worker, line.AmountFen);
            entry.Added.Add(new ObligationLineRow
            {
                Obligation = entry.Row.Obligation,
                Line = entry.Row.Lines,
                Worker = line.Worker,
                Claim = line.Claim,
                AmountFen = line.AmountFen,
            });
        }
        if (waitsUntil is { } day) Await(entry.Row.Obligation, day);
        else Demand(entry.Row.Obligation);
    }

    /// <summary>A line of it awaits its bank until that day: what joined it later, or was sent again, may wait longer
    /// than what stood there.</summary>
    public void Await(long obligation, LocalDate day)
    {
        var entry = _entries[obligation];
        if (entry.Row.State == ObligationState.Open && day > entry.Row.NextDeadline)
            entry.Row = entry.Row with { NextDeadline = day };
    }

    /// <summary>Its unpaid lines are demanded of the general contractor (先行清偿), if they are not already.</summary>
    public void Demand(long obligation)
    {
        var entry = _entries[obligation];
        if (entry.Row.State != ObligationState.Open) return;
        entry.Row = entry.Row with
        {
            State = ObligationMachine.Table.Next(entry.Row.State, ObligationTrigger.Demand),
            DemandedOn = _context.Today,
            NextDeadline = _context.Today.PlusDays(_demandDays),
        };
    }

    /// <summary>A line leaves; the last one discharges.</summary>
    public void End(OpenObligationLine line, LeftCause cause)
    {
        var entry = _entries[line.Obligation];
        Move(entry, line.Worker, -line.AmountFen);
        entry.Left.Add(new ObligationLineLeftRow { Obligation = line.Obligation, Line = line.Line, Cause = cause });
        entry.Row = entry.Row with
        {
            LinesOpen = entry.Row.LinesOpen - 1,
            OpenFen = entry.Row.OpenFen - line.AmountFen,
        };
        if (entry.Row.LinesOpen > 0) return;
        entry.Row = entry.Row with
        {
            State = ObligationMachine.Table.Next(entry.Row.State, ObligationTrigger.Discharge),
        };
        _byKey.Remove(Owed.Of(entry.Row).Key);
    }

    /// <summary>Demands whose days have passed are overdue.</summary>
    public void Lapse()
    {
        foreach (var entry in _entries.Values)
            if (entry.Row.State == ObligationState.Demanded && entry.Row.NextDeadline < _context.Today)
                entry.Row = entry.Row with
                {
                    State = ObligationMachine.Table.Next(entry.Row.State, ObligationTrigger.Lapse),
                };
    }

    /// <summary>Writes what changed; false where nothing did.</summary>
    public bool Write(Changes changes)
    {
        var written = false;
        foreach (var entry in _entries.Values)
        {
            if (entry.Row == entry.AsLoaded && entry.Stored is not null) continue;
            written = true;
            if (entry.Stored is null) changes.Insert(entry.Row);
            else changes.Update(entry.Row with { Version = entry.Stored.Value + 1 });
            changes.Insert(entry.Added).Insert(entry.Left);
        }
        return written;
    }

    private Entry Opened(Owed owed, LocalDate nextDeadline)
    {
        var row = new ObligationRow
        {
            Obligation = _context.NextId("obligation"),
            Version = 1,
            Kind = owed.Kind,
            Project = owed.Project,
            Subcontractor = owed.Subcontractor,
            Payroll = owed.Payroll,
            Period = owed.Period,
            Episode = Earlier(owed) + 1,
            State = ObligationState.Open,
            DueDate = owed.DueDate,
            NextDeadline = nextDeadline,
            Lines = 0,
            AmountFen = 0,
            LinesOpen = 0,
            OpenFen = 0,
        };
        return Place(new Entry(row, null));
    }

    private void Move(Entry entry, long worker, long fen) =>
        _moved.Add(new OwedToWorker { Obligation = entry.Row.Obligation, Worker = worker, AmountFen = fen });

    private Entry Place(Entry entry)
    {
        _entries[entry.Row.Obligation] = entry;
        return _byKey[Owed.Of(entry.Row).Key] = entry;
    }

    /// <summary>How many episodes of the same key came before.</summary>
    private long Earlier(Owed owed) => _context.Rows
        .List<ObligationRow>(("project", owed.Project), ("subcontractor", owed.Subcontractor),
            ("kind", owed.Kind), ("period", owed.Period))
        .Where(o => o.Payroll == owed.Payroll).Select(o => o.Episode).DefaultIfEmpty(0).Max();

    private sealed class Entry(ObligationRow row, long? stored)
    {
        public ObligationRow AsLoaded { get; } = row;
        public ObligationRow Row { get; set; } = row;
        public long? Stored => stored;
        public List<ObligationLineRow> Added { get; } = [];
        public List<ObligationLineLeftRow> Left { get; } = [];
    }
}
