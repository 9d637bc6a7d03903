using System.Globalization;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// 销户条件: whether a project's wage account may be closed. 工程完工且未拖欠农民工工资的，施工总承包单位公示30日后，可以申请注销
/// (Decree 724 art. 27(2)).
/// </summary>
public static class AccountClosing
{
    public const int NoticeDays = 30;

    /// <summary>The last day of a notice that was put up on a day: the account may be closed after it.</summary>
    public static LocalDate NoticeUntil(LocalDate notice) => notice.PlusDays(NoticeDays);

    /// <summary>Everything that stands against it, in order; empty: it may be closed.</summary>
    /// <param name="notice">The day the notice (公示) was put up; null: none was.</param>
    /// <param name="reservedFen">Money of the account that is set aside or on its way.</param>
    public static IReadOnlyList<Finding> Against(
        RetainedProject project, LocalDate? notice, LocalDate today, long reservedFen)
    {
        var findings = new List<Finding>();
        var at = Place.Of("project", project.Code);
        if (project.CompletedOn is null) findings.Add(new(ClosingRules.NotCompleted, at, project.Code));
        if (project.OpenPayroll is { } payroll)
            findings.Add(new(ClosingRules.WagesOpen, at, project.Code, Named("工资表", "payroll", payroll)));
        if (project.OpenObligation is { } obligation)
            findings.Add(new(ClosingRules.WagesOpen, at, project.Code, Named("义务", "obligation", obligation)));
        if (reservedFen != 0)
            findings.Add(new(ClosingRules.MoneyReserved, at, project.Code, new Money(reservedFen).ToYuan()));
        if (notice is not { } day) findings.Add(new(ClosingRules.NoNotice, at, project.Code));
        else if (today <= NoticeUntil(day))
            findings.Add(new(ClosingRules.NoticeShort, at, Text(day), Text(NoticeUntil(day))));
        return findings;
    }

    private static string Named(string zh, string en, long id) => Bilingual.Of($"{zh} {id}", $"{en} {id}");

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What stands against closing a wage account (销户), in order of precedence.</summary>
public static class ClosingRules
{
    public static readonly RefusalRule NotCompleted = new("closing.not-completed", Severity.Refusal,
        "项目 {0} 未登记竣工（国令第724号第二十七条）", "project {0} is not entered as completed (Decree 724 art. 27)",
        "竣工后用 project complete 登记", "enter its completion with project complete");
    public static readonly RefusalRule WagesOpen = new("closing.wages-open", Severity.Refusal,
        "项目 {0} 的工资尚未结清（{1}）", "wages of project {0} are open ({1})",
        "先结清; 用 payroll list、arrears list 查看", "settle them; see payroll list and arrears list");
    public static readonly RefusalRule MoneyReserved = new("closing.money-reserved", Severity.Refusal,
        "项目 {0} 的账户有 {1} 元已预留或在途", "{1} yuan of project {0}'s account are set aside or on their way",
        "等银行答复, 或取消批次; 用 account explain 查看", "wait for the bank or cancel the release; see account explain");
    public static readonly RefusalRule NoNotice = new("closing.no-notice", Severity.Refusal,
        "项目 {0} 未公示; 须公示 30 日（国令第724号第二十七条）",
        "no notice of project {0} was put up; it stands for 30 days (Decree 724 art. 27)",
        "公示后用 --notice 写明起始日", "put it up, and give its first day with --notice");
    public static readonly RefusalRule NoticeShort = new("closing.notice-short", Severity.Refusal,
        "公示自 {0} 起至 {1} 满 30 日", "the notice of {0} stands for 30 days, until {1}",
        "此日之后再申请销户", "apply after that day");

    public static IReadOnlyList<RefusalRule> All => [NotCompleted, WagesOpen, MoneyReserved, NoNotice, NoticeShort];
}
