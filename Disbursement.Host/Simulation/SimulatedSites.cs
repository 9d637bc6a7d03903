using System.Globalization;
using System.Text;
using Disbursement.Host.Samples;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// Three projects of twenty workers: project 1 has a bank account of its own at a bank that debits whole files, 2 and 3
/// share one at a bank that debits line by line. What is written about them is CSV, as people hand it in.
/// </summary>
internal static class SimulatedSites
{
    public const int Projects = 3, WorkersPerProject = 20, Workers = Projects * WorkersPerProject;

    public static readonly IReadOnlyList<string> Profiles = ["sim-whole", "sim-lines"];
    public static readonly IReadOnlyList<string> BankAccounts = ["6212260000000000017", "6210980000000000025"];

    /// <summary>Six digits that tell the sandbox bank what becomes of a row, by the worker's place on the site.
    /// </summary>
    private static readonly string[][] s_fates =
    [
        ["990001", "990005", "990006", "990009"],
        ["990002", "990005", "990010", "990008"],
        ["990003", "990007", "990010", "990004"],
    ];

    private static readonly int[] s_payDays = [15, 3, 28];

    public static int BankOf(int project) => project == 1 ? 0 : 1;
    public static string Project(int number) => string.Create(CultureInfo.InvariantCulture, $"SIM{number:00}");
    public static int ProjectOf(int worker) => 1 + (worker - 1) / WorkersPerProject;
    public static int PlaceOf(int worker) => (worker - 1) % WorkersPerProject;
    public static int PayDay(int project) => s_payDays[project - 1];

    public static string Employer(int project) =>
        SampleIdentifiers.CreditCode(project == 3 ? "91520100MA0000002" : "91520100MA0000001");

    public static string Name(int worker) => $"样例{(char)('一' + worker)}";

    public static string Identity(int worker) => SampleIdentifiers.Identity(
        string.Create(CultureInfo.InvariantCulture,
            $"5201021980{1 + worker / 28 % 12:00}{1 + worker % 28:00}{worker:000}"));

    /// <summary>A card of the worker: the first one may be one the bank does something odd with.</summary>
    public static string FirstCard(int worker) => PlaceOf(worker) < 4
        ? Card(worker, 0, s_fates[ProjectOf(worker) - 1][PlaceOf(worker)]) : Card(worker, 0, "000000");

    public static string Card(int worker, int version, string six) => SampleIdentifiers.Card(
        string.Create(CultureInfo.InvariantCulture, $"62122{version % 100:00}00{worker:000}{six}"));

    public static string Branch => SampleIdentifiers.Cnaps("102", "7010", "0001");

    /// <summary>What a worker earned in a month, in yuan: so many pieces at one yuan.</summary>
    public static long Yuan(int worker, YearMonth month) => 3000 + 37 * worker + 11 * month.Month;

    /// <summary>Two teams on the first site, one on the others.</summary>
    public static IReadOnlyList<int> Team(int project, int team)
    {
        var all = Enumerable.Range(1 + (project - 1) * WorkersPerProject, WorkersPerProject).ToList();
        return project != 1 ? all : team == 0 ? all[..12] : all[12..];
    }

    public static int Teams(int project) => project == 1 ? 2 : 1;
    public static string TeamName(int project, int team) => project == 1 ? team == 0 ? "甲班" : "乙班" : "丙班";

    public static string ProjectsCsv()
    {
        var text = new StringBuilder("项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n");
        var contractor = SampleIdentifiers.CreditCode("91520100MB0000001");
        for (var p = 1; p <= Projects; p++)
            text.Append(CultureInfo.InvariantCulture, $"{Project(p)},样例项目{p},{contractor},样例总包,样例建设单位,")
                .Append(CultureInfo.InvariantCulture, $"{Profiles[BankOf(p)]},{BankAccounts[BankOf(p)]},")
                .Append(CultureInfo.InvariantCulture, $"样例总包农民工工资专用账户,{Branch},520102\n");
        return text.ToString();
    }

    public static string RosterCsv()
    {
        var text = new StringBuilder("项目编码,用工单位统一社会信用代码,用工单位名称,班组,姓名,身份证号,手机号,工种,进场日期,离场日期,"
            + "联行号,开户行名称,银行卡号,户名\n");
        for (var w = 1; w <= Workers; w++)
        {
            var project = ProjectOf(w);
            var team = project == 1 && !Team(1, 0).Contains(w) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{Project(project)},{Employer(project)},样例劳务{project},")
                .Append(CultureInfo.InvariantCulture, $"{TeamName(project, team)},{Name(w)},{Identity(w)},")
                .Append(CultureInfo.InvariantCulture, $"1390000{w:0000},木工,2025-03-01,,{Branch},样例支行,")
                .Append(CultureInfo.InvariantCulture, $"{FirstCard(w)},{Name(w)}\n");
        }
        return text.ToString();
    }

    public static string TermsCsv()
    {
        var text = new StringBuilder("身份证号,项目编码,合同签订日期,计薪方式,单价,计件单位,约定发薪日,标准日工时,支付周期\n");
        for (var w = 1; w <= Workers; w++)
            text.Append(CultureInfo.InvariantCulture,
                $"{Identity(w)},{Project(ProjectOf(w))},2025-03-01,PIECE,1.00,件,{PayDay(ProjectOf(w))},8,MONTH\n");
        return text.ToString();
    }

    public static string AttendanceCsv(int project, YearMonth month)
    {
        var text = new StringBuilder("身份证号,项目编码,日期,出勤工时,平日加班,休息日加班,法定节假日加班,计件数量\n");
        for (var team = 0; team < Teams(project); team++)
            foreach (var w in Team(project, team))
                text.Append(CultureInfo.InvariantCulture, $"{Identity(w)},{Project(project)},")
                    .Append(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}-28,0,0,0,0,")
                    .Append(CultureInfo.InvariantCulture, $"{Yuan(w, month)}\n");
        return text.ToString();
    }

    /// <summary>A payroll sheet.</summary>
    /// <param name="left">A worker who is left out, or 0.</param>
    /// <param name="stranger">One who is on no register stands on it.</param>
    /// <param name="more">Yuan by which the last one's wage is not what attendance says, without a reason.</param>
    public static string PayrollCsv(int project, int team, YearMonth month, int left, bool stranger, int more)
    {
        var text = new StringBuilder("序号,姓名,身份证号,出勤天数,工时,应发工资,扣款,实发工资,本人确认日期,未确认原因,差异原因,备注\n");
        var (total, row, workers) = (0L, 0, Team(project, team));
        var confirmed = month.PlusMonths(1);
        foreach (var w in workers.Where(w => w != left))
        {
            var wage = Yuan(w, month) + (w == workers[^1] ? more : 0);
            var identity = stranger && w == workers[^1] ? Identity(900 + project) : Identity(w);
            total += wage;
            text.Append(CultureInfo.InvariantCulture, $"{++row},{Name(w)},{identity},20,160,{wage}.00,0.00,{wage}.00,")
                .Append(CultureInfo.InvariantCulture, $"{confirmed.Year:0000}-{confirmed.Month:00}-01,,,\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"合计,,,,,{total}.00,0.00,{total}.00,,,,\n");
        return text.ToString();
    }

    /// <summary>What a project's payrolls of a month come to, in fen.</summary>
    public static long Fen(int project, YearMonth month) => Enumerable.Range(0, Teams(project))
        .SelectMany(team => Team(project, team)).Sum(w => Yuan(w, month)) * 100;
}
