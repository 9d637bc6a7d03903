using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>What the law asks for before work and a worker has not got. None of it ever holds a wage.</summary>
/// <remarks>NoContract: works without a contract on record (Decree 724 art. 28). ContractLate: it was signed after work
/// began. NoAccount: no account to be paid into fifteen days after the contract was signed (the province's work plan of
/// 2016 has the card by then).</remarks>
public enum ComplianceFinding { NoContract, ContractLate, NoAccount }

/// <summary>A worker who is on a project, with the earliest contract on record.</summary>
public sealed record ComplianceFacts
{
    public required long Project { get; init; }
    public required string ProjectCode { get; init; }
    public required long Worker { get; init; }
    public required LocalDate JoinedOn { get; init; }
    public LocalDate? SignedOn { get; init; }

    /// <summary>1 where an account is approved, in force already or not.</summary>
    public required long HasAccount { get; init; }
}

/// <summary>A project's figures: workers on it, those with each finding, and heads of the last whole month: at work,
/// with a wage claim, paid.</summary>
public sealed record ProjectCompliance(string Project, long Workers, long NoContract, long ContractLate,
    long NoAccount, long Attended, long Claimed, long Paid)
{
    /// <summary>Of a hundred workers so many have a contract on record, rounded down; 100 where nobody is.</summary>
    public long ContractPercent => Workers == 0 ? 100 : (Workers - NoContract) * 100 / Workers;
}

/// <summary>Figures beside the wages (合规情况): told, never a reason to hold one back.</summary>
public static class Compliance
{
    /// <summary>Days from the contract to the card.</summary>
    private const int AccountDays = 15;

    public static IEnumerable<ComplianceFinding> Of(ComplianceFacts worker, LocalDate today)
    {
        if (worker.SignedOn is not { } signed)
        {
            yield return ComplianceFinding.NoContract;
            yield break;
        }
        if (signed > worker.JoinedOn) yield return ComplianceFinding.ContractLate;
        if (worker.HasAccount == 0 && signed.PlusDays(AccountDays) < today) yield return ComplianceFinding.NoAccount;
    }

    /// <param name="heads">Of the last whole month, a row for each project with attendance.</param>
    /// <returns>By project's code; a project without workers on it is left out.</returns>
    public static IReadOnlyList<ProjectCompliance> Sum(
        IEnumerable<ComplianceFacts> workers, IEnumerable<MonthHeads> heads, LocalDate today)
    {
        var months = heads.ToDictionary(h => h.Project);
        var sums = new SortedDictionary<string, ProjectCompliance>(StringComparer.Ordinal);
        foreach (var worker in workers)
        {
            var month = months.GetValueOrDefault(worker.Project);
            var sum = sums.GetValueOrDefault(worker.ProjectCode) ?? new ProjectCompliance(worker.ProjectCode, 0, 0, 0,
                0, month?.Attended ?? 0, month?.Claimed ?? 0, month?.Paid ?? 0);
            sum = sum with { Workers = sum.Workers + 1 };
            foreach (var finding in Of(worker, today))
                sum = finding switch
                {
                    ComplianceFinding.NoContract => sum with { NoContract = sum.NoContract + 1 },
                    ComplianceFinding.ContractLate => sum with { ContractLate = sum.ContractLate + 1 },
                    _ => sum with { NoAccount = sum.NoAccount + 1 },
                };
            sums[worker.ProjectCode] = sum;
        }
        return [.. sums.Values];
    }
}
