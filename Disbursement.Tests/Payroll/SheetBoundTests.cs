using System.Globalization;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Intake;
using Disbursement.Host.Samples;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Payroll;

/// <summary>The bound of a payroll sheet as a file has it: so many lines, and the total row beside them.</summary>
public sealed class SheetBoundTests
{
    [Theory]
    [InlineData("样例.csv")]
    [InlineData("样例.xlsx")]
    public void A_sheet_of_the_most_lines_and_a_total_row_is_taken(string file)
    {
        var read = Read(file, CellReader.MaxRows);
        Assert.Empty(read.Findings);
        Assert.Equal(CellReader.MaxRows, read.Value.Lines.Count);
    }

    [Theory]
    [InlineData("样例.csv")]
    [InlineData("样例.xlsx")]
    public void A_sheet_of_one_line_more_is_refused_at_that_line(string file)
    {
        var refused = Assert.Single(Read(file, CellReader.MaxRows + 1).Findings,
            f => f.Rule.Severity == Severity.Refusal && f.Rule != PayrollRules.TotalsDisagree);
        Assert.Equal((SheetRules.TooLong, CellReader.MaxRows + 2L), (refused.Rule, refused.At.Row));
    }

    /// <summary>Only one row is the total: a sheet of nothing but total rows is not read without end.</summary>
    [Fact]
    public void Total_rows_after_the_first_are_counted()
    {
        var read = 0;
        IEnumerable<RawRow> Endless()
        {
            while (true) yield return new RawRow(++read, ["合计", "", "", "", "", ""]);
        }
        var table = new RawTable("样例", ["序号", "姓名", "身份证号", "出勤天数", "应发工资", "实发工资"], Endless());
        Assert.Contains("sheet.too-long", Codes(PayrollSheet.Read(table, Header, Context(1))));
        Assert.Equal(CellReader.MaxRows + 2, read);
    }

    private static Decision<PayrollDraft> Read(string file, int people)
    {
        var rows = Enumerable.Range(0, people).Select(n => PayrollRow(n).Split('|')).ToList();
        var sum = new Money(650_000L * people).ToYuan();
        rows.Add($"合计|{people.ToString(CultureInfo.InvariantCulture)}人||||{sum}||{sum}||||".Split('|'));
        var bytes = new SampleSheet(file, PayrollHead.Split('|'), rows).Bytes();
        var table = new EngineSheets().Read(SheetKind.Payroll, file, bytes);
        Assert.True(table.Accepted, string.Join('\n', table.Findings));
        var context = Context(people) with { Checks = new(_ => true, _ => true, _ => true, _ => true) };
        return PayrollSheet.Read(table.Value, Header, context);
    }
}
