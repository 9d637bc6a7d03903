using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Attendance;

/// <summary>What attendance (考勤) is held to, in order of precedence.</summary>
public static class AttendanceRules
{
    public static readonly RefusalRule DuplicateDay = new("attendance.duplicate-day", Severity.Refusal,
        "同一工人同一项目同一天重复，首次出现在第 {0} 行", "the same worker, project and day stand twice, first in row {0}",
        "合并为一行", "join the rows into one");

    public static readonly RefusalRule OverOneDay = new("attendance.over-one-day", Severity.Refusal,
        "一天的工时合计超过 24 小时", "the hours of the day add up to more than 24",
        "出勤工时不含加班，请核对", "attended hours do not include overtime; check them");

    public static readonly RefusalRule DayAhead = new("attendance.day-ahead", Severity.Refusal,
        "{0} 尚未到来，今天是 {1}", "{0} is still to come; today is {1}",
        "核对日期；考勤只记已出勤的日子", "check the date; attendance is of days worked");

    public static readonly RefusalRule NothingRecorded = new("attendance.nothing-recorded", Severity.Warning,
        "工时和计件数量均为零", "neither hours nor pieces",
        "未出勤的日期不必列入", "a day not worked need not be listed");

    public static readonly RefusalRule NotAHoliday = new("attendance.not-a-holiday", Severity.Finding,
        "{0} 不是法定节假日，按休息日加班 200% 计", "{0} is no legal holiday; counted as rest-day overtime, 200 %",
        "核对加班类别（工资支付暂行规定第十三条）", "check the kind of overtime (wage payment provisions art. 13)");

    public static readonly RefusalRule WorkedOnHoliday = new("attendance.worked-on-holiday", Severity.Finding,
        "{0} 是法定节假日，全部工时按 300% 计", "{0} is a legal holiday; all its work counted at 300 %",
        "填入“法定节假日加班”列（工资支付暂行规定第十三条）",
        "write it under legal-holiday overtime (wage payment provisions art. 13)");

    public static readonly RefusalRule PieceOvertimeHours = new("attendance.piece-overtime-hours", Severity.Finding,
        "计件工人 {0} 的工时不计薪", "the hours of {0} derive no pay: the worker is paid by the piece",
        "计件加班按定额外的件数另行约定单价（工资支付暂行规定第十三条）",
        "piece overtime is paid by pieces beyond the quota (wage payment provisions art. 13)");

    public static readonly RefusalRule PiecesWithoutRate = new("attendance.pieces-without-rate", Severity.Finding,
        "{0} 的计件数量不计薪：合同无计件单价", "the pieces of {0} derive no pay: the contract has no piece rate",
        "核对合同的计薪方式", "check the rate kind of the contract");

    public static readonly RefusalRule AfterLeaving = new("attendance.after-leaving", Severity.Finding,
        "{0} 在离场日期之后，未计入结清工资", "{0} is after the leaving day and not in the final settlement",
        "核对离场日期或考勤", "check the leaving day or the attendance");

    public static IReadOnlyList<RefusalRule> All =>
    [
        DuplicateDay, OverOneDay, DayAhead,
        NotAHoliday, WorkedOnHoliday, PieceOvertimeHours, PiecesWithoutRate, AfterLeaving, NothingRecorded,
    ];
}
