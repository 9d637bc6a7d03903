using Disbursement.Engine.Accounts;
using Disbursement.Engine.Erasure;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Accounts;

/// <summary>Decree 724 art. 27(2): completed, nothing owed, thirty days of notice, and only then.</summary>
public sealed class AccountClosingTests
{
    private static readonly LocalDate s_notice = new(2026, 3, 1);

    [Theory]
    // completed, open payroll, open obligation, reserved, notice given, days since the notice: what stands against it
    [InlineData(true, false, false, 0, true, 31, "")]
    [InlineData(true, false, false, 0, true, 30, "closing.notice-short")]
    [InlineData(true, false, false, 0, true, 0, "closing.notice-short")]
    [InlineData(true, false, false, 0, false, 99, "closing.no-notice")]
    [InlineData(false, false, false, 0, true, 31, "closing.not-completed")]
    [InlineData(true, true, false, 0, true, 31, "closing.wages-open")]
    [InlineData(true, false, true, 0, true, 31, "closing.wages-open")]
    [InlineData(true, false, false, 1, true, 31, "closing.money-reserved")]
    [InlineData(false, true, true, 1, false, 0,
        "closing.not-completed closing.wages-open closing.wages-open closing.money-reserved closing.no-notice")]
    public void Everything_that_stands_against_it_is_told_in_order(bool completed, bool payroll, bool obligation,
        long reserved, bool notice, int days, string rules)
    {
        var project = new RetainedProject
        {
            Project = 1,
            Code = "GY",
            CompletedOn = completed ? new LocalDate(2026, 2, 20) : null,
            PayrollVersions = 1,
            OpenPayroll = payroll ? 7 : null,
            OpenObligation = obligation ? 9 : null,
        };
        var against = AccountClosing.Against(project, notice ? s_notice : null, s_notice.PlusDays(days), reserved);
        Assert.Equal(rules, string.Join(' ', against.Select(f => f.Rule.Code)));
    }
}
