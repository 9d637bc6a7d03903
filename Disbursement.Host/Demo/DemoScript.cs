using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Cli;
using NodaTime;

namespace Disbursement.Host.Demo;

/// <summary>One step of the demo. Repeating it changes nothing, so a demo that was killed goes on where it
/// stopped.</summary>
public sealed record DemoStep(string Name, string Zh, string En, LocalDateTime At, Action<DemoWorld> Act);

/// <summary>
/// The wages of January 2026: paid on 13 February before the Spring Festival, with what goes wrong in a real month.
/// </summary>
public static class DemoScript
{
    public static IReadOnlyList<DemoStep> Steps { get; } =
    [
        new("open", "开立账本、登记人员与密钥", "the ledger opens; people and keys are enrolled", Day(2, 9), Open),
        new("registers", "项目、花名册、合同、考勤", "projects, rosters, contract terms, attendance", Day(2, 10), Registers),
        new("payrolls", "工资表审核", "payrolls are checked, submitted and approved", Day(3, 9), Payrolls),
        new("funding", "建设单位拨付人工费用", "the owner funds the wage accounts", Day(6, 17), world => Fund(world, until: new(2026, 2, 6))),
        new("release", "预留资金、生成、签名并发送代发文件", "money is reserved; files are built, signed and sent", Day(9, 9), Release),
        new("answers", "银行回盘", "the banks answer", Day(9, 15), world => world.Exchange()),
        new("late-returns", "日终: 退票与对账单", "the day ends: late returns and statements", Day(10, 18), world => world.BankDayEnds()),
        new("corrections", "更正收款账户 (两人)", "payee accounts are corrected by two people", Day(11, 9), Correct),
        new("repayment", "冷静期后重新代发", "re-payment after the cooling period", Day(12, 10), RePay),
        new("repaid", "重发结果", "the answers to the re-payment", Day(12, 16), world => world.Exchange()),
        new("deadline", "发薪日: 有多少付多少", "pay day: what the short account covers goes out", Day(13, 15), world => world.Tick()),
        new("deadline-answers", "发薪日回盘与日终", "pay day's answers, and its end", Day(13, 17), AnswersAndDayEnd),
        new("sweep", "逾期清查: 先行清偿义务与预警", "the day after: obligations and warnings", Day(14, 9), world => world.Tick()),
        new("outside", "总包先行清偿一笔 (凭证, 两人)", "one claim is discharged by evidence, by two people", Day(24, 9), DischargeOne),
        new("top-up", "专户补足, 余款发放", "the account is topped up and the rest goes out", Day(24, 17), TopUp),
        new("settled-late", "补发结果", "the late answers", Day(25, 10), AnswersAndDayEnd),
        new("last-sweep", "月末清查", "the month's last sweep", Day(26, 9), world => world.Tick()),
    ];

    private static LocalDateTime Day(int day, int hour) => new(2026, 2, day, hour, 0);

    private static void Open(DemoWorld world)
    {
        world.MakeKeys();
        CopyInputs(world.Folder);
        LedgerCommands.Open(world.Composition, world.Ledger, rehearsal: true);
        var people = world.People;
        foreach (var person in people.All)
        {
            var command = person.Enrolment();
            // The first two of a ledger need nobody's word; after them two enrolled people decide.
            if (person == people.Clerk || person == people.Administrator) world.Unsigned(command);
            else foreach (var decider in new[] { people.Clerk, people.Administrator }) world.Done(decider, command);
        }
    }

    private static void Registers(DemoWorld world)
    {
        var (clerk, administrator) = (world.People.Clerk, world.People.Administrator);
        world.Done(clerk, Sheet(world, "project.register", ProjectRegister.Input, "projects.csv"));
        foreach (var (letter, form) in new[] { ("a", "csv"), ("b", "csv"), ("c", "xlsx") })
        {
            var roster = (ImportResult)world.Done(clerk, Sheet(world, "roster.import", RosterImport.Input, $"roster-{letter}.{form}")).Result!;
            world.Done(administrator, new Command("payee.approve", ("document", roster.Document)));
            world.Done(clerk, Sheet(world, "terms.import", TermsImport.Input, $"terms-{letter}.csv"));
            world.Done(clerk, Sheet(world, "attendance.import", AttendanceImport.Input, $"attendance-{letter}.csv"));
        }
    }

