using System.Globalization;
using System.Text;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>
/// Holds the checkpoints a database keeps against the leaves: each must be signed, and a root of this very log.
/// </summary>
internal static class CheckpointCheck
{
    /// <summary>Every checkpoint row of a database, whatever ledger it names.</summary>
    public static IReadOnlyList<CheckpointRow> Rows(Dialect dialect, long? ledger)
    {
        using var connection = dialect.Open();
        var map = TableMap<CheckpointRow>.Shared;
        return connection.Query<CheckpointRow>(map.Select
            + (ledger is null ? "" : $" WHERE ledger = {ledger}") + map.OrderByKey).AsList();
    }

    /// <summary>Checkpoints of one database against the leaves of another, which was rebuilt from its log.</summary>
    public static IReadOnlyList<Finding> Against(Dialect rebuilt, IReadOnlyList<CheckpointRow> rows,
        Func<string, IReadOnlyList<INoteVerifier>> verifiers)
    {
        var findings = new List<Finding>();
        var ledgers = new LedgerStore(rebuilt).Ledgers().Select(l => l.Ledger).ToHashSet();
        foreach (var group in rows.GroupBy(r => r.Ledger))
        {
            if (!ledgers.Contains(group.Key))
            {
                findings.AddRange(group.Select(r =>
                    RebuildRules.CheckpointWrong.Of(Number(r.Size), "of a ledger that has no log")));
                continue;
            }
            using var log = new LiveLog(rebuilt, group.Key);
            var marks = group.Select(r => r.Size).ToHashSet();
            var (roots, frontier) = (new Dictionary<long, Hash256>(), new Frontier());
            foreach (var leaf in log.Leaves())
            {
                frontier.Append(Hash256.From(leaf.LeafHash));
                if (marks.Contains(frontier.Size)) roots[frontier.Size] = frontier.Root;
            }
            findings.AddRange(Findings(log.Origin, [.. group], verifiers(log.Origin), roots));
        }
        return findings;
    }

    /// <param name="known">The log's keys; none: signatures are left out.</param>
    /// <param name="roots">Roots by size, as the leaves give them.</param>
    public static IEnumerable<Finding> Findings(string origin, IReadOnlyList<CheckpointRow> rows,
        IReadOnlyList<INoteVerifier> known, Dictionary<long, Hash256> roots) =>
        // One for each run that committed: there are many, and each has two signatures.
        from row in rows.AsParallel().AsOrdered()
        let trouble = Trouble(origin, row, known, roots)
        where trouble is not null
        select RebuildRules.CheckpointWrong.Of(Number(row.Size), trouble);

    private static string? Trouble(
        string origin, CheckpointRow row, IReadOnlyList<INoteVerifier> known, Dictionary<long, Hash256> roots)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(row.Note), out var note, out var error)) return error;
        if (!Checkpoint.TryParse(note.Text, out var checkpoint)) return "not a checkpoint";
        if (checkpoint.Origin != origin || checkpoint.Size != row.Size) return "of another log or size";
        if (!roots.TryGetValue(row.Size, out var root) || root != checkpoint.Root)
            return "the leaves have another root at this size";
        if (known.Count == 0) return null;
        // What a database keeps is its own notes: every line must be of a known key, and right.
        var verdict = note.Check(known);
        return verdict.Trusted && verdict.Unknown == 0 && verdict.Verified.Distinct().Count() == known.Count
            ? null : "not signed by the log's keys";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
