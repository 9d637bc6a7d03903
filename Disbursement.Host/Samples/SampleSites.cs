namespace Disbursement.Host.Samples;

/// <summary>A made-up project with its wage account at one of the partner banks.</summary>
public sealed record SampleProject(string Letter, string Code, string Name, string ContractorCode, string Contractor,
    string Owner, string Profile, string Account, string AccountName, string Cnaps);

/// <summary>A made-up subcontractor at work on a project.</summary>
/// <param name="Letter">Its short name in file names: "a1".</param>
/// <param name="Magic">The sandbox bank's behaviour wanted of its first workers' cards, one each.</param>
/// <param name="HandsIn">Whether it handed in a payroll; the one that did not owes its workers all the same.</param>
public sealed record SampleEmployer(string Letter, SampleProject Project, string CreditCode, string Name, int Workers,
    int[] Magic, bool HandsIn);

/// <summary>Three projects in Guiyang with five subcontractors, paid through three partner banks.</summary>
public sealed class SampleSites
{
    public const string Region = "520100";

    public SampleSites(SampleSeed seed)
    {
        var riverside = Contractor("贵州样例建工集团有限公司");
        var eastern = Contractor("黔东样例建设有限公司");
        var a = Project("A", "观山湖区样例安置房一期（样例）", riverside, "贵阳样例城市投资有限公司", "icbc-bxt", "2402", "102", 19);
        var b = Project("B", "花溪区样例学校一期（样例）", eastern, "贵阳样例教育投资有限公司", "cmb-ntagcsal", "8519", "308", 15);
        var c = Project("C", "花溪区样例学校二期（样例）", eastern, "贵阳样例教育投资有限公司", "iso20022-pain", "9520", "403", 18);
        Projects = [a, b, c];
        Employers =
        [
            Employer("a1", a, "贵阳样例劳务有限公司", 62, [990001, 990002, 990005], true),
            Employer("a2", a, "遵义样例建筑劳务有限公司", 58, [], true),
            Employer("b1", b, "安顺样例劳务有限公司", 60, [990003, 990005, 990007], true),
            Employer("b2", b, "毕节样例钢筋工程有限公司", 57, [], false),
            Employer("c1", c, "凯里样例装饰工程有限公司", 61, [990001, 990006, 990008], true),
        ];

        (string Code, string Name) Contractor(string name) => (SampleIdentifiers.CreditCode(seed), name);

        SampleProject Project(string letter, string name, (string Code, string Name) contractor, string owner,
            string profile, string accountStart, string bank, int accountWidth) =>
            new(letter, $"GY2025{letter}001", name, contractor.Code, contractor.Name, owner, profile,
                accountStart + seed.Digits(accountWidth - accountStart.Length), $"{contractor.Name}农民工工资专用账户",
                SampleIdentifiers.Cnaps(bank, "7010", $"0{seed.Between(41, 60):000}"));

        SampleEmployer Employer(string letter, SampleProject project, string name, int workers, int[] magic,
            bool handsIn) =>
            new(letter, project, SampleIdentifiers.CreditCode(seed), name, workers, magic, handsIn);
    }

    public IReadOnlyList<SampleProject> Projects { get; }
    public IReadOnlyList<SampleEmployer> Employers { get; }
}
