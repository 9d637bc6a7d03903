using System.Data.Common;
using System.Globalization;
using Dapper;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Fixtures;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>
/// The drawn histories reach what they are for: a mark never reached fails. Seeded, so the same ones every time; more
/// of them by LAW_SEEDS=first-count.
/// </summary>
public class ReachTests(ITestOutputHelper output)
{
    private const ulong Rebuilt = 8, Enough = 60;
    private static readonly int SideBySide = Environment.ProcessorCount;

    /// <summary>Marks read from the tables at the end of a history.</summary>
    private static readonly Dictionary<string, string> s_marks = new()
    {
        ["rejected"] = "payment_outcome WHERE kind = 'Rejected'",
        ["late return"] = "payment_outcome WHERE kind = 'Returned'",
        ["contradicted"] = "bank_exception WHERE kind = 'Contradicted'",
        ["people's word"] = "payment_outcome WHERE source = 'People' AND kind <> 'NotSent'",
        ["credited after all"] = """
            payment_outcome o WHERE o.kind = 'Settled' AND EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = o.ledger AND d.claim = o.claim AND d.attempt = o.attempt AND d.seq < o.seq)
            """,
        ["double credit"] = "bank_exception WHERE kind = 'DoubleCredit'",
        ["paid again"] = "payment WHERE attempt > 1 AND channel = 'File'",
        ["void"] = "payment WHERE channel = 'Void'",
        ["outside"] = "payment WHERE channel = 'Outside'",
        ["impaired"] = "bank_exception WHERE kind = 'Impaired'",
        ["foreign debit"] = "bank_exception WHERE kind = 'ForeignDebit'",
        ["statement gap"] = "bank_exception WHERE kind = 'StatementGap'",
        ["partial release"] = "release WHERE kind = 'Partial'",
        ["advance"] = "release WHERE kind = 'Advance' AND state NOT IN ('Planned', 'Short', 'Cancelled')",
        ["earmarked"] = "account_entry WHERE kind = 'Reserve' AND earmark IS NOT NULL",
        ["back into its earmark"] = "account_entry WHERE kind IN ('Release', 'Yield') AND earmark_delta_fen > 0",
        ["named what is not known"] = "bank_exception WHERE kind = 'UnknownPurpose'",
        ["short"] = "release WHERE state = 'Short'",
        ["overdue"] = "obligation WHERE kind = 'Unpaid'",
        ["unassessed"] = "obligation WHERE kind = 'Unassessed'",
        ["discharged"] = "obligation WHERE state = 'Discharged'",
        ["silent"] = "bank_exception WHERE kind = 'Silent'",
        ["reconciled"] = "disbursement_file WHERE state = 'Reconciled'",
        ["withdrawn"] = "disbursement_file WHERE state = 'Withdrawn'",
    };

    private static readonly string[] s_met =
        ["SendLost", "SendLate", "SendRefused", "SendCrossed", "SendAsleep", "sent Delivered", "sent Unknown",
            "sent Refused", "sent NotSent", "several yielded", "yielded in part", "refused claim.payment-live"];

    [Fact]
    public void The_drawn_histories_reach_every_mark_and_hold_every_law()
    {
        using var files = new Scratch();
        var key = LogKey.Ensure(files["keys/log.key.pem"]);
        var (first, count, all) = Seeds();
        var wanted = s_marks.Keys.Concat(s_met).ToHashSet();
        var reached = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var broken = new SortedDictionary<ulong, string>();
        // As many side by side as there are processors; the first round with a broken law in it is the last.
        for (var seed = first; seed < first + count && broken.Count == 0
            && (all || !wanted.IsSubsetOf(reached.Keys)); seed += (ulong)SideBySide)
        {
            var round = Enumerable.Range(0, SideBySide).Select(i => seed + (ulong)i).Where(s => s < first + count);
            foreach (var (played, (marks, trouble)) in round.AsParallel().Select(s => (s, Play(s, key))))
            {
                foreach (var mark in marks) reached[mark] = reached.GetValueOrDefault(mark) + 1;
                if (trouble is not null) broken[played] = trouble;
            }
        }
        output.WriteLine(string.Join('\n', reached.Select(r => $"{r.Key}: {r.Value}")));
        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Values));
        // Of a few that are asked for not all can be.
        if (!all || count >= Enough) Assert.Empty(wanted.Except(reached.Keys));
    }

    /// <summary>What one seed reached, and what broke on it.</summary>
    private static (IReadOnlyList<string> Reached, string? Broken) Play(ulong seed, LogKey key)
    {
        var history = Histories.Drawn.Sample(1, new Rnd(seed), 50).Single();
        try
        {
            using var world = LawWorld.Play(history);
            // L6 costs as much as the history itself: of some.
            if (seed % Rebuilt == 0)
                Assert.Empty(LiveRebuild.Compare(world.Database.Dialect, SampleLedger.Ledger, key.Verifiers).Findings);
            return ([.. Marks(world)], null);
        }
        // A law of the schema that stops a decision is a defect of the decider, if nothing worse.
        catch (Exception trouble) when (trouble is Xunit.Sdk.XunitException or Engine.Primitives.DefectException
            or DbException)
        {
            return ([], $"seed {seed}: {trouble.Message}\n{history}\n{trouble.StackTrace}");
        }
    }

    private static IEnumerable<string> Marks(LawWorld world)
    {
        using var eye = world.Database.Owner();
        foreach (var (mark, rows) in s_marks)
            if (eye.ExecuteScalar<long>($"SELECT count(*) FROM {rows}") > 0) yield return mark;
        foreach (var met in world.Reached) yield return met;
    }

    /// <summary>As many as it takes to reach every mark; those asked for are all played.</summary>
    private static (ulong First, ulong Count, bool All) Seeds() =>
        Environment.GetEnvironmentVariable("LAW_SEEDS")?.Split('-') is [var first, var count]
            ? (ulong.Parse(first, CultureInfo.InvariantCulture), ulong.Parse(count, CultureInfo.InvariantCulture), true)
            : (1, Enough, false);
}
