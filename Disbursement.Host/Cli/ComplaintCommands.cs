using System.CommandLine;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using NodaTime.Text;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>worker complain, answer, complaints and confirm: what workers say of their wages.</summary>
internal static class ComplaintCommands
{
    private static readonly IReadOnlyDictionary<string, ComplaintOutcome> s_outcomes =
        new Dictionary<string, ComplaintOutcome>
        {
            ["paid"] = ComplaintOutcome.Paid,
            ["owed"] = ComplaintOutcome.Owed,
            ["withdrawn"] = ComplaintOutcome.Withdrawn,
        };

    public static Command Complain()
    {
        var worker = Worker();
        var project = new Option<string>("--project") { Required = true, Description = "项目编码 / code of the project" };
        var period = new Option<string?>("--period")
        {
            Description = "所指时间, 如 2026-01-01..2026-01-31; 不写为至今应付的全部 / the time it is about, such as "
                + "2026-01-01..2026-01-31; without it all that is due",
        };
        var document = Document("投诉材料 / what the worker handed in");
        var complain = new Command("complain", "登记投诉未付, 即起预警 / a worker says \"not paid\"; its warning starts at once")
        {
            worker, project, period, document,
        };
        complain.SetAction(parse =>
        {
            var session = new Session(parse);
            var command = new EngineCommand(WorkerComplain.Name, ("worker", parse.GetValue(worker)),
                ("project", parse.GetValue(project)!), ("period", Period(parse.GetValue(period))))
                .With(Read(WorkerComplain.Input, parse.GetValue(document)!));
            return session.Run(command, outcome =>
            {
                var row = (WageComplaintRow)outcome.Result!;
                session.Output.Print(new { complaint = row, repeat = outcome.Repeat }, session.Output.Text(
                    $"投诉 {row.Complaint}: 工人 {row.Worker}, {Output.Cell(row.MadeOn)}",
                    $"complaint {row.Complaint}: worker {row.Worker}, {Output.Cell(row.MadeOn)}"));
                return ExitStatus.Done;
            });
        });
        return complain;
    }

    public static Command Answer()
    {
        var number = new Argument<long>("complaint") { Description = "投诉编号 / number of the complaint" };
        var outcome = new Option<string>("--outcome")
        {
            Required = true,
            Description = "paid 已付, owed 确有拖欠正在处理, withdrawn 撤回 / paid, owed (it is being seen to) or withdrawn",
        };
        outcome.AcceptOnlyFromAmong([.. s_outcomes.Keys]);
        var document = Document("答复依据 / the document it rests on");
        var answer = new Command("answer", "由两人答复投诉 / two people answer a complaint") { number, outcome, document };
        answer.SetAction(parse =>
        {
            var session = new Session(parse);
            var command = new EngineCommand(ComplaintAnswer.Name, ("complaint", parse.GetValue(number)),
                ("outcome", s_outcomes[parse.GetValue(outcome)!]))
                .With(Read(ComplaintAnswer.Input, parse.GetValue(document)!));
            return session.Run(command, decided =>
            {
                var row = (WageComplaintAnswerRow)decided.Result!;
                var words = Terms.Of(row.Outcome, session.Output.Chinese);
                session.Output.Print(new { answer = row, repeat = decided.Repeat }, session.Output.Text(
                    $"投诉 {row.Complaint} 已答复: {words}", $"complaint {row.Complaint} answered: {words}"));
                return ExitStatus.Done;
            });
        });
        return answer;
    }

    public static Command Confirm()
    {
        var worker = Worker();
        var payroll = new Option<long?>("--payroll") { Description = "确认工资表 / the payroll whose sheet is confirmed" };
        var receipt = new Option<long?>("--receipt") { Description = "确认收到的应付工资 / the wage claim that was received" };
        var document = Document("确认材料 / the confirmation");
        var confirm = new Command("confirm", "登记本人确认工资表或收到工资 / a worker confirms a sheet, or receipt of a wage")
        {
            worker, payroll, receipt, document,
        };
        confirm.SetAction(parse =>
        {
            var session = new Session(parse);
            var (sheet, claim) = (parse.GetValue(payroll), parse.GetValue(receipt));
            if (sheet is null == claim is null) throw Usage.ConfirmNeeds;
            var about = sheet is { } n ? ("payroll", (object)n) : ("claim", claim!.Value);
            var command = new EngineCommand(WorkerConfirm.Name, ("worker", parse.GetValue(worker)), about)
                .With(Read(WorkerConfirm.Input, parse.GetValue(document)!));
            return session.Run(command, outcome =>
            {
                var row = (WageConfirmationRow)outcome.Result!;
                session.Output.Print(new { confirmation = row, repeat = outcome.Repeat }, row.Claim is { } received
                    ? session.Output.Text($"工人 {row.Worker} 确认收到应付工资 {received}",
                        $"worker {row.Worker} confirmed receipt of claim {received}")
                    : session.Output.Text($"工人 {row.Worker} 确认工资表 {row.Payroll}",
                        $"worker {row.Worker} confirmed payroll {row.Payroll}"));
                return ExitStatus.Done;
            });
        });
        return confirm;
    }

    public static Command List()
    {
        var all = new Option<bool>("--all") { Description = "含已结的 / ended ones too" };
        var list = new Command("complaints", "列出投诉 / list complaints") { all };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var codes = view.List<ProjectRow>().ToDictionary(p => p.Project, p => p.Code);
            var rows = view.List<WageComplaintRow>().Select(c => ComplaintTold.Of(view, c))
                .Where(c => c.Open || parse.GetValue(all)).Select(c => new
                {
                    c.Complaint.Complaint,
                    c.Complaint.Worker,
                    project = codes[c.Complaint.Project],
                    c.Complaint.Period,
                    c.Complaint.MadeOn,
                    answer = c.Answer?.Outcome,
                    open = c.Open,
                    state = c.State(session.Output),
                }).ToList();
            session.Output.Table(rows, ("complaint", c => c.Complaint), ("worker", c => c.Worker),
                ("project", c => c.project), ("period", c => c.Period), ("made on", c => c.MadeOn),
                ("state", c => c.state));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Argument<long> Worker() => new("worker") { Description = "工人编号 / number of the worker" };

    private static Option<FileInfo> Document(string words) =>
        new("--document") { Required = true, Description = words };

    private static InputDocument Read(string kind, FileInfo file) => file.Exists
        ? new InputDocument(kind, File.ReadAllBytes(file.FullName), Personal: true, file.Name)
        : throw Usage.NoFile(file, "--document ");

    /// <summary>"2026-01-01..2026-01-31" as rows hold it; "" of none.</summary>
    private static string Period(string? text)
    {
        if (text is null) return "";
        var days = text.Split("..").Select(LocalDatePattern.Iso.Parse).ToList();
        return days is [{ Success: true } from, { Success: true } to] && from.Value <= to.Value
            ? PeriodText.Of(from.Value, to.Value) : throw Usage.NoPeriod(text);
    }
}
