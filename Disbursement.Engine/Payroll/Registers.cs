using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>A worker as registered with one employer on one project.</summary>
/// <param name="Worker">The ledger's id of the person.</param>
/// <param name="Left">The leaving day, or null.</param>
public sealed record Registration(long Worker, string Name, string Project, string Employer, string Team,
    LocalDate Joined, LocalDate? Left);

/// <summary>The register of workers as a sheet is held to it. Asked once per line, so it answers from memory.</summary>
public interface IRosterLookup
{
    /// <summary>
    /// The worker's registration with this project and employer; if there is none, any other of that worker, one of the
    /// same project first; null for a person who is not registered at all.
    /// </summary>
    Registration? Find(string identity, string project, string employer);
}

/// <summary>A payroll that already pays a worker for some days of a period.</summary>
public sealed record EarlierPayroll(string Number, LocalDate From, LocalDate To);

/// <summary>The other payrolls of the ledger, asked once per line.</summary>
public interface IEarlierPayrolls
{
    /// <summary>A payroll of this project and employer, not refused or withdrawn, whose period meets this one; or
    /// null.</summary>
    EarlierPayroll? Overlapping(long worker, PayrollHeader header);
}

/// <summary>The register in memory: what a lookup does, written once.</summary>
public sealed class RosterRegister : IRosterLookup
{
    private readonly Dictionary<string, List<Registration>> _byIdentity = [];

    public void Add(string identity, Registration registration)
    {
        if (!_byIdentity.TryGetValue(identity, out var list)) _byIdentity[identity] = list = new List<Registration>(1);
        list.Add(registration);
    }

    public Registration? Find(string identity, string project, string employer)
    {
        if (!_byIdentity.TryGetValue(identity, out var list)) return null;
        Registration? sameProject = null;
        foreach (var entry in list)
        {
            if (entry.Project != project) continue;
            if (entry.Employer == employer) return entry;
            sameProject ??= entry;
        }
        return sameProject ?? list[0];
    }
}
