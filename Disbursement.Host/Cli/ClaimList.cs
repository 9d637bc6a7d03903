using System.CommandLine;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.Host.Cli;

/// <summary>claim list: wage claims by number, of a payroll, a worker or a project, a page at a time.</summary>
internal static class ClaimList
{
    /// <summary>As `payroll show` tells states: from what was tried. That money waits for it, `claim show` tells.
    /// </summary>
    private sealed record Listed(long Claim, long Worker, long Project, long Employer, long Payroll, long PayrollLine,
        string Period, long NetFen, ClaimStanding Standing, ClaimState State, long? Obligation);

    public static Command Create()
    {
        var payroll = new Option<long>("--payroll") { Description = "工资表编号 / number of a payroll" };
        var worker = new Option<long>("--worker") { Description = "工人编号 / number of a worker" };
        var project = new Option<string?>("--project") { Description = "项目编码 / code of a project" };
        var page = new ListPage();
        var list = new Command("list", "列出应付工资 / list wage claims") { payroll, worker, project };
        page.AddTo(list);
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var at = session.Now(session.Ledger());
            var claims = view.Lists.ClaimPage(RegisterCommands.ProjectOf(view, parse.GetValue(project)),
                parse.GetValue(payroll), parse.GetValue(worker), page.After(parse), page.Asked(parse)).Select(c =>
                {
                    var state = c.State(at);
                    return new Listed(c.Claim, c.Worker, c.Project, c.Subcontractor, c.Payroll, c.PayrollLine, c.Period,
                        c.NetFen, ClaimStates.Standing(state), state, c.Obligation);
                });
            session.Output.Page(claims, page.Limit(parse), c => c.Claim, ("claim", c => c.Claim),
                ("worker", c => c.Worker), ("payroll", c => c.Payroll), ("line", c => c.PayrollLine),
                ("period", c => c.Period), ("yuan", c => new Money(c.NetFen).ToYuan()), ("standing", c => c.Standing),
                ("state", c => c.State), ("obligation", c => c.Obligation));
            return ExitStatus.Done;
        });
        return list;
    }
}
