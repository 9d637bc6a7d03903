using System.CommandLine;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Calendars;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>warning list, rules, replay, ack, handle, reply and close.</summary>
public static class WarningCommands
{
    public static Command Create() => new("warning", "欠薪预警 / arrears warnings")
    {
        List(), Rules(), ReplayCommand.Create(),
        Act("ack", "接收 / acknowledge"), Act("handle", "处置 / begin handling"),
        Act("reply", "反馈 / reply"), Act("close", "销号 / close"),
    };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "含已销号和已解除的 / closed and cleared ones too" };
        var list = new Command("list", "列出预警 / list warnings") { all };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var rows = view.List<WarningRow>().Where(w => parse.GetValue(all) || WarningBook.Live(w.State))
                .Select(w => new
                {
                    w.Warning,
                    w.Rule,
                    w.Subject,
                    w.Episode,
                    w.Tier,
                    w.Level,
                    shown = WarningBook.Shown(w),
                    w.State,
                    w.RaisedAt,
                    w.AmountFen,
                    w.Lines,
                }).ToList();
            session.Output.Table(rows, ("warning", w => w.Warning), ("rule", w => w.Rule), ("subject", w => w.Subject),
                ("episode", w => w.Episode), ("tier", w => w.Tier), ("level", w => w.Level), ("shown", w => w.shown),
                ("state", w => w.State), ("lines", w => w.Lines),
                ("yuan", w => new Engine.Primitives.Money(w.AmountFen).ToYuan()));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Rules()
    {
        var rules = new Command("rules", "现行预警规则 / the rules in force");
        rules.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            using var view = session.Store.Read(ledger);
            var pack = RulePack.InForce(view, view.Vault, ledger, ChinaTime.DayOf(session.Now(ledger)));
            if (!pack.Accepted && pack.Findings[0].Rule == ArrearsRules.PackMissing) throw Usage.NoRulePack;
            if (!pack.Accepted) return session.Output.Refused(pack.Findings);
            session.Output.Table(pack.Value.Rules, ("code", r => r.Code),
                ("evaluated", r => r.Evaluated), ("level", r => r.Level),
                ("tier", r => r.Tier), ("mark", r => r.Mark), ("source", r => r.Source),
                ("rule", r => session.Output.Text(r.Zh, r.En)));
            return ExitStatus.Done;
        });
        return rules;
    }

    private static Command Act(string act, string words)
    {
        var id = new Argument<long>("warning") { Description = "编号 / number" };
        var command = new Command(act, words) { id };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("warning." + act, ("warning", parse.GetValue(id))), outcome =>
            {
                var warning = (WarningRow)outcome.Result!;
                session.Output.Print(warning, $"{warning.Warning}: {session.Output.State(warning.State)}");
                return ExitStatus.Done;
            });
        });
        return command;
    }
}
