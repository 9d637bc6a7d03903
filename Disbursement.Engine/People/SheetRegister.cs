using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>
/// The projects and workers a sheet names, found in one question each; who is not there is a finding.
/// </summary>
internal sealed class SheetRegister
{
    private readonly Dictionary<string, long> _projects;
    private readonly Dictionary<string, long> _workers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, HashSet<long>> _workersByProject = [];

    public SheetRegister(DecisionContext context, IEnumerable<(long Row, string Identity, string Project)> rows)
    {
        _projects = context.Rows.List<ProjectRow>().ToDictionary(p => p.Code, p => p.Project);
        var lines = rows.ToList();
        var hashes = lines.Select(l => l.Identity).Distinct()
            .ToDictionary(i => i, i => WorkerText.HashOf(context.Vault, i));
        var known = context.Queries.Workers(hashes.Values).ToDictionary(w => w.IdentityHash, w => w.Worker);
        foreach (var (identity, hash) in hashes)
            if (known.TryGetValue(hash, out var worker)) _workers[identity] = worker;
        foreach (var line in lines) Take(context.Command.Text("file"), line);
    }

    public List<Finding> Findings { get; } = [];

    /// <summary>The workers of each project on the sheet, projects in order.</summary>
    public IReadOnlyDictionary<long, HashSet<long>> WorkersByProject => _workersByProject;

    public long ProjectOf(string code) => _projects[code];

    public long WorkerOf(string identity) => _workers[identity];

    private void Take(string file, (long Row, string Identity, string Project) line)
    {
        if (!_projects.TryGetValue(line.Project, out var project))
        {
            var unknown = Guard.NotFound("project", line.Project);
            if (!Findings.Exists(f => f.At.Value == line.Project)) Findings.Add(unknown);
        }
        else if (!_workers.TryGetValue(line.Identity, out var worker))
        {
            Findings.Add(new Finding(
                RegisterRules.WorkerUnknown, new Place(file, line.Row, "身份证号", line.Identity)));
        }
        else
        {
            if (!_workersByProject.TryGetValue(project, out var workers)) _workersByProject[project] = workers = [];
            workers.Add(worker);
        }
    }
}
