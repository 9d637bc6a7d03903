using System.Globalization;
using System.Text;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Cli;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Bench;

/// <summary>The world a bench runs in: three projects at three banks, and for each payroll its registered people.</summary>
internal sealed class BenchWorld
{
    private const string Piece = "PIECE";
    private static readonly LocalDate Paid = new(2026, 2, 13);
    private readonly BenchShape _shape;

    public BenchWorld(DemoFolder folder, LedgerStore store, BenchShape shape, long ledger = DemoWorld.Guiyang)
    {
        World = new DemoWorld(folder, store, ledger);
        _shape = shape;
    }

    public DemoWorld World { get; }

    public IEnumerable<BenchPayroll> Payrolls() => SampleBench.Payrolls(_shape);

    /// <summary>Ledger, people, projects and keys: the work of the year before, not of the month.</summary>
    public void Open()
    {
        World.Clock(new LocalDateTime(2026, 2, 2, 9, 0));
        World.MakeKeys();
        Enrol(World);
        World.Done(World.People.Clerk, Sheet("project.register", ProjectRegister.Input, "projects.csv", Projects()));
    }

    /// <summary>A ledger with its people.</summary>
    public static void Enrol(DemoWorld world)
    {
        LedgerCommands.Open(world.Composition, world.Ledger, rehearsal: true);
        var people = world.People;
        foreach (var person in people.All)
        {
            if (person == people.Clerk || person == people.Administrator) world.Unsigned(person.Enrolment());
            else foreach (var decider in new[] { people.Clerk, people.Administrator }) world.Done(decider, person.Enrolment());
        }
    }

    /// <summary>Registers, contracts, accounts and attendance of one payroll's people.</summary>
    public void Register(BenchPayroll payroll)
    {
        var clerk = World.People.Clerk;
        var roster = (ImportResult)World.Done(clerk,
            Sheet("roster.import", RosterImport.Input, $"roster-{payroll.Number}.csv", payroll.Roster)).Result!;
        World.Done(World.People.Administrator, new Command("payee.approve", ("document", roster.Document)));
        World.Done(clerk, Sheet("terms.import", TermsImport.Input, $"terms-{payroll.Number}.csv", Terms(payroll)));
        World.Done(clerk, Sheet("attendance.import", AttendanceImport.Input, $"attendance-{payroll.Number}.csv", Attendance(payroll)));
    }

    /// <summary>The owners' money arrives with the first statements.</summary>
    public void Fund(long fen)
    {
        World.Clock(new LocalDateTime(2026, 2, 6, 17, 0));
        for (var i = 0; i < DemoWorld.Profiles.Count; i++)
            World.Banks[DemoWorld.Profiles[i]].Deposit($"BENCH{i}", Account(i), fen, "样例建设单位", "52000000000001", "人工费用", new(2026, 2, 6));
        World.BankDayEnds();
    }

    public Command Receive(BenchPayroll payroll) => new Command("payroll.receive", ("project", payroll.Project),
        ("employer", payroll.CreditCode), ("team", ""), ("from", "2026-01-01"), ("to", "2026-01-31"),
        ("kind", PayrollKind.Ordinary), ("number", 0), ("file", $"payroll-{payroll.Number}.csv"))
        .With(new InputDocument(PayrollReceive.Input, payroll.Payroll, Personal: true));

    private static Command Sheet(string verb, string input, string name, byte[] bytes) =>
        new Command(verb, ("file", name)).With(new InputDocument(input, bytes, Personal: true));

    private static string Account(int bank) => $"52{bank + 1}0000000000001";

    private static byte[] Projects()
    {
        var text = new StringBuilder("项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n");
        foreach (var (profile, i) in DemoWorld.Profiles.Select((p, i) => (p, i)))
        {
            var code = SampleIdentifiers.CreditCode($"91520100MB{i:0000000}");
            var branch = SampleIdentifiers.Cnaps(profile[0] == 'i' && i == 0 ? "102" : i == 1 ? "308" : "403", "7010", "0002");
            text.Append(CultureInfo.InvariantCulture,
                $"{SampleBench.Project(i + 1)},样例项目{i},{code},样例总包{i},样例建设单位,{profile},{Account(i)},样例总包{i}农民工工资专用账户,{branch},520100\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Piece rates of one yuan: one attendance record a worker derives the whole wage.</summary>
    private static byte[] Terms(BenchPayroll payroll)
    {
        var text = new StringBuilder("身份证号,项目编码,合同签订日期,计薪方式,单价,计件单位,约定发薪日,标准日工时,支付周期\n");
        foreach (var line in payroll.Lines)
            text.Append(line.Identity).Append(',').Append(payroll.Project).Append(",2025-03-01,").Append(Piece).Append(",1.00,件,")
                .Append(TimeText.Date.Format(Paid)).Append(",8,").Append(Piece).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Attendance(BenchPayroll payroll)
    {
        var text = new StringBuilder("身份证号,项目编码,日期,出勤工时,平日加班,休息日加班,法定节假日加班,计件数量\n");
        foreach (var line in payroll.Lines)
            text.Append(line.Identity).Append(',').Append(payroll.Project).Append(",2026-01-30,0,0,0,0,").Append(line.Net.ToYuan()).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
