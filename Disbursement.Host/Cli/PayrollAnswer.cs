using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>Claims of a payroll in one state: how many, how much.</summary>
public sealed record StandingCount(ClaimStanding Standing, ClaimState State, long Lines, long AmountFen);

/// <summary>A payroll with where its claims stand, the releases that carry them, and those neither paid nor void.
/// </summary>
/// <param name="Open">Claims tried at least once and neither paid nor voided, the first <see cref="Most"/>.</param>
/// <param name="OpenMore">How many more there are.</param>
public sealed record PayrollAnswer(PayrollRow Payroll, IReadOnlyList<StandingCount> Standings,
    IReadOnlyList<ReleaseRow> Releases, IReadOnlyList<DisbursementFileRow> Files, IReadOnlyList<ClaimAnswer> Open,
    long OpenMore)
{
    public const int Most = 50;

    public static PayrollAnswer Of(LedgerView view, PayrollRow payroll, Instant at)
    {
        var claims = view.Queries.ClaimsOfPayroll(payroll.Payroll).Select(c => (Facts: c, State: c.State(at))).ToList();
        var counts = claims.GroupBy(c => c.State).OrderBy(g => g.Key).Select(g => new StandingCount(
            ClaimStates.Standing(g.Key), g.Key, g.LongCount(), g.Sum(c => c.Facts.NetFen))).ToList();
        var open = claims.Where(c => c.Facts.Attempt > 0
            && ClaimStates.Standing(c.State) is ClaimStanding.Unpaid or ClaimStanding.InFlight).ToList();
        // What waits for somebody before what merely waits for the bank.
        var shown = open.OrderBy(c => c.State is ClaimState.Filed or ClaimState.Sent).Take(Most)
            .Select(c => ClaimAnswer.Of(view, view.Find<WageClaimRow>(("claim", c.Facts.Claim))!, at)).ToList();
        var releases = view.List<ReleaseRangeRow>(("payroll", payroll.Payroll)).Select(r => r.Release).Distinct()
            .Select(r => view.Find<ReleaseRow>(("release", r))!).ToList();
        var files = releases.SelectMany(r => view.List<DisbursementFileRow>(("release", r.Release))).ToList();
        return new PayrollAnswer(payroll, counts, releases, files, shown, open.Count - shown.Count);
    }

    public string Words(Output output)
    {
        var (p, zh) = (Payroll, output.Chinese);
        var lines = new List<string>
        {
            output.Text("工资表 ", "payroll ") + $"{p.Payroll} {Terms.Of(p.State, zh)}, {p.Period}, "
                + output.Text("应付日 ", "due ") + $"{Output.Cell(p.DueDate)}",
            Sum(output, output.Text("应付", "declared"), p.LinesDeclared, p.DeclaredFen),
            Sum(output, Terms.Of(ClaimStanding.Paid, zh), p.LinesPaid, p.PaidFen),
            Sum(output, Terms.Of(ClaimStanding.InFlight, zh), p.LinesInFlight, p.InFlightFen),
            Sum(output, Terms.Of(ClaimStanding.Unpaid, zh), p.LinesUnpaid, p.UnpaidFen),
            Sum(output, Terms.Of(ClaimStanding.Voided, zh), p.LinesVoided, p.VoidedFen),
        };
        lines.AddRange(Standings.Where(s => s.Standing is ClaimStanding.Unpaid or ClaimStanding.InFlight)
            .Select(s => Sum(output, $"  {Terms.Of(s.Standing, zh)}: {Terms.Of(s.State, zh)}", s.Lines, s.AmountFen)));
        lines.AddRange(Releases.Select(r => "  " + Sum(output, output.Text("批次 ", "release ")
            + $"{r.Release} {Terms.Of(r.Kind, zh)}, {Terms.Of(r.State, zh)}", r.Lines, r.AmountFen)));
        lines.AddRange(Files.Select(f => "  " + Sum(output, output.Text("文件 ", "file ")
            + $"{f.File} {f.Reference}, {Terms.Of(f.State, zh)}", f.Lines, f.TotalFen)));
        lines.AddRange(Open.Select(c => output.Text($"  第 {c.Claim.PayrollLine} 行, 应付工资 {c.Claim.Claim}: ",
            $"  line {c.Claim.PayrollLine}, claim {c.Claim.Claim}: ")
            + $"{new Money(c.Claim.NetFen).ToYuan()}, {c.Stands(zh)}"));
        if (OpenMore > 0)
            lines.Add(output.Text($"  另有 {OpenMore} 笔; 用 claim show 查看各笔",
                $"  and {OpenMore} more; see each with claim show"));
        return string.Join('\n', lines);
    }

    private static string Sum(Output output, string what, long count, long fen) =>
        $"  {what}: {count} {output.Text("笔", "lines")}, {new Money(fen).ToYuan()}";
}
