using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>What rebuilding and comparing came to.</summary>
public sealed record RebuildVerdict(long Leaves, long Checkpoints, IReadOnlyList<Finding> Findings)
{
    /// <summary>Every table is what the log, the documents and the keys make of it.</summary>
    public bool Equal => Findings.All(f => f.Rule.Severity != Severity.Refusal);
}

/// <summary>Rebuilds a live database into a temporary one and compares every table (L6).</summary>
public static class LiveRebuild
{
    /// <param name="catalogue">Every adapter the decisions were made with; null for what ships.</param>
    /// <param name="verifiers">Verifiers of a log's keys by its origin.</param>
    public static RebuildVerdict Compare(Dialect live, long? ledger,
        Func<string, IReadOnlyList<INoteVerifier>> verifiers, BankCatalogue? catalogue = null)
    {
        using var folder = new TemporaryFolder();
        var rebuilt = new SqliteDialect(folder.File("rebuilt.db"));
        using var source = new LogSource(live);
        var rebuild = new Rebuild(source, rebuilt, catalogue: catalogue);
        var findings = rebuild.Run(ledger).ToList();
        // After a leaf that failed the rebuilt tables are not whole: what they lack would say nothing.
        if (findings.Exists(f => f.Rule.Severity == Severity.Refusal)) return new(rebuild.Leaves, 0, findings);
        var differences = new TableComparison(live, rebuilt, ledger).Run();
        if (differences.Any(d => d.Rule == RebuildRules.TableUnreadable))
            return new(rebuild.Leaves, 0, [.. findings, .. differences]);
        var checkpoints = CheckpointCheck.Rows(live, ledger);
        findings.AddRange(CheckpointCheck.Against(rebuilt, checkpoints, verifiers));
        return new(rebuild.Leaves, checkpoints.Count, [.. findings, .. differences]);
    }
}