    private static void Payrolls(DemoWorld world)
    {
        foreach (var line in DemoInputs.Rows(world.Folder, "payrolls.csv"))
        {
            var file = line["文件"];
            var received = (PayrollRow)world.Done(world.People.Clerk, new Command("payroll.receive",
                ("project", line["项目编码"]), ("employer", line["用工单位统一社会信用代码"]), ("team", ""), ("from", line["周期起"]),
                ("to", line["周期止"]), ("kind", PayrollKind.Ordinary), ("number", 0), ("file", file))
                .With(new InputDocument(PayrollReceive.Input, DemoInputs.Bytes(world.Folder, file), Personal: true, file))).Result!;
            if (received.State == PayrollState.Received)
                world.Done(world.People.Clerk, new Command("payroll.check", ("payroll", received.Payroll)));
            if (received.State is PayrollState.Received or PayrollState.Checked)
                world.Done(world.People.Clerk, Act("payroll.submit", received));
            world.Done(world.People.Administrator, Act("payroll.approve", received));
        }
    }

    private static Command Act(string verb, PayrollRow payroll) => new(verb, ("payroll", payroll.Payroll),
        ("lines_root", payroll.LinesRoot), ("amount_fen", payroll.DeclaredFen));

    /// <summary>The owner's deposits up to a day reach the bank; its statements bring them to us.</summary>
    private static void Fund(DemoWorld world, LocalDate until)
    {
        var banks = DemoInputs.Rows(world.Folder, "projects.csv").ToDictionary(p => p["专户账号"], p => p["银行档案"]);
        foreach (var deposit in DemoInputs.Rows(world.Folder, "funding.csv"))
        {
            var date = Storage.TimeText.Date.Parse(deposit["日期"]).Value;
            if (date > until) continue;
            world.Banks[banks[deposit["专户账号"]]].Deposit(deposit["流水号"], deposit["专户账号"],
                long.Parse(deposit["金额分"], System.Globalization.CultureInfo.InvariantCulture), deposit["付款人"],
                deposit["付款账号"], deposit["用途"], date);
        }
        world.BankDayEnds();
    }

    private static void Release(DemoWorld world)
    {
        // Once is enough: a payroll with a release, wherever that stands, is planned.
        foreach (var payroll in world.Ask(view => view.List<PayrollRow>(("state", PayrollState.Approved))
            .Where(p => view.Count<ReleaseRangeRow>(("payroll", p.Payroll)) == 0).ToList()))
            world.Done(world.People.Treasurer, new Command("release.plan", ("kind", "Ordinary"), ("payrolls", payroll.Payroll)));
        world.Tick();
    }

    private static void Correct(DemoWorld world)
    {
        foreach (var line in DemoInputs.Rows(world.Folder, "corrected-accounts.csv"))
        {
            var hash = world.Ask(view => view.Vault.Hash("identity", Encoding.UTF8.GetBytes(line["身份证号"])));
            var worker = world.Ask(view => view.Find<WorkerRow>(("identity_hash", hash)))!.Worker;
            var text = new PayeeChangeText(line["银行卡号"], line["户名"], line["开户行名称"], line["联行号"]);
            var payee = (PayeeAccountRow)world.Done(world.People.Clerk,
                new Command("payee.change", ("worker", worker)).With(text.Document())).Result!;
            world.Done(world.People.Supervisor, new Command("payee.approve", ("worker", worker), ("version", payee.Version)));
        }
    }

    private static void RePay(DemoWorld world)
    {
        foreach (var payroll in world.Ask(view => view.List<PayrollRow>(("state", PayrollState.Approved))))
            world.Decide(world.People.Treasurer, new Command("release.plan", ("kind", "RePayment"), ("payrolls", payroll.Payroll)));
        world.Tick();
    }

    private static void AnswersAndDayEnd(DemoWorld world)
    {
        world.Exchange();
        world.BankDayEnds();
    }

    /// <summary>The general contractor paid one overdue claim from its own account and proves it.</summary>
    private static void DischargeOne(DemoWorld world)
    {
        // Once is enough: the next overdue claim is not this one.
        if (world.Ask(view => view.Count<PaymentRow>(("channel", PaymentChannel.Outside))) > 0) return;
        var claim = world.Ask(view => DemoInputs.FirstOverdueClaim(view));
        if (claim is not { } overdue) return;
        var evidence = new InputDocument(Discharge.Evidence, Encoding.UTF8.GetBytes($"样例凭证 SAMPLE: claim {overdue} paid by transfer\n"));
        foreach (var person in new[] { world.People.Treasurer, world.People.Supervisor })
            world.Done(person, new Command("arrears.discharge", ("claim", overdue)).With(evidence));
    }

    private static void TopUp(DemoWorld world)
    {
        Fund(world, until: new(2026, 2, 24));
        world.Tick();
    }

    private static Command Sheet(DemoWorld world, string verb, string input, string name) =>
        new Command(verb, ("file", name)).With(new InputDocument(input, DemoInputs.Bytes(world.Folder, name), Personal: true, name));

    private static void CopyInputs(DemoFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Shipped.Folder("samples"), "month-2026-01")))
            File.Copy(file, Path.Combine(folder.Inputs, Path.GetFileName(file)), overwrite: true);
    }
}
