using System.CommandLine;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using NodaTime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>project compliance: contracts, accounts and heads beside the wages, by project or by worker.</summary>
internal static class ComplianceCommand
{
    /// <summary>A worker with what was found.</summary>
    private sealed record Lacking(long Worker, string Project, LocalDate JoinedOn, LocalDate? SignedOn,
        IReadOnlyList<ComplianceFinding> Findings);

    public static Command Create()
    {
        var project = new Option<string?>("--project") { Description = "项目编码 / code of a project" };
        var workers = new Option<bool>("--workers") { Description = "逐人列出问题 / every worker with a finding" };
        var compliance = new Command("compliance", "合同、账户与人数情况, 不影响发薪 / contracts, accounts and heads; "
            + "holds no wage") { project, workers };
        compliance.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            using var view = session.Store.Read(ledger);
            var today = ChinaTime.DayOf(session.Now(ledger));
            var facts = view.Lists.Compliance(RegisterCommands.ProjectOf(view, parse.GetValue(project)), today);
            if (parse.GetValue(workers)) Print(session.Output, facts, today);
            else Print(session.Output, facts, view.Queries.MonthHeads(Month(today, -1), Month(today, 0)), today);
            return ExitStatus.Done;
        });
        return compliance;
    }

    private static LocalDate Month(LocalDate today, int months) =>
        new LocalDate(today.Year, today.Month, 1).PlusMonths(months);

    private static void Print(Output output, IEnumerable<ComplianceFacts> facts, LocalDate today) => output.Table(
        [.. facts.Select(f => new Lacking(f.Worker, f.ProjectCode, f.JoinedOn, f.SignedOn,
            [.. Compliance.Of(f, today)])).Where(w => w.Findings.Count > 0)],
        ("worker", w => w.Worker), ("project", w => w.Project), ("joined", w => w.JoinedOn),
        ("contract", w => w.SignedOn),
        ("found", w => string.Join(", ", w.Findings.Select(f => Terms.Of(f, output.Chinese)))));

    private static void Print(Output output, IEnumerable<ComplianceFacts> facts,
        IReadOnlyList<Engine.Arrears.MonthHeads> heads, LocalDate today) => output.Table(
        Compliance.Sum(facts, heads, today), ("project", p => p.Project), ("workers", p => p.Workers),
        ("contract %", p => p.ContractPercent), ("no contract", p => p.NoContract),
        ("contract late", p => p.ContractLate), ("no account", p => p.NoAccount), ("at work", p => p.Attended),
        ("on payrolls", p => p.Claimed), ("paid", p => p.Paid));
}
