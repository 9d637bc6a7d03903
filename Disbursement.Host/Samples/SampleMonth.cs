using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Samples;

/// <summary>
/// The input files of one wage month: January 2026, to be paid by Friday 13 February, two days before the New Year
/// holiday.
/// The same files ship in samples/month-2026-01; they are made up from the first byte to the last.
/// </summary>
public sealed class SampleMonth
{
    private const ulong Seed = 202_601;

    private readonly SampleSites _sites;
    private readonly SamplePeople _people;
    private readonly List<SampleWorker> _workers = [];

    public SampleMonth()
    {
        var seed = new SampleSeed(Seed);
        _sites = new SampleSites(seed);
        _people = new SamplePeople(seed);
        var wages = new SampleWages(seed);
        foreach (var employer in _sites.Employers)
            for (var place = 1; place <= employer.Workers; place++)
                _workers.Add(wages.Worker(employer, Person(employer, place), place));
    }

    /// <summary>Every worker with terms, attendance and the gross that follows.</summary>
    public IReadOnlyList<SampleWorker> Workers => _workers;

    public SampleSites Sites => _sites;

    /// <summary>Writes the files into the folder, which is made where it is not there.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in Files()) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    /// <summary>Name and bytes of every file. Rosters show the three forms a sheet may have; project C hands in
    /// workbooks.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Files()
    {
        List<(SampleSheet Sheet, bool Gb, bool Mark)> sheets = [(SampleSheets.Projects(_sites), false, true)];
        foreach (var project in _sites.Projects)
        {
            var letter = project.Letter.ToLowerInvariant();
            SampleWorker[] workers = [.. _workers.Where(w => w.Employer.Project == project)];
            var rosterForm = project.Letter == "C" ? "xlsx" : "csv";
            sheets.Add((SampleSheets.Roster($"roster-{letter}.{rosterForm}", workers), project.Letter == "A", false));
            sheets.Add((SampleSheets.Terms($"terms-{letter}.csv", workers), false, true));
            sheets.Add((SampleSheets.Attendance($"attendance-{letter}.csv", workers), false, false));
        }
        foreach (var employer in _sites.Employers.Where(e => e.HandsIn))
        {
            var form = employer.Letter == "c1" ? "xlsx" : "csv";
            sheets.Add((SampleSheets.Payroll($"payroll-{employer.Letter}.{form}", Of(employer)),
                employer.Letter == "a1", false));
        }
        sheets.Add((SampleSheets.PayrollIndex(_sites), false, true));
        sheets.Add((Funding(), false, true));
        sheets.Add((Corrections(), false, true));
        List<(string, byte[])> files = [.. sheets.Select(s => (s.Sheet.File, s.Sheet.Bytes(s.Gb, s.Mark)))];
        files.Add(("manifest.txt", Manifest(sheets.Select(s => s.Sheet))));
        return files;
    }

    private SampleWorker[] Of(SampleEmployer employer) => [.. _workers.Where(w => w.Employer == employer)];

    private SamplePerson Person(SampleEmployer employer, int place)
    {
        var name = (employer.Letter, place) switch
        {
            ("a2", 7) => SamplePeople.RareName,
            ("c1", 9) => SamplePeople.RarerName,
            (_, 10) => SamplePeople.DottedName(employer.Letter[0]),
            _ => null,
        };
        return _people.Next(name, place <= employer.Magic.Length ? employer.Magic[place - 1] : 0);
    }

    // Project A has what a1 is owed and no more until the top-up comes, eleven days after the due date.
    private SampleSheet Funding()
    {
        var byEmployer = _sites.Employers.ToDictionary(e => e.Letter,
            e => Of(e).Aggregate(Money.Zero, (sum, worker) => sum + SampleSheets.Submitted(worker)));
        (string Project, Money Amount, string Date)[] deposits =
        [
            ("A", byEmployer["a1"] + new Money(500_000), "2026-02-05"),
            ("B", byEmployer["b1"] + byEmployer["b2"] + new Money(2_000_000), "2026-02-05"),
            ("C", byEmployer["c1"] + new Money(2_000_000), "2026-02-06"),
            ("A", byEmployer["a2"] + new Money(1_500_000), "2026-02-24"),
        ];
        return new("funding.csv", ["流水号", "专户账号", "金额分", "付款人", "付款账号", "用途", "日期"],
            [.. deposits.Select((deposit, i) =>
            {
                var project = _sites.Projects.Single(p => p.Letter == deposit.Project);
                return new[]
                {
                    $"YL2026{i + 1:0000}", project.Account, deposit.Amount.Fen.ToString(CultureInfo.InvariantCulture),
                    project.Owner, $"5200{project.Account[..4]}00000{project.Letter[0] - 'A' + 1}", "人工费用拨付",
                    deposit.Date,
                };
            })]);
    }

    // The workers whose bank will say "name does not match" (990001) or "account closed" (990002) name another account.
    private SampleSheet Corrections() => new("corrected-accounts.csv",
        ["身份证号", "联行号", "开户行名称", "银行卡号", "户名", "变更原因"],
        [.. _workers.Where(w => w.Person.Card[^7..^1] is "990001" or "990002")
            .Select(w => _people.WithNewCard(w.Person))
            .Select(p => new[] { p.Identity, p.Cnaps, p.BankName, p.Card, p.Name, "原账户退回，更换为本人新卡" })]);

    private static byte[] Manifest(IEnumerable<SampleSheet> sheets)
    {
        var text = new StringBuilder();
        text.Append("样例 SAMPLE：本目录的项目、企业、人员、证件号码、银行账号均为虚构，仅供演示与测试。\n");
        text.Append("Every project, company, person, identity number and account in this folder is made up.\n\n");
        text.Append("工资月份 2026-01，约定发薪日 2026-02-13（周五，春节假期 02-15 至 02-23 之前）。\n");
        text.Append("b2（毕节样例钢筋工程有限公司）未报送工资表；A 项目专户在发薪日资金不足，02-24 补足。\n\n");
        foreach (var sheet in sheets) text.Append(CultureInfo.InvariantCulture, $"{sheet.File}\t{sheet.Rows.Count}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
