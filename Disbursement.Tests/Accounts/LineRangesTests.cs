using Disbursement.Engine.Accounts;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Accounts;

public class LineRangesTests
{
    [Property(MaxTest = 200)]
    public bool Ranges_hold_the_lines_they_were_made_of_and_no_two_of_them_touch(ushort[] numbers)
    {
        var lines = numbers.Select(n => (Payroll: 1L + n % 3, Line: 1L + n / 3 % 40)).Distinct().Order().ToList();
        var ranges = LineRanges.Join(lines);
        var back = ranges.SelectMany(r =>
            Enumerable.Range(0, (int)(r.To - r.From + 1)).Select(i => (r.Payroll, Line: r.From + i)));
        return back.SequenceEqual(lines)
            && ranges.Zip(ranges.Skip(1))
                .All(p => p.First.Payroll != p.Second.Payroll || p.First.To + 1 < p.Second.From);
    }

    [Fact]
    public void A_whole_payroll_is_one_range() =>
        Assert.Equal([new LineRange(4, 1, 50_000)],
            LineRanges.Join(Enumerable.Range(1, 50_000).Select(l => (4L, (long)l))));
}
