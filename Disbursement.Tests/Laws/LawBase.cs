using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Samples;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;

namespace Disbursement.Tests.Laws;

/// <summary>
/// What every history begins with, made once per engine by the product's own verbs and copied: three projects (样例),
/// two of them on one bank account, thirteen registered workers, five payrolls of which the last waits for its
/// approval, and a worker with attendance on none of them.
/// </summary>
internal static class LawBase
{
    /// <summary>Whole-file debits on the account of project 1, a debit per line on that of projects 2 and 3.</summary>
    public static readonly string[] Profiles = ["icbc-bxt", "icbc-perline"];
    public static readonly string[] BankAccounts = ["6212260000000000017", "6212260000000000025"];
    public static readonly string KeysFolder = Keys();

    /// <summary>A second login of the treasurer, of the time when one person could have two.</summary>
    public const string Twin = "sample-twin";

    private static readonly string s_employer = SampleIdentifiers.CreditCode("91520100MA0000001");
    private static readonly Lazy<(Database, SampleLedger)> s_sqlite = new(() => Make(Engines.Sqlite));
    private static readonly Lazy<(Database, SampleLedger)> s_postgres = new(() => Make(Engines.Postgres));
    private static readonly Lock s_copying = new();

    /// <summary>Payrolls: project, team, month, its workers. The first is past due when histories begin.</summary>
    private static readonly (int Project, string Team, string Month, int[] Workers)[] s_payrolls =
    [
        (1, "甲班", "2025-12", [1, 2, 3, 4]), (1, "甲班", "2026-01", [1, 2, 3, 4, 5]),
        (1, "乙班", "2026-01", [6, 7]), (3, "丁班", "2026-01", [11, 12]), (2, "丙班", "2026-01", [8, 9, 10]),
    ];

    private static string Branch => SampleIdentifiers.Cnaps("102", "7010", "0001");

    public static string Project(int number) => $"LAW{number:00}";
    public static string Card(long worker) =>
        (6_212_261_000_000_000_000 + worker).ToString(CultureInfo.InvariantCulture);

    /// <summary>A database of its own with the base in it.</summary>
    public static (Database Database, SampleLedger Samples) Copy(string engine)
    {
        var (database, samples) = engine == Engines.Sqlite ? s_sqlite.Value : s_postgres.Value;
        lock (s_copying)
        {
            var copy = Databases.Copy(database);
            return (copy, samples.On(copy.Store));
        }
    }

    private static (Database, SampleLedger) Make(string engine)
    {
        var database = Databases.Fresh(engine);
        var samples = new SampleLedger(database.Store);
        samples.Enrol(Twin, $"{Roles.Treasurer} {Roles.Supervisor}", 3);
        var certificate = File.ReadAllBytes(Path.Combine(KeysFolder, "bank-icbc-bxt.pem"));
        var profile = File.ReadAllText(Path.Combine(Shipped.Folder("profiles"), "icbc-bxt.json"))
            .Replace("\"wholeFile\"", "\"perLine\"", StringComparison.Ordinal)
            .Replace("\"absenceProof\": \"operator\"", "\"absenceProof\": \"quietPeriod\"", StringComparison.Ordinal)
            .Replace("\"quietPeriodHours\": 0", "\"quietPeriodHours\": 24", StringComparison.Ordinal)
            .Replace("\"id\": \"icbc-bxt\"", "\"id\": \"icbc-perline\"", StringComparison.Ordinal);
        Adopt(samples, Engine.Audit.Adopt.Profile, Profiles[1], Encoding.UTF8.GetBytes(profile));
        foreach (var name in Profiles) Adopt(samples, BankReceive.Certificate, name, certificate);
        Import(samples, "project.register", ProjectRegister.Input, "projects.csv", Projects());
        var roster = (ImportResult)Import(samples, "roster.import", RosterImport.Input, "roster.csv", Roster()).Result!;
        samples.Done(SampleLedger.Administrator, new Command("payee.approve", ("document", roster.Document)));
        Import(samples, "terms.import", TermsImport.Input, "terms.csv", Terms());
        Import(samples, "attendance.import", AttendanceImport.Input, "attendance.csv", Attendance());
        foreach (var payroll in s_payrolls)
        {
            var row = (PayrollRow)samples.Done(SampleLedger.Clerk, Receive(payroll)).Result!;
            if (payroll != s_payrolls[^1]) samples.Approve(row);
            else
            {
                samples.Done(SampleLedger.Clerk, new Command("payroll.check", ("payroll", row.Payroll)));
                samples.Done(SampleLedger.Clerk, SampleLedger.Act("payroll.submit", row));
            }
        }
        return (database, samples);
    }

    /// <summary>A worker's pieces of a month at one yuan each, hence the wage.</summary>
    private static long Yuan(int worker, string month) => 3000 + 137 * worker + (month == "2025-12" ? 500 : 0);

    /// <summary>By two people, as everything after the opening; a bank's first certificate by nobody.</summary>
    private static void Adopt(SampleLedger samples, string kind, string name, byte[] content)
    {
        string[] people = kind == BankReceive.Certificate ? [""] : [SampleLedger.Treasurer, SampleLedger.Administrator];
        foreach (var person in people)
            samples.Done(person, new Command("ledger.adopt", ("kind", kind), ("name", name))
                .With(new InputDocument(kind, content)));
    }

