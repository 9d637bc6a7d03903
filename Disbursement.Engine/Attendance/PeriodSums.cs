using System.Globalization;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Attendance;

/// <summary>A quantity and the records it was summed from.</summary>
internal sealed class TracedQuantity
{
    private readonly List<(string Document, long Row)> _rows = [];

    public long Quantity { get; private set; }

    public void Add(AttendanceRecord record, long quantity)
    {
        if (quantity == 0) return;
        Quantity += quantity;
        _rows.Add((record.Document, record.Row));
    }

    /// <summary>The rows as ranges, in order of document and row.</summary>
    public IReadOnlyList<TraceRows> Trace()
    {
        _rows.Sort((a, b) =>
        {
            var byDocument = string.CompareOrdinal(a.Document, b.Document);
            return byDocument != 0 ? byDocument : a.Row.CompareTo(b.Row);
        });
        var ranges = new List<TraceRows>();
        foreach (var (document, row) in _rows)
        {
            if (ranges.Count > 0 && ranges[^1] is var last && last.Document == document && row - last.To <= 1)
                ranges[^1] = last with { To = row };
            else
                ranges.Add(new TraceRows(document, row, row));
        }
        return ranges;
    }
}

/// <summary>The records of one worker and period, added up by what they are paid at.</summary>
internal sealed class PeriodSums(ContractTerms terms, PeriodFacts period)
{
    public TracedQuantity Ordinary { get; } = new();
    public TracedQuantity At150 { get; } = new();
    public TracedQuantity At200 { get; } = new();
    public TracedQuantity At300 { get; } = new();
    public List<Finding> Findings { get; } = [];

    public void Add(AttendanceRecord record)
    {
        var holiday = period.LegalHolidays.Contains(record.Date);
        if (terms.RateKind == RateKind.Piece) AddPieces(record, holiday);
        else AddTime(record, holiday);
    }

    public static Finding At(RefusalRule rule, AttendanceRecord record)
    {
        var date = record.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        return new Finding(rule, new Place(record.Document, record.Row, "日期", date), date);
    }

    private void AddPieces(AttendanceRecord record, bool holiday)
    {
        (holiday ? At300 : Ordinary).Add(record, record.PieceHundredths);
        if (holiday && record.PieceHundredths > 0) Findings.Add(At(AttendanceRules.WorkedOnHoliday, record));
        if (record.WeekdayMinutes + record.RestDayMinutes + record.HolidayMinutes > 0)
            Findings.Add(At(AttendanceRules.PieceOvertimeHours, record));
    }

    private void AddTime(AttendanceRecord record, bool holiday)
    {
        if (record.PieceHundredths > 0) Findings.Add(At(AttendanceRules.PiecesWithoutRate, record));
        var elsewhere = record.WorkedMinutes + record.WeekdayMinutes + record.RestDayMinutes;
        if (holiday)
        {
            At300.Add(record, elsewhere + record.HolidayMinutes);
            if (elsewhere > 0) Findings.Add(At(AttendanceRules.WorkedOnHoliday, record));
            return;
        }
        var ordinary = Math.Min(record.WorkedMinutes, terms.StandardDayMinutes);
        Ordinary.Add(record, ordinary);
        At150.Add(record, record.WorkedMinutes - ordinary + record.WeekdayMinutes);
        At200.Add(record, record.RestDayMinutes + record.HolidayMinutes);
        if (record.HolidayMinutes > 0) Findings.Add(At(AttendanceRules.NotAHoliday, record));
    }
}
