using System.CommandLine;
using System.Text;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>payroll check|submit|approve|send-back|withdraw|show|list and claim show|void.</summary>
public static class PayrollCommands
{
    public static Command Create() => new("payroll", "工资支付表 / payrolls")
    {
        Check(), Signed("submit", "提交审核 / hand in"), Signed("approve", "审核通过 / approve"), SendBack(), Withdraw(),
        Show(), List(),
    };

    public static Command Claims() => new("claim", "应付工资 / wage claims") { ShowClaim(), Void(), ClaimList.Create() };

    /// <param name="again">Said before the answer where the act was done before.</param>
    internal static int Print(Session session, PayrollRow p, bool repeat = false, string again = "")
    {
        session.Output.Print(new { payroll = p, repeat },
            (repeat ? again : "") + $"{session.Output.Text("工资表", "payroll")} {p.Payroll} "
            + $"{session.Output.State(p.State)} {p.LinesDeclared} "
            + $"{new Money(p.DeclaredFen).ToYuan()} {p.DueDate:uuuu-MM-dd}");
        return ExitStatus.Done;
    }

    private static Argument<long> Id(string noun) => new(noun) { Description = "编号 / number" };

    private static Command Check()
    {
        var id = Id("payroll");
        var check = new Command("check", "与考勤、合同和其他工资表核对 / hold to attendance and terms") { id };
        check.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("payroll.check", ("payroll", parse.GetValue(id))), outcome =>
            {
                var result = (CheckResult)outcome.Result!;
                var p = result.Payroll;
                session.Output.Findings(result.Findings);
                session.Output.Print(new { payroll = p, findings = result.Findings.Select(Output.Plain) },
                    session.Output.Text(
                        $"工资表 {p.Payroll} {session.Output.State(p.State)}, 发现 {result.Findings.Count} 处问题",
                        $"payroll {p.Payroll} {p.State}, {result.Findings.Count} findings"));
                return result.Findings.Count > 0 ? ExitStatus.FoundWrong : ExitStatus.Done;
            });
        });
        return check;
    }

    /// <summary>Acts that sign for what the payroll holds: its lines root and amount.</summary>
    private static Command Signed(string act, string description)
    {
        var id = Id("payroll");
        var command = new Command(act, description) { id };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            var p = Find(session, parse.GetValue(id));
            return session.Run(new Engine.Runtime.Command($"payroll.{act}", ("payroll", parse.GetValue(id)),
                ("lines_root", p?.LinesRoot ?? ""), ("amount_fen", p?.DeclaredFen ?? 0)),
                outcome => Print(session, (PayrollRow)outcome.Result!, outcome.Repeat));
        });
        return command;
    }

    private static Command SendBack()
    {
        var id = Id("payroll");
        var reason = new Option<string>("--reason") { Required = true, Description = "退回原因 / why" };
        var back = new Command("send-back", "退回 / send back") { id, reason };
        back.SetAction(parse =>
        {
            var session = new Session(parse);
            var document = new InputDocument(
                PayrollSendBack.Input, Encoding.UTF8.GetBytes(parse.GetValue(reason)!), Personal: true);
            return session.Run(
                new Engine.Runtime.Command("payroll.send-back", ("payroll", parse.GetValue(id))).With(document),
                outcome => Print(session, (PayrollRow)outcome.Result!, outcome.Repeat));
        });
        return back;
    }

    private static Command Withdraw()
    {
        var id = Id("payroll");
        var withdraw = new Command("withdraw", "撤回 / withdraw") { id };
        withdraw.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("payroll.withdraw", ("payroll", parse.GetValue(id))),
                outcome => Print(session, (PayrollRow)outcome.Result!, outcome.Repeat));
        });
        return withdraw;
    }

    private static Command Show()
    {
        var id = Id("payroll");
        var show = new Command("show", "一份工资表 / one payroll") { id };
        show.SetAction(parse =>
        {
            var session = new Session(parse);
            if (Find(session, parse.GetValue(id)) is not { } payroll)
                return session.Output.Refused([Guard.NotFound("payroll", $"{parse.GetValue(id)}")]);
            using var view = session.Store.Read(session.Ledger());
            var answer = PayrollAnswer.Of(view, payroll, session.Now(session.Ledger()));
            session.Output.Print(answer, answer.Words(session.Output));
            return ExitStatus.Done;
        });
        return show;
    }

    private static Command List()
    {
        var list = new Command("list", "列出工资表 / list payrolls");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var payrolls = view.List<PayrollRow>();
            session.Output.Table(payrolls, ("payroll", p => p.Payroll), ("state", p => p.State),
                ("period", p => p.Period), ("kind", p => p.Kind), ("due", p => $"{p.DueDate:uuuu-MM-dd}"),
                ("lines", p => p.LinesDeclared), ("yuan", p => new Money(p.DeclaredFen).ToYuan()));
            var refused = string.Join(", ", payrolls.Where(p => p.State == PayrollState.Refused)
                .Select(p => p.Payroll));
            if (refused.Length > 0 && !session.Output.Json)
                Console.Out.WriteLine("  → " + session.Output.Text(
                    $"核对未通过的工资表 {refused}: 原因和下一步见 payroll show 编号",
                    $"payrolls that did not pass: {refused}; payroll show N tells why, and what next"));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command ShowClaim()
    {
        var id = Id("claim");
        var show = new Command("show", "一笔应付工资 / one claim with its payments") { id };
        show.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            if (view.Find<WageClaimRow>(("claim", parse.GetValue(id))) is not { } claim)
                return session.Output.Refused([Guard.NotFound("claim", $"{parse.GetValue(id)}")]);
            var answer = ClaimAnswer.Of(view, claim, session.Now(session.Ledger()));
            session.Output.Print(answer, answer.Words(session.Output));
            return ExitStatus.Done;
        });
        return show;
    }

    private static Command Void()
    {
        var id = Id("claim");
        var evidence = new Option<FileInfo>("--evidence") { Required = true, Description = "凭据文件 / the document" };
        var command = new Command("void", "作废, 须两人 / void it, by two people") { id, evidence };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            var document = ImportCommands.Document(ClaimVoid.Input, parse.GetValue(evidence)!);
            return session.Run(new Engine.Runtime.Command("claim.void", ("claim", parse.GetValue(id))).With(document),
                outcome =>
                {
                    session.Output.Print(new { voided = outcome.Result, repeat = outcome.Repeat },
                        session.Output.Text("已作废", "voided"));
                    return ExitStatus.Done;
                });
        });
        return command;
    }

    private static PayrollRow? Find(Session session, long id)
    {
        using var view = session.Store.Read(session.Ledger());
        return view.Find<PayrollRow>(("payroll", id));
    }
}
