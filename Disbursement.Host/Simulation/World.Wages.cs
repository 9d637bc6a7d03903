using System.Globalization;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>What people declare, decide and correct, in a hurry and with errors.</summary>
internal sealed partial class World
{
    /// <summary>What was handed in, to be handed in again if the database forgets it.</summary>
    private readonly List<Command> _papers = [];

    /// <summary>The month that is paid now: wages of the one before.</summary>
    private YearMonth Worked => Today.ToYearMonth().PlusMonths(-1);

    private void Attendance(Step step)
    {
        var month = Worked;
        var command = new Command("attendance.import", ("file", $"attendance-{step.A}.csv")).With(
            new InputDocument(AttendanceImport.Input,
                Encoding.UTF8.GetBytes(SimulatedSites.AttendanceCsv(step.A, month)), Personal: true));
        HandIn(command);
        if (step.B % 4 == 0) HandIn(command);
    }

    /// <summary>Sheets of a project's teams, some with an error first.</summary>
    private void Sheet(Step step)
    {
        if (Leaves(step.A, Neglected.Sheet)) return;
        if (Leaves(step.A, Neglected.Check)) step = step with { B = OnlyWrong };
        Sheet(step, Worked);
    }

    private void Sheet(Step step, YearMonth month)
    {
        var project = step.A;
        for (var team = 0; team < SimulatedSites.Teams(project); team++)
        {
            var workers = SimulatedSites.Team(project, team);
            var left = step.B == 1 ? workers[^2] : 0;
            if (step.B == 2) HandIn(Sheet(project, team, month, SimulatedSites.PayrollCsv(
                project, team, month, left, stranger: true, more: 0)));
            if (step.B is 3 or OnlyWrong) HandIn(Sheet(project, team, month, SimulatedSites.PayrollCsv(
                project, team, month, left, stranger: false, more: 120)));
            if (step.B == OnlyWrong) continue;
            var right = Sheet(project, team, month, SimulatedSites.PayrollCsv(
                project, team, month, left, stranger: false, more: 0));
            HandIn(right);
            if (step.B == 4) HandIn(right);
            // The same people once more, as if they were another team.
            if (step.B == 5) HandIn(Sheet(project, team, month, SimulatedSites.PayrollCsv(
                project, team, month, left, stranger: false, more: 0) + "\n", "临班"));
        }
    }

    private static Command Sheet(int project, int team, YearMonth month, string text, string? name = null)
    {
        var (from, to) = (month.OnDayOfMonth(1), month.PlusMonths(1).OnDayOfMonth(1).PlusDays(-1));
        var file = string.Create(CultureInfo.InvariantCulture, $"payroll-{project}-{team}-{month.Month}.csv");
        return new Command("payroll.receive", ("project", SimulatedSites.Project(project)),
            ("employer", SimulatedSites.Employer(project)), ("team", name ?? SimulatedSites.TeamName(project, team)),
            ("from", Storage.TimeText.Date.Format(from)), ("to", Storage.TimeText.Date.Format(to)),
            ("kind", PayrollKind.Ordinary), ("number", 0), ("file", file))
            .With(new InputDocument(PayrollReceive.Input, Encoding.UTF8.GetBytes(text), Personal: true));
    }

    private void HandIn(Command command)
    {
        if (By(SimulatedPeople.Clerk, command) is not { Repeat: false }) return;
        _papers.Add(command);
    }

    private void Review(Step step)
    {
        foreach (var payroll in Payrolls(PayrollState.Received, PayrollState.SentBack))
            By(SimulatedPeople.Clerk, new Command("payroll.check", ("payroll", payroll.Payroll)));
        foreach (var payroll in Payrolls(PayrollState.Checked).Where(p => !Leaves(p.Project, Neglected.Submission)))
            By(step.B % 8 == 1 ? SimulatedPeople.Administrator : SimulatedPeople.Clerk,
                Signing("payroll.submit", payroll));
    }

    private void Approve(Step step)
    {
        foreach (var payroll in Payrolls(PayrollState.Submitted).Where(p => !Leaves(p.Project, Neglected.Approval)))
        {
            if (step.B % 8 == 2) By(SimulatedPeople.Clerk, Signing("payroll.approve", payroll));
            if (step.B % 8 == 3)
                By(SimulatedPeople.Administrator, new Command("payroll.approve", ("payroll", payroll.Payroll),
                    ("lines_root", payroll.LinesRoot), ("amount_fen", payroll.DeclaredFen + 100)));
            // Who submitted it cannot approve it: it goes back, and another submits it.
            if (By(SimulatedPeople.Administrator, Signing("payroll.approve", payroll)) is null)
            {
                By(SimulatedPeople.Administrator, SendsBack(payroll));
                Review(step with { B = 0 });
                if (Payrolls(PayrollState.Submitted).FirstOrDefault(p => p.Payroll == payroll.Payroll) is { } again)
                    By(SimulatedPeople.Administrator, Signing("payroll.approve", again));
            }
            if (step.B % 8 == 4) By(SimulatedPeople.Administrator, Signing("payroll.approve", payroll));
        }
    }

    private void SendBack(Step step) => With(Payrolls(PayrollState.Submitted), step.A, p =>
        By(SimulatedPeople.Administrator, SendsBack(p)));

    private static Command SendsBack(PayrollRow payroll) => new Command("payroll.send-back",
        ("payroll", payroll.Payroll)).With(new InputDocument(PayrollSendBack.Input, "样例退回原因"u8.ToArray()));

