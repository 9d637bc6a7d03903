using NodaTime;

namespace Disbursement.Engine.Attendance;

/// <summary>What one worker worked on one day, and where that is written.</summary>
/// <param name="Document">The document the record stands in, by the name its digest is kept under.</param>
/// <param name="Row">Its row there: the end of the trace of every figure.</param>
/// <param name="WorkedMinutes">Attended time without overtime (出勤工时).</param>
/// <param name="WeekdayMinutes">Overtime on a working day (平日加班), 150 %.</param>
/// <param name="RestDayMinutes">Overtime on a rest day not made up for (休息日加班), 200 %.</param>
/// <param name="HolidayMinutes">Overtime on a legal holiday (法定节假日加班), 300 %.</param>
/// <param name="PieceHundredths">Pieces in hundredths (计件数量): 12.5 square metres are 1250.</param>
public sealed record AttendanceRecord(string Document, long Row, LocalDate Date, long WorkedMinutes,
    long WeekdayMinutes, long RestDayMinutes, long HolidayMinutes, long PieceHundredths);
