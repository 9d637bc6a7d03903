using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>What a paper is about and where it was made: the same on every paper of a run.</summary>
/// <param name="Ledger">The ledger's region code, 520100.</param>
/// <param name="Leaves">Leaves of the log when the paper was made: whoever has the log finds the same rows.</param>
/// <param name="Sample">The ledger is a rehearsal.</param>
/// <param name="Today">The day in China.</param>
public sealed record ProjectHead(ProjectRow Project, long Ledger, long Leaves, bool Sample, LocalDate Today)
{
    /// <param name="months">"2026-01", or "2026-01 至 2026-03".</param>
    public PaperMark Mark(string months) => Mark($"{Project.Name}  {months}", Ledger, Leaves, Sample, Today);

    /// <summary>The mark of a paper that is about no one project.</summary>
    public static PaperMark Mark(string subject, long ledger, long leaves, bool sample, LocalDate today) =>
        new(subject, $"{CellText.Day(today)} 制表，账本 {Place(ledger)}，日志 {leaves} 条", sample, today);

    public PaperFact ProjectFact => new("工程项目", $"{Project.Name} ({Project.Code})");
    public PaperFact Contractor => new("施工总承包单位", Project.ContractorName);
    public PaperFact Owner => new("建设单位", Project.OwnerName);
    public PaperFact MadeOn => new("制表日期", CellText.Day(Today));

    private static string Place(long ledger) =>
        Region.TryParse($"{ledger}", out var region) ? $"{region.Zh} {ledger}" : $"{ledger}";
}

/// <summary>A range of months, both included.</summary>
public readonly record struct Months(YearMonth From, YearMonth To)
{
    /// <summary>"2026-01", or "2026-01 至 2026-03".</summary>
    public string Words => From == To ? Text(From) : $"{Text(From)} 至 {Text(To)}";

    /// <summary>The same in both languages, for a finding.</summary>
    public string Said => From == To ? Words : Bilingual.Of(Words, $"{Text(From)} to {Text(To)}");

    /// <summary>"2026-01", or "2026-01_2026-03": for the name of a file.</summary>
    public string FileWords => From == To ? Text(From) : $"{Text(From)}_{Text(To)}";

    private static string Text(YearMonth month) => $"{month.Year:0000}-{month.Month:00}";
}
