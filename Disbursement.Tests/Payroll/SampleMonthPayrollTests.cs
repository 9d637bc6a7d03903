using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Payroll;

/// <summary>The shipped month from its sheets to approved claims, on both engines.</summary>
public sealed class SampleMonthPayrollTests
{
    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_month_becomes_approved_claims_that_add_up(string engine)
    {
        using var database = Databases.Fresh(engine);
        var sample = new SampleLedger(database.Store);
        var payrolls = sample.Approved();
        Assert.Equal([62, 58, 60, 61], payrolls.Select(p => p.LinesDeclared));
        foreach (var payroll in payrolls)
        {
            var claims = sample.Ask(v => v.List<WageClaimRow>(("payroll", payroll.Payroll)));
            Assert.Equal(PayrollState.Approved, payroll.State);
            Assert.Equal(new NodaTime.LocalDate(2026, 2, 13), payroll.DueDate);
            Assert.Equal(payroll.LinesDeclared, claims.Count);
            Assert.Equal(payroll.DeclaredFen, claims.Sum(c => c.NetFen));
            Assert.Equal((payroll.LinesDeclared, payroll.DeclaredFen), (payroll.LinesUnpaid, payroll.UnpaidFen));
            Assert.All(claims, c => Assert.Equal((0, 1), (c.Component, c.Revision)));
        }
    }

    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_month_checks_clean_but_for_what_was_planted(string engine)
    {
        using var database = Databases.Fresh(engine);
        var sample = new SampleLedger(database.Store).Registers();
        var found = new List<string>();
        foreach (var payroll in sample.Received())
        {
            var check = (CheckResult)sample.Done(
                SampleLedger.Clerk, new Command("payroll.check", ("payroll", payroll.Payroll))).Result!;
            Assert.Equal(PayrollState.Checked, check.Payroll.State);
            found.AddRange(check.Findings.Select(f => $"{f.Rule.Code} {f.At.File} {f.At.Row}"));
        }
        Assert.Equal(["payroll.differs payroll-a1.csv 9"], found);
        var received = sample.Ask(v => v.List<PayrollFindingRow>());
        Assert.Equal(["payroll.no-confirmation", "payroll.differs"], received.Select(f => f.Rule));
        Assert.Equal(["…", "6088.00|5888.00|…"], received.Select(f => f.Arguments));
    }

    /// <summary>A payroll taken in before the terms was due on the latest day the law allows, for good.</summary>
    [Theory]
    [InlineData(Engines.Sqlite, true)]
    [InlineData(Engines.Sqlite, false)]
    [InlineData(Engines.Postgres, true)]
    public void Terms_that_come_after_the_sheet_make_the_wage_due_as_agreed(string engine, bool beforeCheck)
    {
        using var database = Databases.Fresh(engine);
        var sample = new SampleLedger(database.Store);
        sample.Done(SampleLedger.Clerk, SampleLedger.Sheet("project.register", ProjectRegister.Input, "projects.csv"));
        sample.Done(SampleLedger.Clerk, SampleLedger.Sheet("roster.import", RosterImport.Input, "roster-c.xlsx"));
        sample.Done(SampleLedger.Clerk,
            SampleLedger.Sheet("attendance.import", AttendanceImport.Input, "attendance-c.csv"));
        var payroll = (PayrollRow)sample.Done(SampleLedger.Clerk, SampleLedger.Payroll(SampleLedger.Employers[^1]))
            .Result!;
        Assert.Equal(new NodaTime.LocalDate(2026, 2, 28), payroll.DueDate);
        if (beforeCheck) Terms(sample);
        var check = (CheckResult)sample.Done(SampleLedger.Clerk,
            new Command("payroll.check", ("payroll", payroll.Payroll))).Result!;
        Assert.Equal(new NodaTime.LocalDate(2026, 2, beforeCheck ? 13 : 28), check.Payroll.DueDate);
        if (!beforeCheck) Terms(sample);
        sample.Done(SampleLedger.Clerk, SampleLedger.Act("payroll.submit", payroll));
        var approved = (PayrollRow)sample.Done(SampleLedger.Administrator,
            SampleLedger.Act("payroll.approve", payroll)).Result!;
        Assert.Equal(new NodaTime.LocalDate(2026, 2, 13), approved.DueDate);
    }

    private static void Terms(SampleLedger sample) =>
        sample.Done(SampleLedger.Clerk, SampleLedger.Sheet("terms.import", TermsImport.Input, "terms-c.csv"));
}