    private static Outcome Import(SampleLedger samples, string verb, string input, string name, string text) =>
        samples.Done(SampleLedger.Clerk, SampleLedger.Sheet(verb, input, name, Encoding.UTF8.GetBytes(text)));

    private static string Projects()
    {
        var text = new StringBuilder("项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n");
        for (var p = 1; p <= 3; p++)
        {
            var bank = BankOf(p);
            text.Append(CultureInfo.InvariantCulture,
                $"{Project(p)},样例项目{p},{SampleIdentifiers.CreditCode("91520100MB0000001")},样例总包,样例建设单位,")
                .Append(CultureInfo.InvariantCulture,
                $"{Profiles[bank]},{BankAccounts[bank]},样例总包农民工工资专用账户,{Branch},520102\n");
        }
        return text.ToString();
    }

    private static string Roster()
    {
        var text = new StringBuilder("项目编码,用工单位统一社会信用代码,用工单位名称,班组,姓名,身份证号,手机号,工种,进场日期,离场日期,"
            + "联行号,开户行名称,银行卡号,户名\n");
        for (var w = 1; w <= 13; w++)
            text.Append(CultureInfo.InvariantCulture,
                $"{Project(ProjectOf(w))},{s_employer},样例劳务,{TeamOf(w)},{Name(w)},{Identity(w)},1390000{w:0000},木工,")
                .Append(CultureInfo.InvariantCulture,
                $"2025-03-01,,{Branch},样例支行,{Card(w)},{Name(w)}\n");
        return text.ToString();
    }

    private static string Terms()
    {
        var text = new StringBuilder("身份证号,项目编码,合同签订日期,计薪方式,单价,计件单位,约定发薪日,标准日工时,支付周期\n");
        for (var w = 1; w <= 13; w++)
            text.Append(CultureInfo.InvariantCulture,
                $"{Identity(w)},{Project(ProjectOf(w))},2025-03-01,PIECE,1.00,件,13,8,MONTH\n");
        return text.ToString();
    }

    private static string Attendance()
    {
        var text = new StringBuilder("身份证号,项目编码,日期,出勤工时,平日加班,休息日加班,法定节假日加班,计件数量\n");
        foreach (var (project, _, month, workers) in s_payrolls)
            foreach (var w in workers) Record(w, project, month);
        Record(13, 1, "2026-01"); // On no payroll.
        return text.ToString();

        void Record(int worker, int project, string month) => text.Append(CultureInfo.InvariantCulture,
            $"{Identity(worker)},{Project(project)},{month}-30,0,0,0,0,{Yuan(worker, month)}\n");
    }

    private static Command Receive((int Project, string Team, string Month, int[] Workers) payroll)
    {
        var text = new StringBuilder("序号,姓名,身份证号,出勤天数,工时,应发工资,扣款,实发工资,本人确认日期,未确认原因,差异原因,备注\n");
        var total = 0L;
        foreach (var (w, i) in payroll.Workers.Select((w, i) => (w, i)))
        {
            var wage = Yuan(w, payroll.Month);
            total += wage;
            text.Append(CultureInfo.InvariantCulture,
                $"{i + 1},{Name(w)},{Identity(w)},20,160,{wage}.00,0.00,{wage}.00,2026-02-03,,,\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"合计,,,,,{total}.00,0.00,{total}.00,,,,\n");
        return new Command("payroll.receive", ("project", Project(payroll.Project)), ("employer", s_employer),
            ("team", payroll.Team), ("from", payroll.Month + "-01"), ("to", payroll.Month + "-31"),
            ("kind", PayrollKind.Ordinary), ("number", 0), ("file", $"{payroll.Team}-{payroll.Month}.csv"))
            .With(new InputDocument(PayrollReceive.Input, Encoding.UTF8.GetBytes(text.ToString()), Personal: true));
    }

    /// <summary>Project 1 has a bank account to itself; 2 and 3 share one.</summary>
    public static int BankOf(int project) => project == 1 ? 0 : 1;

    private static string Name(int worker) => $"样例{(char)('甲' + worker)}";
    private static string Identity(int worker) => SampleIdentifiers.Identity($"52010219800101{worker:000}");
    private static int ProjectOf(int worker) => worker is >= 8 and <= 10 ? 2 : worker is 11 or 12 ? 3 : 1;
    private static string TeamOf(int worker) => ProjectOf(worker) switch
    {
        2 => "丙班",
        3 => "丁班",
        _ => worker is 6 or 7 ? "乙班" : "甲班",
    };

    private static string Keys()
    {
        var folder = Directory.CreateTempSubdirectory("law-keys").FullName;
        foreach (var side in new[] { "ours", "bank" })
            SampleKeys.Ensure(folder, $"{side}-icbc-bxt", SampleKeyKind.Sm2, Instant.FromUtc(2025, 12, 1, 0, 0),
                Instant.FromUtc(2029, 1, 1, 0, 0));
        return folder;
    }
}
