using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using NodaTime;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Payroll;

/// <summary>Every rule of sheets, people, attendance and payroll has an input that provokes it; a rule without one
/// fails here.</summary>
public sealed class RuleCoverageTests
{
    private static readonly IReadOnlyList<RefusalRule> Rules =
        [.. SheetRules.All, .. PeopleRules.All, .. AttendanceRules.All, .. PayrollRules.All];

    private static readonly PeriodFacts Facts = new(From, To, 22, new HashSet<LocalDate> { From });

    private static readonly Dictionary<string, Func<IEnumerable<Finding>>> Provoking = new()
    {
        ["sheet.missing-column"] = () => PayrollSheet.Read(Table("序号|姓名", "1|样例"), Header, Context(1)).Findings,
        ["sheet.empty"] = () => Payroll(),
        ["sheet.too-long"] = () => Attendance(Enumerable.Repeat(AttendanceRow(0, "2026-03-02"), 50_001)),
        ["sheet.required-cell"] = () => Payroll(PayrollRow(0).Replace(Name(0), "")),
        ["sheet.bad-identity"] = () => Payroll(PayrollRow(0).Replace(Identity(0), "520000196001010000")),
        ["sheet.bad-date"] = () => Payroll(PayrollRow(0, confirmed: "2026-02-30")),
        ["sheet.not-a-number"] = () => Payroll(PayrollRow(0, "=SUM(A1)")),
        ["sheet.three-decimals"] = () => Payroll(PayrollRow(0, "6500.005")),
        ["sheet.negative"] = () => Payroll(PayrollRow(0, "-6500")),
        ["sheet.too-large"] = () => Payroll(PayrollRow(0, "10000000.01")),

        ["roster.bad-credit-code"] = () => Roster(RosterRow(0).Replace(Employer, "91350100M000100Y44")),
        ["roster.duplicate-worker"] = () => Roster(RosterRow(0), RosterRow(0)),
        ["roster.space-in-name"] = () => Roster(RosterRow(0, name: "样 例")),
        ["roster.left-before-joined"] = () => Roster(RosterRow(0).Replace("2026-01-05||", "2026-01-05|2026-01-04|")),
        ["roster.account-not-digits"] = () => Roster(RosterRow(0, card: "6.2E+18")),
        ["roster.shared-card"] = () => Roster(RosterRow(0), RosterRow(1)),
        ["roster.holder-differs"] = () => Roster(RosterRow(0, holder: "样例乙")),
        ["roster.dot-variant"] = () => Roster(RosterRow(0, name: "样•例")),
        ["roster.card-check"] = () => Roster(RosterRow(0, card: Card[..^1] + "9")),
        ["roster.bank-code-check"] = () => Roster(RosterRow(0).Replace(BankCode, "102100099995")),

        ["terms.rate-kind"] = () => Terms(TermsRow(0, kind: "年")),
        ["terms.cycle"] = () => Terms(TermsRow(0, cycle: "年")),
        ["terms.rate-not-positive"] = () => Terms(TermsRow(0, rate: "0")),
        ["terms.piece-unit"] = () => Terms(TermsRow(0, kind: "计件")),
        ["terms.pay-day"] = () => Terms(TermsRow(0, payDay: "32")),
        ["terms.standard-day"] = () => Terms(TermsRow(0).Replace("|8|", "|24.5|")),
        ["terms.duplicate"] = () => Terms(TermsRow(0), TermsRow(0)),

        ["attendance.duplicate-day"] = () => Attendance([AttendanceRow(0, "2026-03-02"), AttendanceRow(0, "2026-3-2")]),
        ["attendance.over-one-day"] = () => Attendance([AttendanceRow(0, "2026-03-02", "24.5")]),
        ["attendance.day-ahead"] = () => AttendanceImport.Ahead("a.csv", From.PlusDays(-1),
            AttendanceSheet.Read(Table(AttendanceHead, AttendanceRow(0, "2026-03-02")), "d", Checks).Value),
        ["attendance.nothing-recorded"] = () => Attendance([AttendanceRow(0, "2026-03-02", "0")]),
        ["attendance.not-a-holiday"] = () => Derive(RateKind.Day, From.PlusDays(1)),
        ["attendance.worked-on-holiday"] = () => Derive(RateKind.Day, From),
        ["attendance.piece-overtime-hours"] = () => Derive(RateKind.Piece, From.PlusDays(1)),
        ["attendance.pieces-without-rate"] = () => Derive(RateKind.Hour, From.PlusDays(1)),
        ["attendance.after-leaving"] = () =>
            Earnings.Settle(Contract(RateKind.Day), [Worked(To)], [Facts], To.PlusDays(-1)).Findings,

        ["payroll.missing-fact"] = () => Payroll(Header with { Number = "" }),
        ["payroll.bad-employer"] = () => Payroll(Header with { Employer = "91350100M000100Y44" }),
        ["payroll.bad-period"] = () => Payroll(Header with { From = To, To = From }),
        ["sheet.future-period"] = () => Payroll(Header with { To = Today }),
        ["sheet.row-after-total"] = () => Payroll("合计|1||||||||||", PayrollRow(0)),
        ["sheet.totals-disagree"] = () => Payroll(PayrollRow(0), "合计|2||||||||||"),
        ["sheet.no-total"] = () => Payroll(PayrollRow(0)),
        ["sheet.duplicate-worker"] = () => Payroll(PayrollRow(0), PayrollRow(0)),
        ["payroll.unregistered"] = () => Payroll(PayrollRow(99)),
        ["payroll.other-project"] = () => Payroll(Header with { Project = "SAMPLE-P2" }),
        ["payroll.other-employer"] = () => OtherEmployer(),
        ["payroll.name-differs"] = () => Payroll(PayrollRow(0).Replace(Name(0), "样例癸")),
        ["payroll.outside-registration"] = () =>
            Payroll(Header with { From = new(2025, 1, 1), To = new(2025, 1, 31) }),
        ["payroll.deduction-form"] = () => Payroll(PayrollRow(0, deductions: "50")),
        ["payroll.unlawful-deduction"] = () => Payroll(PayrollRow(0, deductions: "罚款:50")),
        ["payroll.net-mismatch"] = () => Payroll(PayrollRow(0, net: "6499.99")),
        ["payroll.net-not-positive"] = () => Payroll(PayrollRow(0, "0")),
        ["payroll.damage-over-fifth"] = () => Payroll(PayrollRow(0, "6500", "损失赔偿:1300.01", "5199.99")),
        ["payroll.damage-below-minimum"] = () => Payroll(PayrollRow(0, "2000", "损失赔偿:200", "1800")),
        ["payroll.days-beyond-period"] = () => Payroll(PayrollRow(0).Replace("|22|", "|31.5|")),
        ["payroll.hours-beyond-days"] = () => Payroll(PayrollRow(0).Replace("|22|176|", "|1|24.5|")),
        ["payroll.confirmed-ahead"] = () => Payroll(PayrollRow(0, confirmed: "2099-01-01")),
        ["payroll.confirmed-before"] = () => Payroll(PayrollRow(0, confirmed: "2026-02-28")),
        ["sheet.duplicate-number"] = () => Payroll(PayrollRow(0), "1" + PayrollRow(1)[1..]),
        ["payroll.no-confirmation"] = () => Payroll(PayrollRow(0, confirmed: "")),
        ["payroll.differs-without-reason"] = () => Compare(PayrollRow(0), 1, 1),
        ["payroll.differs"] = () => Compare(PayrollRow(0, reason: "津贴"), 1, 1),
        ["payroll.supplement-without-reason"] = () => Supplement(PayrollRow(0), 1),
        ["payroll.supplement"] = () => Supplement(PayrollRow(0, reason: "补发"), 1_000_000),
        ["payroll.supplement-beyond"] = () => Supplement(PayrollRow(0, reason: "补发"), 1),
        ["payroll.no-attendance"] = () => Compare(PayrollRow(0), 2, 1),
        ["payroll.missing-from-sheet"] = () => Compare(PayrollRow(0), 2, 1),
        ["payroll.overlap"] = () => AttendanceComparison.Overlaps("样例.csv", Draft(PayrollRow(0)), new Always()),
    };

