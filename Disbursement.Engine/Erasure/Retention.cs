using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Erasure;

/// <summary>How long wage records are kept, project by project.</summary>
public static class Retention
{
    /// <summary>
    /// 至少3年: Decree 724 arts. 15 (wage ledger) and 28 (register of workers), from completion and full settlement.
    /// </summary>
    public const int Years = 3;

    /// <summary>The last day the records of a completed and settled project are kept.</summary>
    public static LocalDate Until(RetainedProject project) =>
        LocalDate.Max(project.CompletedOn!.Value, project.SettledOn!.Value).PlusYears(Years);

    /// <summary>Why the time has not begun for a project with a wage open, or null.</summary>
    public static Finding? Open(RetainedProject project) => (project.OpenPayroll, project.OpenObligation) switch
    {
        ({ } payroll, _) => Named(project, Bilingual.Of($"工资表 {Text(payroll)}", $"payroll {Text(payroll)}")),
        (_, { } obligation) => Named(project,
            Bilingual.Of($"义务 {Text(obligation)}", $"obligation {Text(obligation)}")),
        _ => null,
    };

    /// <summary>
    /// The latest day to which a worker's projects keep their records, or what refuses to name one.
    /// </summary>
    public static Decision<RetainedProject?> Latest(IReadOnlyList<RetainedProject> projects)
    {
        foreach (var project in projects)
        {
            var at = Place.Of("project", project.Code);
            if (Open(project) is { } open) return Decision<RetainedProject?>.Refuse([open]);
            if (project.CompletedOn is null)
                return Decision<RetainedProject?>.Refuse(ErasureRules.NotCompleted, at, project.Code);
            if (project.PayrollVersionsThen != project.PayrollVersions)
                return Decision<RetainedProject?>.Refuse(ErasureRules.SettledLater, at, project.Code,
                    $"{project.SettledOn:uuuu-MM-dd}");
        }
        return Decision<RetainedProject?>.Accept(projects.MaxBy(Until));
    }

    private static Finding Named(RetainedProject project, string what) =>
        new(ErasureRules.WagesOpen, Place.Of("project", project.Code), project.Code, what);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
