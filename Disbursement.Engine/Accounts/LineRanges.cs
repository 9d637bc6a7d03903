namespace Disbursement.Engine.Accounts;

/// <summary>Lines of one payroll from one to another, both in.</summary>
public readonly record struct LineRange(long Payroll, long From, long To);

/// <summary>Lines written as ranges: a whole payroll of 50,000 lines is one row.</summary>
public static class LineRanges
{
    /// <summary>Joins contiguous lines. The lines come in order of payroll and line, each once.</summary>
    public static IReadOnlyList<LineRange> Join(IEnumerable<(long Payroll, long Line)> lines)
    {
        var ranges = new List<LineRange>();
        foreach (var (payroll, line) in lines)
            if (ranges.Count > 0 && ranges[^1] is var last && last.Payroll == payroll && last.To == line - 1)
                ranges[^1] = last with { To = line };
            else
                ranges.Add(new LineRange(payroll, line, line));
        return ranges;
    }
}
