using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Payroll;

public sealed class AttendanceComparisonTests
{
    private static PayrollDraft Draft(PayrollKind kind, params string[] rows) =>
        PayrollSheet.Read(Table(PayrollHead, rows), Header with { Kind = kind }, Context(10)).Value;

    private static DerivedPay Pay(long fen) => new([], new Money(fen), []);

    private static readonly Dictionary<long, ListedPay> None = [];

    private static IEnumerable<(string, long)> Compare(PayrollDraft draft, Dictionary<long, DerivedPay> derived) =>
        AttendanceComparison.Compare("样例.csv", draft, derived, None).Select(f => (f.Rule.Code, f.At.Row));

    [Fact]
    public void A_line_that_equals_attendance_has_no_finding() =>
        Assert.Empty(Compare(Draft(PayrollKind.Ordinary, PayrollRow(0)), new() { [1] = Pay(650_000) }));

    [Fact]
    public void A_difference_blocks_without_a_reason_and_is_told_with_one()
    {
        var draft = Draft(PayrollKind.Ordinary, PayrollRow(0), PayrollRow(1, reason: "高温津贴"));
        var findings = AttendanceComparison.Compare("样例.csv", draft, new Dictionary<long, DerivedPay>
        {
            [1] = Pay(1),
            [2] = Pay(2)
        }, None);
        Assert.Equal([PayrollRules.DiffersWithoutReason, PayrollRules.Differs], findings.Select(f => f.Rule));
        Assert.Equal([Severity.Refusal, Severity.Finding], findings.Select(f => f.Rule.Severity));
        Assert.Equal("应发 6500.00 与考勤推算的 0.02 不一致，原因：高温津贴", findings[1].Text(chinese: true));
    }

    [Fact]
    public void Who_attended_but_is_not_on_the_sheet_and_who_is_on_it_without_attendance_are_told()
    {
        var draft = Draft(PayrollKind.Ordinary, PayrollRow(0, reason: "补录中"));
        Assert.Equal([("payroll.no-attendance", 2L), ("payroll.differs", 2L), ("payroll.missing-from-sheet", 0L)],
            Compare(draft, new() { [7] = Pay(30_000), [8] = Pay(0) }));
    }

    [Fact]
    public void A_supplement_always_needs_its_reason_and_misses_nobody()
    {
        var draft = Draft(PayrollKind.Supplementary, PayrollRow(0), PayrollRow(1, reason: "二月少发"));
        Assert.Equal([("payroll.supplement-without-reason", 2L), ("payroll.supplement", 3L)],
            Compare(draft, new() { [1] = Pay(650_000), [2] = Pay(650_000), [3] = Pay(1) }));
    }

    [Fact]
    public void A_supplement_is_told_beside_what_other_payrolls_list_and_when_both_go_beyond_attendance()
    {
        var draft = Draft(PayrollKind.Supplementary, PayrollRow(0, reason: "补发"), PayrollRow(1, reason: "补发"));
        var findings = AttendanceComparison.Compare("样例.csv", draft,
            new Dictionary<long, DerivedPay> { [1] = Pay(650_000), [2] = Pay(660_000) },
            new Dictionary<long, ListedPay>
            {
                [1] = new(new Money(650_000), "1, 4"),
                [2] = new(new Money(10_000), "1"),
            });
        Assert.Equal([PayrollRules.SupplementBeyond, PayrollRules.Supplement], findings.Select(f => f.Rule));
        Assert.Equal("the supplement of 6500.00 goes beyond the 6500.00 that attendance derives: payroll 1, 4 lists "
            + "6500.00 already; reason: 补发", findings[0].Text(chinese: false));
    }

    [Fact]
    public void A_worker_paid_twice_for_the_same_days_is_a_finding_except_in_a_supplement()
    {
        var finding = Assert.Single(AttendanceComparison.Overlaps("样例.csv", Draft(PayrollKind.Ordinary, PayrollRow(0),
            PayrollRow(1)), new Second()));
        Assert.Equal((PayrollRules.Overlap, 3L, "S-9"), (finding.Rule, finding.At.Row, finding.Arguments[0]));
        Assert.Empty(AttendanceComparison.Overlaps("样例.csv", Draft(PayrollKind.Supplementary, PayrollRow(1,
            reason: "补")), new Second()));
    }

    /// <summary>The second worker is on another payroll.</summary>
    private sealed class Second : IEarlierPayrolls
    {
        public EarlierPayroll? Overlapping(long worker, PayrollHeader header) =>
            worker == 2 ? new("S-9", From, From.PlusDays(14)) : null;
    }
}