    private void WithdrawSheet(Step step) => With(Payrolls(PayrollState.Received, PayrollState.Checked,
        PayrollState.Submitted, PayrollState.SentBack), step.A, p =>
    {
        By(SimulatedPeople.Clerk, new Command("payroll.withdraw", ("payroll", p.Payroll)));
        foreach (var sheet in _papers.Where(c => c.Verb == "payroll.receive").ToList())
            By(SimulatedPeople.Clerk, sheet);
        Review(step);
        Approve(step);
    });

    private void Plan(Step step)
    {
        foreach (var payroll in Payrolls(PayrollState.Approved).Where(p => p.Project == step.A))
            By(SimulatedPeople.Treasurer,
                new Command("release.plan", ("kind", ReleaseKind.Ordinary), ("payrolls", payroll.Payroll)));
        if (step.B % 5 == 0) Plan(step with { B = 1 });
    }

    /// <summary>Whatever was rejected or came back is to be paid again.</summary>
    private void Again(Step step)
    {
        foreach (var payroll in Payrolls(PayrollState.Approved).Where(p => p.LinesUnpaid > 0))
            By(SimulatedPeople.Treasurer, new Command("release.plan", ("kind", ReleaseKind.RePayment),
                ("payrolls", payroll.Payroll)));
        if (step.B % 6 == 0) Plan(step with { A = 1 + step.A % 3, B = 1 });
    }

    private void Advance(Step step, ReleaseKind kind) => With(Arrears(), step.A, o => By(SimulatedPeople.Treasurer,
        new Command("release.plan", ("obligation", o), ("kind", kind))));

    /// <summary>An authority orders what is overdue to be paid.</summary>
    private void Order(Step step) => With(Arrears(), step.A, o =>
    {
        var (project, payroll, fen) = Eye<(long, long, long)>(
            "SELECT project, payroll, amount_fen FROM obligation WHERE ledger = @ledger AND obligation = @id", o)[0];
        var text = "文书编号,机关,日期,期限,项目编码,用工单位统一社会信用代码,工资表,金额\n"
            + string.Create(CultureInfo.InvariantCulture, $"人社令〔2026〕{o}号,样例人社局,")
            + $"{Storage.TimeText.Date.Format(Today)},{Storage.TimeText.Date.Format(Today.PlusDays(step.B % 3))},"
            + string.Create(CultureInfo.InvariantCulture, $"{SimulatedSites.Project((int)project)},")
            + string.Create(CultureInfo.InvariantCulture, $"{SimulatedSites.Employer((int)project)},{payroll},")
            + $"{new Engine.Primitives.Money(Math.Max(fen, 100)).ToYuan()}\n";
        By(SimulatedPeople.Clerk, new Command("order.import", ("file", $"order-{o}.csv"))
            .With(new InputDocument(OrderImport.Input, Encoding.UTF8.GetBytes(text), Personal: true)));
    });

    /// <summary>A worker brings another card; sometimes one the bank will do something odd with.</summary>
    private void ChangePayee(Step step)
    {
        var worker = 1 + (step.A * 7 + step.B) % SimulatedSites.Workers;
        if (step.B % 2 == 0) worker = 1 + step.A % 3 * SimulatedSites.WorkersPerProject + step.B / 2 % 4;
        var six = step.B == 15 ? $"99000{1 + step.A % 9}" : "000000";
        var text = new PayeeChangeText(SimulatedSites.Card(worker, 1 + step.Index % 90, six),
            SimulatedSites.Name(worker), "样例支行", SimulatedSites.Branch);
        var changed = By(SimulatedPeople.Clerk, new Command("payee.change", ("worker", worker)).With(text.Document()));
        if (changed?.Result is not PayeeAccountRow payee) return;
        var approval = new Command("payee.approve", ("worker", worker), ("version", payee.Version));
        if (step.B % 4 == 1) By(SimulatedPeople.Clerk, approval);
        By(SimulatedPeople.Supervisor, approval);
    }

    private void Void(Step step) => With(Unpaid(), step.A + step.B, claim =>
    {
        var command = new Command("claim.void", ("claim", claim));
        Both(command.With(new InputDocument(ClaimVoid.Input, Paper(command, step))));
    });

    private void Outside(Step step) => With(step.B % 3 == 0 ? AllClaims() : Unpaid(), step.A + step.B, claim =>
    {
        var command = new Command("arrears.discharge", ("claim", claim));
        Both(command.With(new InputDocument(Discharge.Evidence, Paper(command, step))));
    });

    private void Explain(Step step) => With(Eye<long>(
        "SELECT exception FROM bank_exception WHERE ledger = @ledger ORDER BY exception"), step.A * 16 + step.B, id =>
    {
        var command = new Command("exception.explain", ("exception", id));
        Both(command.With(new InputDocument(ExceptionExplain.Evidence, Paper(command, step))));
    });

    private void Recover(Step step) => With(Eye<long>(
        "SELECT recovery FROM recovery_claim WHERE ledger = @ledger AND state = 'Open' ORDER BY recovery"), step.A,
        id =>
    {
        var command = new Command(step.B % 3 == 0 ? "recovery.write-off" : "recovery.recovered", ("recovery", id));
        Both(command.With(new InputDocument(Discharge.Evidence, Paper(command, step))));
    });

    private void Warning(Step step) => With(Eye<long>(
        "SELECT warning FROM warning WHERE ledger = @ledger ORDER BY warning"), step.A, id =>
    {
        string[] verbs = ["warning.ack", "warning.handle", "warning.reply", "warning.close"];
        foreach (var verb in verbs[..(1 + step.B % 4)])
            By(SimulatedPeople.Supervisor, new Command(verb, ("warning", id)));
    });

    private static Command Signing(string verb, PayrollRow payroll) => new(verb, ("payroll", payroll.Payroll),
        ("lines_root", payroll.LinesRoot), ("amount_fen", payroll.DeclaredFen));
}
