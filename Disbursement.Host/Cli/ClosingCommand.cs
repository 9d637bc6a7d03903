using System.CommandLine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime.Text;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>account closing: what stands against closing a project's wage account. It closes nothing.</summary>
internal static class ClosingCommand
{
    public static Command Create()
    {
        var code = new Argument<string>("project") { Description = "项目编码 / project code" };
        var notice = new Option<string?>("--notice") { Description = "公示起始日 / the day the notice was put up" };
        var closing = new Command("closing", "能否申请注销专户, 尚缺什么 / whether an account may be closed, and what is missing")
        {
            code, notice,
        };
        closing.SetAction(parse =>
        {
            var session = new Session(parse);
            var put = parse.GetValue(notice) is not { } text ? (NodaTime.LocalDate?)null
                : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value
                : throw Usage.NoDay("--notice", text);
            using var view = session.Store.Read(session.Ledger());
            var named = parse.GetValue(code)!;
            if (view.Find<ProjectRow>(("code", named)) is not { } project)
                return session.Output.Refused([Guard.NotFound("project", named)]);
            var account = view.Find<WageAccountRow>(("project", project.Project))!.Account;
            var last = view.Queries.LastEntry(account);
            var findings = AccountClosing.Against(view.Queries.RetainedProject(project.Project), put,
                ChinaTime.DayOf(session.Now(session.Ledger())), last?.ReservedAfterFen ?? 0);
            var balance = last?.PostedAfterFen ?? 0;
            session.Output.Findings(findings);
            // The balance is the general contractor's then (art. 27(2)).
            session.Output.Print(
                new { project = named, account, may_close = findings.Count == 0, balance_fen = balance },
                $"{named}: " + (findings.Count == 0
                    ? session.Output.Text($"可以申请注销, 余额 {new Money(balance)} 归施工总承包单位",
                        $"may be closed; the balance, {new Money(balance)}, is the general contractor's")
                    : session.Output.Text("不能注销", "may not be closed")));
            return findings.Count == 0 ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return closing;
    }
}
