using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>What entries prove that are not booked here: those of an interim report or a notification, and those of a
/// statement without period or balances. The statement books them; until then a debit that names a file of ours says
/// that the bank has the file.</summary>
/// <remarks>No row is settled by it: the payer's account is debited, whether the payee's was credited only a report
/// says. A reference that is no file of ours is passed over: the statement names it as a foreign debit.</remarks>
internal static class EntryEvidence
{
    public static void Apply(DecisionContext context, Changes changes, string profile,
        IReadOnlyList<StatementEntry> entries, ExceptionLog log)
    {
        var references = entries.Where(e => e.Amount < Money.Zero)
            .SelectMany(e => e.Reference.Split(StatementPosting.Separators, StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var releases = new SortedDictionary<long, ReleaseRow>();
        foreach (var reference in references)
        {
            var file = context.Rows.Find<DisbursementFileRow>(("profile", profile), ("reference", reference));
            // As in a report: a file that went out once can be answered, one that never did cannot.
            if (file is null || file.FirstSentAt is null || file.State is FileState.Built) continue;
            var taken = FileWords.Accepted(file, log);
            if (taken == file) continue;
            changes.Update(taken with { Version = file.Version + 1 });
            var release = context.Rows.Find<ReleaseRow>(("release", file.Release))
                ?? throw new DefectException($"file {file.File} has no release");
            if (release.State == ReleaseState.Filed) releases[release.Release] = release with
            {
                Version = release.Version + 1,
                State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.BeginSettling),
            };
        }
        foreach (var release in releases.Values) changes.Update(release);
    }
}
