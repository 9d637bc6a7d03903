using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Calendars;

/// <summary>Rules on the legal calendar and on the days derived from it.</summary>
public static class CalendarRules
{
    public static readonly RefusalRule UnreadableLine = new("calendar.unreadable-line", Severity.Refusal,
        "日历第{0}行“{1}”无法识别",
        "line {0} of the calendar, \"{1}\", cannot be read",
        "每行应为“year 2026”或“2026-02-14 work”；类别为 work、off、holiday 之一",
        "write \"year 2026\" or \"2026-02-14 work\"; the kinds are work, off and holiday");

    public static readonly RefusalRule DuplicateDay = new("calendar.duplicate-day", Severity.Refusal,
        "日历第{0}行的“{1}”重复出现", "line {0} of the calendar says \"{1}\" a second time",
        "请删除其中一行", "keep one of the two lines");

    public static readonly RefusalRule DayOutsideYear = new("calendar.day-outside-year", Severity.Refusal,
        "日历列出了 {0}，但没有声明“year {1}”", "the calendar lists {0} without declaring \"year {1}\"",
        "该年通知齐全后再声明该年；否则请删除这一天", "declare the year once its notice is complete, or leave the day out");

    public static readonly RefusalRule MissingYear = new("calendar.missing-year", Severity.Refusal,
        "法定日历缺少{0}年，不能推算工作日", "the legal calendar has no year {0}: working days in it are not guessed",
        "请按国务院办公厅当年放假通知补充日历后重试", "add the year from the State Council's notice and repeat");

    public static readonly RefusalRule YearSoonMissing = new("calendar.year-soon-missing", Severity.Warning,
        "法定日历不久将用到{0}年，但尚未录入", "the legal calendar will soon need the year {0} and does not have it",
        "下一年放假通知一般在11月公布，请及时补充日历", "next year's notice usually comes out in November: add it in time");

    public static readonly RefusalRule PieceDayMissing = new("calendar.piece-day-missing", Severity.Refusal,
        "计件工资合同没有约定支付日期", "the terms of piece work name no pay day",
        "计件工资的支付日期由双方约定（条例第13条），请在合同条款中填写",
        "for piece work the parties agree on the day (Decree 724 art. 13): enter it in the terms");

    /// <summary>In order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All =>
        [UnreadableLine, DuplicateDay, DayOutsideYear, PieceDayMissing, MissingYear, YearSoonMissing];
}
