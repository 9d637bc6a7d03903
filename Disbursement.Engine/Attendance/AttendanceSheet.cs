using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Attendance;

/// <summary>Whose record, where, and the record: one row of an attendance sheet.</summary>
public sealed record AttendanceLine(string Identity, string Project, AttendanceRecord Record);

/// <summary>Reads attendance. Refuses the whole file with every finding at once; never throws.</summary>
public static class AttendanceSheet
{
    /// <param name="document">The name the sheet's bytes are kept under; every trace ends there.</param>
    public static Decision<IReadOnlyList<AttendanceLine>> Read(
        RawTable table, string document, IdentifierChecks checks) =>
        new Reading(table, document, checks).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly string _document;
        private readonly IdentifierChecks _checks;
        private readonly CellColumn _identity, _project, _date, _worked, _weekday, _restDay, _holiday, _pieces;
        private readonly Dictionary<(string, string, LocalDate), long> _seen = [];

        public Reading(RawTable table, string document, IdentifierChecks checks)
        {
            _document = document;
            _checks = checks;
            _sheet = new CellReader(table);
            _identity = _sheet.Required("身份证号", "identity");
            _project = _sheet.Required("项目编码", "project");
            _date = _sheet.Required("日期", "date");
            _worked = _sheet.Required("出勤工时", "hours");
            _weekday = _sheet.Optional("平日加班", "weekday overtime");
            _restDay = _sheet.Optional("休息日加班", "rest day overtime");
            _holiday = _sheet.Optional("法定节假日加班", "holiday overtime");
            _pieces = _sheet.Optional("计件数量", "pieces");
        }

        public Decision<IReadOnlyList<AttendanceLine>> Read()
        {
            var lines = new List<AttendanceLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<AttendanceLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<AttendanceLine>>(lines);
        }

        private AttendanceLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Identity(row, _identity, _checks, out var identity)
                & _sheet.Text(row, _project, out var project) & _sheet.Date(row, _date, out var date)
                & _sheet.Minutes(row, _worked, out var worked) & _sheet.Minutes(row, _weekday, out var weekday)
                & _sheet.Minutes(row, _restDay, out var restDay) & _sheet.Minutes(row, _holiday, out var holiday)
                & _sheet.Hundredths(row, _pieces, out var pieces);
            if (!good) return null;
            var minutes = worked + weekday + restDay + holiday;
            if (minutes > 24 * 60) _sheet.Note(AttendanceRules.OverOneDay, row, _worked);
            if (minutes == 0 && pieces == 0) _sheet.Note(AttendanceRules.NothingRecorded, row, _worked);
            if (!_seen.TryAdd((identity, project, date), row.Number))
            {
                var first = _seen[(identity, project, date)].ToString(CultureInfo.InvariantCulture);
                _sheet.Note(AttendanceRules.DuplicateDay, row, _date, first);
            }
            return new AttendanceLine(identity, project,
                new AttendanceRecord(_document, row.Number, date, worked, weekday, restDay, holiday, pieces));
        }
    }
}
