using System.Text.Json.Serialization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Intake;
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

    /// <summary>So many of the findings that refused it are printed; --json and payroll check have them all.</summary>
    public const int MostFindings = 20;

    /// <summary>What was found on a payroll that did not pass.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Kept { get; init; } = [];

    /// <summary>The same as in every document; null where it passed or is not checked yet.</summary>
    public IReadOnlyList<object>? Findings => Kept.Count == 0 ? null : [.. Kept.Select(Output.Plain)];

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
        return new PayrollAnswer(payroll, counts, releases, files, shown, open.Count - shown.Count)
        {
            Kept = payroll.State == PayrollState.Refused
                ? KeptFindings.Of(view, view.Vault, new EngineSheets(), payroll) : [],
        };
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
        lines.AddRange(Refusing(output));
        if (Next(output) is { } next) lines.Add($"  → {next}");
        return string.Join('\n', lines);
    }

    /// <summary>The findings that made it Refused, as payroll check tells them.</summary>
    private IEnumerable<string> Refusing(Output output)
    {
        var blocking = Kept.Where(f => f.Rule.Severity == Severity.Refusal).ToList();
        if (blocking.Count > 0)
            yield return output.Text($"  {blocking.Count} 处问题使核对未通过:",
                $"  {blocking.Count} findings refused it:");
        foreach (var finding in blocking.Take(MostFindings)) yield return $"  {output.Said(finding)}";
        if (blocking.Count > MostFindings)
            yield return output.Text($"  另有 {blocking.Count - MostFindings} 处; 用 payroll check {Payroll.Payroll} 查看",
                $"  and {blocking.Count - MostFindings} more; see payroll check {Payroll.Payroll}");
    }

    /// <summary>What brings it on; null once it waits for nobody here.</summary>
    private string? Next(Output output) => Payroll.State switch
    {
        PayrollState.Received or PayrollState.SentBack => output.Text($"核对: payroll check {Payroll.Payroll}",
            $"Have it checked: payroll check {Payroll.Payroll}"),
        PayrollState.Checked => output.Text($"提交: payroll submit {Payroll.Payroll}",
            $"Hand it in: payroll submit {Payroll.Payroll}"),
        PayrollState.Submitted => output.Text($"由劳资专管员审核: payroll approve {Payroll.Payroll}",
            $"The wage administrator approves it: payroll approve {Payroll.Payroll}"),
        PayrollState.Refused => output.Text(
            "此表到此为止: 更正表格 (或补录考勤、合同约定) 后重新导入 (import payroll), 成为另一份工资表",
            "It ends here: correct the sheet (or import the attendance or terms it lacks) and import it again (import "
            + "payroll): the corrected sheet is another payroll"),
        _ => null,
    };

    private static string Sum(Output output, string what, long count, long fen) =>
        $"  {what}: {count} {output.Text("笔", "lines")}, {new Money(fen).ToYuan()}";
}
