using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Attendance;

/// <summary>attendance.import: attendance (考勤) in versions per day; an equal record is no new version, a correction is.</summary>
public sealed class AttendanceImport(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "attendance";

    public string Verb => "attendance.import";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Attendance, Input, command);
        return table.Accepted
            ? AttendanceSheet.Read(table.Value, "", IdentifierChecks.Standard)
            : Decision<IReadOnlyList<AttendanceLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (SheetImport.Repeat(context, Input) is { } repeat) return Decision<Changes>.Accept(repeat);
        var read = (Decision<IReadOnlyList<AttendanceLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var lines = read.Value;
        var register = new SheetRegister(context, lines.Select(l => (l.Record.Row, l.Identity, l.Project)));
        IReadOnlyList<Finding> wrong = [.. register.Findings, .. Ahead(context.Command.Find("file") ?? "", context.Today, lines)];
        if (wrong.Count > 0) return Decision<Changes>.Refuse(wrong);
        var (from, to) = (lines.Min(l => l.Record.Date), lines.Max(l => l.Record.Date));
        var known = new Dictionary<(long Project, long Worker, LocalDate Day), AttendanceRow>();
        foreach (var (project, workers) in register.WorkersByProject)
            foreach (var row in context.Queries.Attendance(project, workers, from, to))
                known[(project, row.Worker, row.Day)] = row;
        var rows = new List<AttendanceRow>();
        foreach (var line in lines)
        {
            var (project, worker) = (register.ProjectOf(line.Project), register.WorkerOf(line.Identity));
            var standing = known.GetValueOrDefault((project, worker, line.Record.Date));
            var row = Row(context, project, worker, line.Record, (standing?.Version ?? 0) + 1);
            if (standing is null || Content(standing) != Content(row)) rows.Add(row);
        }
        return Decision<Changes>.Accept(
            SheetImport.Done(context, new Changes().Insert(rows), Input, lines.Count), read.Findings);
    }

    /// <summary>Days that are still to come: nobody has worked them.</summary>
    public static IEnumerable<Finding> Ahead(string file, LocalDate today, IReadOnlyList<AttendanceLine> lines) =>
        lines.Where(l => l.Record.Date > today).Select(l =>
        {
            var day = LocalDatePattern.Iso.Format(l.Record.Date);
            return new Finding(AttendanceRules.DayAhead, new Place(file, l.Record.Row, "日期", day), day,
                LocalDatePattern.Iso.Format(today));
        });

    private static AttendanceRow Row(
        DecisionContext context, long project, long worker, AttendanceRecord record, long version) => new()
        {
            Project = project,
            Worker = worker,
            Day = record.Date,
            Version = version,
            Minutes = record.WorkedMinutes,
            OvertimeMinutes = record.WeekdayMinutes,
            RestDayMinutes = record.RestDayMinutes,
            HolidayMinutes = record.HolidayMinutes,
            Pieces = record.PieceHundredths,
            Document = context.InputDigest(Input),
            DocumentRow = record.Row,
        };

    private static (long, long, long, long, long) Content(AttendanceRow row) =>
        (row.Minutes, row.OvertimeMinutes, row.RestDayMinutes, row.HolidayMinutes, row.Pieces);
}
