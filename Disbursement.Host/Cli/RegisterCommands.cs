using System.CommandLine;
using System.Text;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>project list, employer list and worker list: the registers that everything else names by number or code.
/// </summary>
public static class RegisterCommands
{
    public static Command Projects()
    {
        var list = new Command("list", "列出项目 / list projects");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Table(view.List<ProjectRow>(), ("project", p => p.Project), ("code", p => p.Code),
                ("name", p => p.Name), ("contractor", p => p.ContractorName), ("owner", p => p.OwnerName),
                ("region", p => p.Region));
            return ExitStatus.Done;
        });
        return new Command("project", "项目 / projects")
        {
            list, ComplianceCommand.Create(), ErasureCommands.Complete(),
        };
    }

    public static Command Employers()
    {
        var list = new Command("list", "列出用工单位 / list employers");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Table(view.List<EmployerRow>(), ("employer", e => e.Employer),
                ("credit code", e => e.CreditCode), ("name", e => e.Name));
            return ExitStatus.Done;
        });
        return new Command("employer", "用工单位 / employers") { list };
    }

    /// <summary>Names and numbers of workers are personal and stay sealed: whoever knows an identity number finds the
    /// worker by it.</summary>
    public static Command Workers()
    {
        var project = new Option<string?>("--project") { Description = "项目编码 / code of a project" };
        var identity = new Option<string?>("--identity") { Description = "按身份证号查找 / find by identity number" };
        var page = new ListPage();
        var list = new Command("list", "列出工人及其登记 / list workers where they are registered") { project, identity };
        page.AddTo(list);
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var worker = 0L;
            if (parse.GetValue(identity) is { } number)
                // Of a person who came back after an erasure the newest number.
                worker = view.List<WorkerRow>(("identity_hash", WorkerText.HashOf(view.Vault, number)))
                    is [.., var last] ? last.Worker : Nobody;
            session.Output.Page(
                view.Lists.WorkerPage(ProjectOf(view, parse.GetValue(project)), worker, page.After(parse),
                    page.Asked(parse)),
                page.Limit(parse), r => r.Worker, ("worker", r => r.Worker), ("project", r => r.Project),
                ("employer", r => r.Employer), ("team", r => r.Team), ("trade", r => r.Trade),
                ("joined", r => r.JoinedOn), ("left on", r => r.LeftOn),
                ("erased", r => r.ErasedAfter is null ? "" : session.Output.Text("已删除", "erased")));
            return ExitStatus.Done;
        });
        return new Command("worker", "工人 / workers")
        {
            list, ComplaintCommands.Complain(), ComplaintCommands.Answer(), ComplaintCommands.Confirm(),
            ComplaintCommands.List(), ErasureCommands.Erase(),
        };
    }

    /// <summary>A number that no row has: what is asked for by a name nobody knows is in no list.</summary>
    private const long Nobody = -1;

    /// <summary>The project of a code; 0 where none is asked for.</summary>
    internal static long ProjectOf(LedgerView view, string? code) =>
        code is null ? 0 : view.Find<ProjectRow>(("code", code))?.Project ?? Nobody;
}
