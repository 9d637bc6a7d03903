using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Attendance;

[Table("attendance", "ledger project worker day version")]
public sealed record AttendanceRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Project { get; init; }
    public required long Worker { get; init; }
    public required LocalDate Day { get; init; }
    public required long Version { get; init; }
    public required long Minutes { get; init; }
    public required long OvertimeMinutes { get; init; }
    public required long RestDayMinutes { get; init; }
    public required long HolidayMinutes { get; init; }
    public required long Pieces { get; init; }
    public required string Document { get; init; }
    public required long DocumentRow { get; init; }
}
