using System.CommandLine;
using System.Text;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
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
        return new Command("project", "项目 / projects") { list };
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
        var list = new Command("list", "列出工人及其登记 / list workers where they are registered") { project, identity };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var wanted = parse.GetValue(identity) is { } number ? view.Vault.Hash("identity",
                Encoding.UTF8.GetBytes(IdentityNumber.Canonical(number))) : null;
            var (projects, employers) = (view.List<ProjectRow>().ToDictionary(p => p.Project),
                view.List<EmployerRow>().ToDictionary(e => e.Employer));
            var workers = view.List<WorkerRow>().Where(w => wanted is null || w.IdentityHash == wanted)
                .Select(w => w.Worker).ToHashSet();
            var rows = view.List<RegistrationRow>()
                .GroupBy(r => (r.Project, r.Employer, r.Worker)).Select(g => g.MaxBy(r => r.Version)!)
                .Where(r => workers.Contains(r.Worker)
                    && (parse.GetValue(project) is not { } code || projects[r.Project].Code == code))
                .OrderBy(r => r.Worker).ThenBy(r => r.Project).Select(r => new
                {
                    r.Worker,
                    project = projects[r.Project].Code,
                    employer = employers[r.Employer].CreditCode,
                    r.Team,
                    r.Trade,
                    r.JoinedOn,
                    r.LeftOn,
                }).ToList();
            session.Output.Table(rows, ("worker", r => r.Worker), ("project", r => r.project),
                ("employer", r => r.employer), ("team", r => r.Team), ("trade", r => r.Trade),
                ("joined", r => r.JoinedOn), ("left on", r => r.LeftOn));
            return ExitStatus.Done;
        });
        return new Command("worker", "工人 / workers") { list };
    }
}
