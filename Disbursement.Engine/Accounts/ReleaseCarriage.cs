using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>Which claims a release carries: its ranges, less what left it.</summary>
public static class ReleaseCarriage
{
    /// <summary>Lines still in the release, in order of payroll and line.</summary>
    public static IReadOnlyList<ReleaseLine> Of(IRowReader rows, ISetQueries queries, long release, Instant at)
    {
        var lines = queries.ReleaseLines(release, at);
        var left = rows.List<ReleaseLeftRow>(("release", release));
        if (left.Count == 0) return lines;
        var gone = new HashSet<(long, long)>();
        foreach (var range in left)
            for (var line = range.FromLine; line <= range.ToLine; line++) gone.Add((range.Payroll, line));
        return [.. lines.Where(l => !gone.Contains((l.Payroll, l.PayrollLine)))];
    }

    /// <summary>Rows that say these lines leave the release.</summary>
    public static IReadOnlyList<ReleaseLeftRow> Leave(long release, IEnumerable<ReleaseLine> lines, string cause) =>
        [.. LineRanges.Join(lines.Select(l => (l.Payroll, l.PayrollLine))).Select(r => new ReleaseLeftRow
        {
            Release = release,
            Payroll = r.Payroll,
            FromLine = r.From,
            ToLine = r.To,
            Cause = cause,
        })];

    /// <summary>Rows that say the release carries these lines.</summary>
    public static IReadOnlyList<ReleaseRangeRow> Carry(long release, IEnumerable<(long Payroll, long Line)> lines) =>
        [.. LineRanges.Join(lines).Select(r => new ReleaseRangeRow
        {
            Release = release,
            Payroll = r.Payroll,
            FromLine = r.From,
            ToLine = r.To,
        })];
}

/// <summary>Why a line left a release. The words stand in release_left.</summary>
public static class ReleaseExit
{
    /// <summary>Its worker has no approved payee account in effect.</summary>
    public const string NoPayee = "no-payee";
    /// <summary>Larger than the bank takes in one row or one file.</summary>
    public const string OverLimit = "over-limit";
    /// <summary>It was paid outside or voided meanwhile.</summary>
    public const string Met = "met";
    /// <summary>The money covered it when it did not cover all: it goes in a partial release.</summary>
    public const string Covered = "covered";
    /// <summary>The account was impaired: it waits for money in a release of its own.</summary>
    public const string Yielded = "yielded";
    /// <summary>The general contractor or the deposit pays it instead.</summary>
    public const string Advanced = "advanced";
    /// <summary>After a restore: the send journal shows that it has gone out.</summary>
    public const string Journalled = "journalled";

    /// <summary>Why a line needs no money of its release any more; null where it does.</summary>
    public static string? Of(ReleaseLine line, HashSet<long> locked) =>
        line.Met ? Met : locked.Contains(line.Claim) ? Journalled : null;
}
