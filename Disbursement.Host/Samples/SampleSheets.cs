using System.Globalization;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Samples;

/// <summary>The sheets of the sample month, column by column as they are handed in.</summary>
internal static class SampleSheets
{
    internal static readonly string[] RosterColumns =
        ["项目编码", "用工单位统一社会信用代码", "用工单位名称", "班组", "姓名", "身份证号", "手机号", "工种", "进场日期", "离场日期",
            "联行号", "开户行名称", "银行卡号", "户名"];

    internal static readonly string[] PayrollColumns =
        ["序号", "姓名", "身份证号", "出勤天数", "工时", "应发工资", "扣款", "实发工资", "本人确认日期", "未确认原因", "差异原因", "备注"];

    // A sheet may pay more than attendance derives, if it says why.
    private static readonly Money Allowance = new(20_000);

    public static SampleSheet Projects(SampleSites sites) => new("projects.csv",
        ["项目编码", "项目名称", "总包统一社会信用代码", "总包名称", "建设单位", "银行档案", "专户账号", "专户户名", "联行号", "所在地"],
        [.. sites.Projects.Select(p => new[]
        {
            p.Code, p.Name, p.ContractorCode, p.Contractor, p.Owner, p.Profile, p.Account, p.AccountName, p.Cnaps,
            SampleSites.Region,
        })]);

    public static SampleSheet Roster(string file, IEnumerable<SampleWorker> workers) => new(file, RosterColumns,
        [.. workers.Select(w => new[]
        {
            w.Employer.Project.Code, w.Employer.CreditCode, w.Employer.Name, w.Team, w.Person.Name, w.Person.Identity,
            w.Person.Phone, w.Trade, Day(w.Entered), "", w.Person.Cnaps, w.Person.BankName, w.Person.Card,
            w.Person.Name,
        })]);

    public static SampleSheet Terms(string file, IEnumerable<SampleWorker> workers) => new(file,
        ["身份证号", "项目编码", "合同签订日期", "计薪方式", "单价", "计件单位", "约定发薪日", "标准日工时", "支付周期"],
        [.. workers.Select(w => new[]
        {
            w.Person.Identity, w.Employer.Project.Code, Day(w.Entered), w.Mode.ToString().ToUpperInvariant(),
            w.Rate.ToYuan(),
            w.Mode == SampleMode.Piece ? "平方米" : "", "13", "8", "MONTH",
        })]);

    public static SampleSheet Attendance(string file, IEnumerable<SampleWorker> workers) => new(file,
        ["身份证号", "项目编码", "日期", "出勤工时", "平日加班", "休息日加班", "法定节假日加班", "计件数量"],
        [.. workers.SelectMany(w => w.Days.Select(d => new[]
        {
            w.Person.Identity, w.Employer.Project.Code, Day(d.Date), $"{d.Hours}", $"{d.WorkdayOvertime}",
            $"{d.RestDayOvertime}", "0", $"{d.Pieces}",
        }))]);

    /// <summary>One payroll with its line of totals. Two of its workers have something to explain, on sheet
    /// a1.</summary>
    public static SampleSheet Payroll(string file, IReadOnlyList<SampleWorker> workers)
    {
        List<string[]> rows = [.. workers.Select((w, i) => PayrollRow(w, i + 1))];
        var total = workers.Aggregate(Money.Zero, (sum, w) => sum + Submitted(w)).ToYuan();
        rows.Add(["合计", "", "", "", "", total, "0.00", total, "", "", "", ""]);
        return new(file, PayrollColumns, rows);
    }

    /// <summary>Which sheet is whose and for which period: what a person would say when handing it in.</summary>
    public static SampleSheet PayrollIndex(SampleSites sites) => new("payrolls.csv",
        ["文件", "项目编码", "用工单位统一社会信用代码", "用工单位名称", "周期起", "周期止"],
        [.. sites.Employers.Where(e => e.HandsIn).Select(e => new[]
        {
            $"payroll-{e.Letter}.{(e.Letter == "c1" ? "xlsx" : "csv")}", e.Project.Code, e.CreditCode, e.Name,
            "2026-01-01", "2026-01-31",
        })]);

    /// <summary>The net on the sheet: what attendance derives, and for one worker an allowance with its
    /// reason.</summary>
    public static Money Submitted(SampleWorker worker) => worker.Gross + (IsAllowed(worker) ? Allowance : Money.Zero);

    /// <summary>The first day of confirmations; the last is the day the sheets are handed in.</summary>
    private static readonly DateOnly Confirmed = new(2026, 1, 31);

    private static string[] PayrollRow(SampleWorker w, int number)
    {
        var amount = Submitted(w).ToYuan();
        var absent = IsAbsent(w);
        return
        [
            $"{number}", w.Person.Name, w.Person.Identity, $"{w.Days.Count(d => d.Hours > 0)}",
            $"{w.Days.Sum(d => d.Hours)}",
            amount, "0.00", amount, absent ? "" : Day(Confirmed.AddDays(number % 4)),
            absent ? "住院，已电话确认，出院后补签" : "",
            IsAllowed(w) ? "补发进场交通补贴200元，附签认单" : "", "",
        ];
    }

    private static bool IsAllowed(SampleWorker worker) => Is(worker, "a1", place: 8);
    private static bool IsAbsent(SampleWorker worker) => Is(worker, "a1", place: 14);

    private static bool Is(SampleWorker worker, string employer, int place) =>
        worker.Employer.Letter == employer && worker.Place == place;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
