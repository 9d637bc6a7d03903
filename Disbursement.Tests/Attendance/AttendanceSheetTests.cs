using Disbursement.Engine.Attendance;
using FsCheck.Xunit;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Attendance;

public sealed class AttendanceSheetTests
{
    [Fact]
    public void Hours_become_minutes_and_the_row_is_kept()
    {
        var row = $"{Identity(1)}|{Project}|2026/3/2|7.5|1.25|0|0.33|12.5";
        var line = Assert.Single(AttendanceSheet.Read(Table(AttendanceHead, row), "sha256:样例", Checks).Value);
        Assert.Equal(new AttendanceRecord("sha256:样例", 2, From.PlusDays(1), 450, 75, 0, 20, 1250), line.Record);
    }

    [Fact]
    public void A_day_twice_is_refused_with_the_row_of_the_first()
    {
        var day = AttendanceRow(1, "2026-03-02");
        var decision =
            AttendanceSheet.Read(Table(AttendanceHead, day, AttendanceRow(2, "2026-03-02"), day), "d", Checks);
        var finding = Assert.Single(decision.Findings);
        Assert.Equal((AttendanceRules.DuplicateDay, 4L, "2"), (finding.Rule, finding.At.Row, finding.Arguments[0]));
    }

    [Property(MaxTest = 200)]
    public bool Nothing_in_a_cell_makes_it_throw(string cell, int column)
    {
        var good = AttendanceRow(1, "2026-03-02").Split('|');
        good[Math.Abs(column % good.Length)] = cell ?? "";
        var decision = AttendanceSheet.Read(Table(AttendanceHead, string.Join('|', good)), "d", Checks);
        return decision.Accepted || decision.Findings.Count > 0;
    }
}
