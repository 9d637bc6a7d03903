using Disbursement.Engine.Arrears;
using Disbursement.Host.Cli;
using Disbursement.Host.Storage;
using Spectre.Console;

namespace Disbursement.Host.Demo;

/// <summary>
/// Where the demo ends: a table that adds up, checked against base facts, the banks' books and the log.
/// </summary>
public sealed record DemoReport
{
    public required bool Changed { get; init; }
    public required IReadOnlyList<ProjectTotals> Projects { get; init; }
    public required long LinesDeclared { get; init; }
    public required long LinesPaid { get; init; }
    public required long LinesInFlight { get; init; }
    public required long LinesUnpaid { get; init; }
    public required long LinesVoided { get; init; }
    public required long DeclaredFen { get; init; }
    public required long PaidFen { get; init; }
    public required long InFlightFen { get; init; }
    public required long UnpaidFen { get; init; }
    public required long VoidedFen { get; init; }
    public required long Obligations { get; init; }
    public required long ObligationsOpen { get; init; }
    public required long Warnings { get; init; }
    public required long FeedRecords { get; init; }
    public required long Exceptions { get; init; }
    public required long LogSize { get; init; }
    public required bool LogVerified { get; init; }
    public required bool CountersAgreeWithFacts { get; init; }
    public required IReadOnlyList<string> BankDifferences { get; init; }

    /// <summary>Everything that must hold at the end of a demo.</summary>
    public bool Holds => LogVerified && CountersAgreeWithFacts && BankDifferences.Count == 0 && Projects.Count > 0
        && Projects.All(p => p.AddsUp);

    public static DemoReport Of(DemoWorld world, bool changed, bool logVerified)
    {
        using var view = world.Composition.Store.Read(world.Ledger);
        var projects = ProjectTotals.Of(view);
        return new DemoReport
        {
            Changed = changed,
            Projects = projects,
            LinesDeclared = projects.Sum(p => p.LinesDeclared),
            LinesPaid = projects.Sum(p => p.LinesPaid),
            LinesInFlight = projects.Sum(p => p.LinesInFlight),
            LinesUnpaid = projects.Sum(p => p.LinesUnpaid),
            LinesVoided = projects.Sum(p => p.LinesVoided),
            DeclaredFen = projects.Sum(p => p.DeclaredFen),
            PaidFen = projects.Sum(p => p.PaidFen),
            InFlightFen = projects.Sum(p => p.InFlightFen),
            UnpaidFen = projects.Sum(p => p.UnpaidFen),
            VoidedFen = projects.Sum(p => p.VoidedFen),
            Obligations = view.Count<ObligationRow>(),
            ObligationsOpen = view.List<ObligationRow>().Count(o => o.LinesOpen > 0),
            Warnings = view.Count<WarningRow>(),
            FeedRecords = view.Count<OutboxRow>(),
            Exceptions = view.Count<Engine.Returns.BankExceptionRow>(),
            LogSize = world.Composition.Store.Ledgers().First(l => l.Ledger == world.Ledger).Leaves,
            LogVerified = logVerified,
            CountersAgreeWithFacts = projects.SequenceEqual(ProjectTotals.FromFacts(view)),
            BankDifferences = BankComparison.Differences(view, world.Banks),
        };
    }

    public void Print(Output output)
    {
        if (output.Json)
        {
            output.Print(this, "");
            return;
        }
        AnsiConsole.Write(Standings(output));
        var verified = LogVerified ? output.Text("已验证", "verified") : output.Text("未通过", "FAILED");
        Console.Out.WriteLine(output.Text(
            $"先行清偿义务 {Obligations} (未了 {ObligationsOpen})，预警 {Warnings}，推送 {FeedRecords}，"
                + $"银行异常 {Exceptions}，日志 {LogSize} 条 {verified}",
            $"obligations {Obligations} ({ObligationsOpen} open), warnings {Warnings}, feed records {FeedRecords}, "
                + $"bank exceptions {Exceptions}, log of {LogSize} leaves {verified}"));
        Console.Out.WriteLine(BankDifferences.Count == 0
            ? output.Text("三家银行自己的账与我们一致", "the three banks' own books agree with ours")
            : string.Join('\n', BankDifferences));
        if (!CountersAgreeWithFacts) Console.Out.WriteLine(output.Text("计数与事实不符", "counters differ from base facts"));
        if (!Changed)
            Console.Out.WriteLine(output.Text("此目录已完成演示: 没有任何变动",
                "this folder held a finished demo: nothing was changed"));
    }

    private Table Standings(Output output)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(output.Text("项目", "project"));
        foreach (var (zh, en) in new[] { ("应付", "declared"), ("已付", "paid"), ("在途", "in flight"),
            ("未付", "unpaid"), ("作废", "voided") })
            table.AddColumn(new TableColumn(output.Text(zh, en)).RightAligned());
        foreach (var p in Projects)
            table.AddRow(Markup.Escape($"{p.Project} {p.Name}"),
                Cell(p.LinesDeclared, p.DeclaredFen), Cell(p.LinesPaid, p.PaidFen),
                Cell(p.LinesInFlight, p.InFlightFen), Cell(p.LinesUnpaid, p.UnpaidFen),
                Cell(p.LinesVoided, p.VoidedFen));
        table.AddRow(output.Text("合计", "all"), Cell(LinesDeclared, DeclaredFen), Cell(LinesPaid, PaidFen),
            Cell(LinesInFlight, InFlightFen), Cell(LinesUnpaid, UnpaidFen), Cell(LinesVoided, VoidedFen));
        return table;
    }

    private static string Cell(long lines, long fen) => $"{lines} · {new Engine.Primitives.Money(fen).ToYuan()}";
}