    public static TheoryData<string> Codes => [.. Rules.Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_rule_is_provoked_and_says_in_two_languages_what_to_do(string code)
    {
        Assert.True(Provoking.TryGetValue(code, out var provoke), $"no input provokes {code}");
        var finding = Assert.IsType<Finding>(provoke().FirstOrDefault(f => f.Rule.Code == code), exactMatch: false);
        foreach (var text in new[] { finding.Text(true), finding.Text(false), finding.Advice(true),
            finding.Advice(false) })
        {
            Assert.NotEmpty(text);
            Assert.DoesNotContain('{', text);
        }
    }

    [Fact]
    public void Codes_are_unique_and_none_is_provoked_that_does_not_exist()
    {
        Assert.Equal(Rules.Count, Rules.Select(r => r.Code).Distinct().Count());
        Assert.Empty(Provoking.Keys.Except(Rules.Select(r => r.Code)));
    }

    private static IEnumerable<Finding> Payroll(params string[] rows) =>
        PayrollSheet.Read(Table(PayrollHead, rows), Header, Context(5)).Findings;

    private static IEnumerable<Finding> Payroll(PayrollHeader header) =>
        PayrollSheet.Read(Table(PayrollHead, PayrollRow(0)), header, Context(5)).Findings;

    private static IEnumerable<Finding> OtherEmployer()
    {
        var register = new RosterRegister();
        register.Add(Identity(0), new Registration(1, Name(0), Project, "SAMPLE-OTHER", "木工", From, null));
        return PayrollSheet.Read(Table(PayrollHead, PayrollRow(0)), Header,
            Context(0) with { Roster = register }).Findings;
    }

    private static PayrollDraft Draft(string row) =>
        PayrollSheet.Read(Table(PayrollHead, row), Header, Context(5)).Value;

    private static IReadOnlyList<Finding> Compare(string row, long worker, long fen) => AttendanceComparison.Compare(
        "样例.csv", Draft(row), new Dictionary<long, DerivedPay> { [worker] = new([], new Money(fen), []) },
        new Dictionary<long, ListedPay>());

    private static IReadOnlyList<Finding> Supplement(string row, long fen) => AttendanceComparison.Compare("样例.csv",
        PayrollSheet.Read(Table(PayrollHead, row), Header with { Kind = PayrollKind.Supplementary }, Context(5)).Value,
        new Dictionary<long, DerivedPay> { [1] = new([], new Money(fen), []) }, new Dictionary<long, ListedPay>());

    private static IEnumerable<Finding> Roster(params string[] rows) =>
        RosterSheet.Read(Table(RosterHead, rows), Checks).Findings;

    private static IEnumerable<Finding> Terms(params string[] rows) =>
        TermsSheet.Read(Table(TermsHead, rows), Checks).Findings;

    private static IEnumerable<Finding> Attendance(IEnumerable<string> rows) =>
        AttendanceSheet.Read(Table(AttendanceHead, [.. rows]), "d", Checks).Findings;

    private static ContractTerms Contract(RateKind kind) =>
        new(From, kind, new Money(30_000), "件", PayCycle.Month, new AgreedPayDay(15, null), 480);

    private static AttendanceRecord Worked(LocalDate date) => new("d", 2, date, 480, 60, 0, 60, 100);

    private static IEnumerable<Finding> Derive(RateKind kind, LocalDate date) =>
        Earnings.Derive(Contract(kind), [Worked(date)], Facts).Findings;

    private sealed class Always : IEarlierPayrolls
    {
        public EarlierPayroll? Overlapping(long worker, PayrollHeader header) => new("S-9", From, To);
    }
}
