using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Tests.People;

/// <summary>Made-up people and sheets (样例) with right check digits, and check digits worked out a second
/// time.</summary>
internal static class SampleSheets
{
    public const string Project = "SAMPLE-P1";
    public const string Employer = "91350100M000100Y43";
    public const string Card = "6200000000000000000";
    public const string BankCode = "102100099996";

    public static readonly IdentifierChecks Checks = new(IsIdentity, s => s == Employer, IsLuhn, s => s == BankCode);
    public static readonly LocalDate From = new(2026, 3, 1), To = new(2026, 3, 31), Today = new(2026, 4, 5);
    public static readonly PayrollHeader Header =
        new(Project, Employer, "木工", From, To, PayrollKind.Ordinary, "2026-03-01");
    public static readonly PeriodFacts March = new(From, To, 22, new HashSet<LocalDate>());

    public const string RosterHead = "项目编码|用工单位统一社会信用代码|班组|姓名|身份证号|手机号|工种|进场日期|离场日期|"
        + "安康卡开户行联行号|开户行名称|银行卡号|户名";
    public const string TermsHead = "身份证号|项目编码|合同签订日期|计薪方式|单价(元)|计件单位|约定发薪日|标准日工时|支付周期";
    public const string AttendanceHead = "身份证号|项目编码|日期|出勤工时|平日加班|休息日加班|法定节假日加班|计件数量";
    public const string PayrollHead = "序号|姓名|身份证号|出勤天数|工时|应发工资|扣款|实发工资|本人确认日期|未确认原因|差异原因|备注";

    public static RawTable Table(string headings, params string[] rows) => new("样例.csv", headings.Split('|'),
        rows.Select((row, i) => new RawRow(i + 2, row.Split('|'))));

    /// <summary>The n-th sample person's identity number: region 520000 does not exist below the province.</summary>
    public static string Identity(int n)
    {
        var body = $"52000019{n / 100_000 % 30 + 60}{n / 28_000 % 12 + 1:00}{n / 1000 % 28 + 1:00}{n % 1000:000}";
        return body + CheckOf(body);
    }

    public static string Name(int n) => $"样例{(char)('甲' + n % 7)}";

    public static RosterRegister Register(int people)
    {
        var register = new RosterRegister();
        for (var n = 0; n < people; n++)
            register.Add(Identity(n), new Registration(n + 1, Name(n), Project, Employer, "木工", new(2026, 1, 5), null));
        return register;
    }

    public static PayrollContext Context(int people) => new(Today, new Money(189_000), Checks, Register(people));

    public static string RosterRow(int n, string card = Card, string name = "样例甲", string holder = "样例甲") =>
        $"{Project}|{Employer}|木工|{name}|{Identity(n)}|13800000000|木工|2026-01-05||{BankCode}|样例银行|{card}|{holder}";

    public static string TermsRow(int n, string kind =
        "日", string rate = "300", string payDay = "15", string cycle = "月") =>
        $"{Identity(n)}|{Project}|2026-01-05|{kind}|{rate}||{payDay}|8|{cycle}";

    public static string AttendanceRow(int n, string day, string hours = "8") =>
        $"{Identity(n)}|{Project}|{day}|{hours}||||";

    public static string PayrollRow(int n, string gross = "6500.00", string deductions = "", string? net = null,
        string confirmed = "2026-04-02", string gap = "", string reason = "") =>
        $"{n + 1}|{Name(n)}|{Identity(n)}|22|176|{gross}|{deductions}|{net ?? gross}|{confirmed}|{gap}|{reason}|";

    public static IReadOnlyList<string> Codes<T>(Decision<T> decision) =>
        [.. decision.Findings.Select(f => f.Rule.Code)];

    private static bool IsIdentity(string s) =>
        s.Length == 18 && s[..17].All(char.IsAsciiDigit) && s[17] == CheckOf(s[..17]);

    private static char CheckOf(string body)
    {
        // ISO 7064 MOD 11-2, digit by digit: another way to the same check digit than the weights of GB 11643.
        var rest = body.Aggregate(0, (sum, c) => (sum + (c - '0')) * 2 % 11);
        return "0123456789X"[(12 - rest) % 11];
    }

    private static bool IsLuhn(string s) => s.Reverse()
        .Select((c, i) => (c - '0') * (i % 2 + 1)).Sum(d => d > 9 ? d - 9 : d) % 10 == 0;
}
