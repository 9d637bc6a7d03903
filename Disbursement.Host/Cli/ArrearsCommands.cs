using System.CommandLine;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>arrears list, show, discharge and sweep; recovery list, recovered and write-off.</summary>
public static class ArrearsCommands
{
    public static Command Create() => new("arrears", "欠薪与先行清偿义务 / arrears and obligations")
    {
        List(), Show(), DischargeClaim(), Sweep(),
    };

    public static Command Recoveries() => new("recovery", "追偿 / recovery claims")
    {
        ListRecoveries(),
        Recovery("recovered", "已追回, 两人办理并附凭证 / paid back: two people and a document"),
        Recovery("write-off", "核销, 两人办理 / written off by two people"),
    };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "含已清偿的 / the discharged ones too" };
        var list = new Command("list", "列出义务 / list obligations") { all };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var rows = view.List<ObligationRow>().Where(o => parse.GetValue(all) || o.LinesOpen > 0).ToList();
            session.Output.Table(rows, ("obligation", o => o.Obligation),
                ("kind", o => o.Kind), ("project", o => o.Project),
                ("subcontractor", o => o.Subcontractor), ("payroll", o => o.Payroll), ("period", o => o.Period),
                ("episode", o => o.Episode), ("state", o => o.State), ("due", o => o.DueDate),
                ("next", o => o.NextDeadline), ("open", o => o.LinesOpen), ("open yuan", o => Yuan(o.OpenFen)));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Show()
    {
        var id = new Argument<long>("obligation") { Description = "编号 / number" };
        var show = new Command("show", "查看义务及其明细 / an obligation with its lines") { id };
        show.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var number = parse.GetValue(id);
            if (view.Find<ObligationRow>(("obligation", number)) is not { } header)
                return session.Output.Refused([Guard.NotFound("obligation", $"{number}")]);
            var now = session.Now(session.Ledger());
            var left = view.List<ObligationLineLeftRow>(("obligation", number)).ToDictionary(l => l.Line);
            var lines = view.List<ObligationLineRow>(("obligation", number)).Select(l => new
            {
                l.Line,
                l.Worker,
                l.Claim,
                l.AmountFen,
                left = left.GetValueOrDefault(l.Line)?.Cause,
                stands = l.Claim is { } claim
                    ? ClaimAnswer.Of(view, view.Find<WageClaimRow>(("claim", claim))!, now) : null,
                left.GetValueOrDefault(l.Line)?.Document,
            }).ToList();
            var today = now.InZone(DecisionContext.China).Date;
            var orders = OrderTie.Of(view, header).Select(o => new
            {
                o.Order.Number,
                o.Order.Authority,
                o.Order.IssuedOn,
                o.Order.Deadline,
                o.Line.AmountFen,
                unperformed = OrderTie.Unperformed(o.Order, header, today),
                o.Order.Document,
            }).ToList();
            if (session.Output.Json)
            {
                session.Output.Print(new { obligation = header, lines, orders }, "");
                return ExitStatus.Done;
            }
            Console.Out.WriteLine(Words(session.Output, header));
            var zh = session.Output.Chinese;
            session.Output.Table(lines, ("line", l => l.Line), ("worker", l => l.Worker), ("claim", l => l.Claim),
                ("yuan", l => Yuan(l.AmountFen)), ("state", l => l.stands?.Stands(zh)),
                ("left", l => l.left is { } cause ? Terms.Of(cause, zh) : ""), ("document", l => l.Document));
            if (orders.Count > 0)
                session.Output.Table(orders, (session.Output.Text("责令文书", "order"), o => o.Number),
                    (session.Output.Text("机关", "authority"), o => o.Authority),
                    (session.Output.Text("期限", "deadline"), o => o.Deadline), ("yuan", o => Yuan(o.AmountFen)),
                    (session.Output.Text("逾期未履行", "unperformed"), o => o.unperformed ? "!" : ""));
            return ExitStatus.Done;
        });
        return show;
    }

    private static string Words(Output output, ObligationRow o) =>
        output.Text($"义务 {o.Obligation} ", $"obligation {o.Obligation} ")
        + $"{Terms.Of(o.Kind, output.Chinese)}, {Terms.Of(o.State, output.Chinese)}: "
        + output.Text($"未了 {o.LinesOpen}/{o.Lines} 笔, {Yuan(o.OpenFen)}/{Yuan(o.AmountFen)} 元, ",
            $"open {o.LinesOpen}/{o.Lines} lines, {Yuan(o.OpenFen)}/{Yuan(o.AmountFen)} yuan, ")
        + output.Text($"应付日 {Output.Cell(o.DueDate)}, 下一期限 {Output.Cell(o.NextDeadline)}",
            $"due {Output.Cell(o.DueDate)}, next {Output.Cell(o.NextDeadline)}");

    private static string Yuan(long fen) => new Money(fen).ToYuan();

    private static Command DischargeClaim()
    {
        var claim = new Argument<long>("claim") { Description = "应付工资编号 / wage claim" };
        var evidence = new Option<FileInfo>("--evidence")
        {
            Required = true,
            Description = "付款凭证 / evidence of payment",
        };
        var discharge = new Command("discharge", "以证据清偿, 两人办理 / discharge by evidence, two people") { claim, evidence };
        discharge.SetAction(parse =>
        {
            var session = new Session(parse);
            var command = new Engine.Runtime.Command("arrears.discharge", ("claim", parse.GetValue(claim)))
                .With(Document(parse.GetValue(evidence)!));
            return session.Run(command, outcome =>
            {
                if (outcome.Result is BankExceptionRow exception)
                {
                    session.Output.Print(exception, session.Output.Text("该笔工资有在途或已付款, 记为可能重复支付",
                        "the claim has a live payment: noted as a possible double payment"));
                    return ExitStatus.FoundWrong;
                }
                var payment = (PaymentRow)outcome.Result!;
                session.Output.Print(payment, $"{payment.Claim}: "
                    + $"{Terms.Of(payment.Channel, session.Output.Chinese)} {Yuan(payment.AmountFen)}");
                return ExitStatus.Done;
            });
        });
        return discharge;
    }

    private static Command Sweep()
    {
        var sweep = new Command("sweep", "按今天核对应付日和预警规则 / hold due dates and warning rules to today");
        sweep.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("arrears.sweep"), outcome =>
            {
                session.Output.Print(new { changed = !outcome.Repeat, leaf = outcome.Leaf }, outcome.Repeat
                    ? session.Output.Text("无变化", "no change") : session.Output.Text("已更新", "updated"));
                return ExitStatus.Done;
            });
        });
        return sweep;
    }

    private static Command ListRecoveries()
    {
        var list = new Command("list", "列出追偿 / list recovery claims");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Table(view.List<RecoveryClaimRow>(), ("recovery", r => r.Recovery), ("state", r => r.State),
                ("debtor_kind", r => r.DebtorKind), ("debtor", r => r.Debtor), ("release", r => r.Release),
                ("yuan", r => Yuan(r.AmountFen)));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Recovery(string act, string words)
    {
        var id = new Argument<long>("recovery") { Description = "编号 / number" };
        var evidence = new Option<FileInfo>("--evidence") { Description = "凭证 / document" };
        var command = new Command(act, words) { id, evidence };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            var asked = new Engine.Runtime.Command("recovery." + act, ("recovery", parse.GetValue(id)));
            if (parse.GetValue(evidence) is { } file) asked = asked.With(Document(file));
            return session.Run(asked, outcome =>
            {
                var recovery = (RecoveryClaimRow)outcome.Result!;
                session.Output.Print(recovery, $"{recovery.Recovery}: {session.Output.State(recovery.State)}");
                return ExitStatus.Done;
            });
        });
        return command;
    }

    private static InputDocument Document(FileInfo file) => file.Exists
        ? new InputDocument(Discharge.Evidence, File.ReadAllBytes(file.FullName), Personal: true, Name: file.Name)
        : throw Usage.NoFile(file, "--evidence ");
}
