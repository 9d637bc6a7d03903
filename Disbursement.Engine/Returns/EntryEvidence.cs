using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>What entries prove that are not booked here: those of an interim report or a notification, and those of a
/// statement without period or balances. The statement books them; until then a debit that names a file of ours says
/// that the bank has the file.</summary>
/// <remarks>No row is settled by it: the payer's account is debited, whether the payee's was credited only a report
/// says. A reference that is no file of ours, or of a file that another account pays, is passed over: the statement
/// names it as a foreign debit. On an account that is none of ours no statement would: that is an exception.</remarks>
internal static class EntryEvidence
{
    public static void Apply(DecisionContext context, Changes changes, BankMessageRow message, StatementHead report,
        IReadOnlyList<StatementEntry> entries, bool wholeFileDebit, ExceptionLog log, IReadOnlySet<string> foreign)
    {
        var bank = report.Account.Length == 0 ? null
            : context.Rows.Find<BankAccountRow>(("number_hash", context.Vault.AccountHash(report.Account)));
        var accounts = bank is null ? []
            : context.Rows.List<WageAccountRow>(("bank_account", bank.BankAccount)).Select(a => a.Account).ToHashSet();
        var references = entries.Where(e => e.Amount < Money.Zero && e.Kind != StatementPosting.Fee)
            .SelectMany(e => e.Reference.Split(StatementPosting.Separators, StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Where(r => !foreign.Contains(r)).Order(StringComparer.Ordinal);
        var releases = new SortedDictionary<long, ReleaseRow>();
        foreach (var reference in references)
        {
            var file = JournalledFile.Named(context.Rows, message.Profile, reference);
            // As in a report: a file that went out once can be answered, one that never did cannot.
            if (file is null || file.FirstSentAt is null || file.State is FileState.Built) continue;
            if (bank is null)
            {
                log.Add(ExceptionKinds.UnknownAccount, 0, 0, 0, report.StatementId);
                break;
            }
            // As in a statement: what another account paid is no movement of this one.
            if (!accounts.Contains(file.Account)) continue;
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
        if (bank is null) return;
        var debits = new JournalledDebits(context, changes, message.Profile, reference =>
            !foreign.Contains(reference) && JournalledFile.Named(context.Rows, message.Profile, reference) is { } file
                && accounts.Contains(file.Account) ? file : null);
        // What a statement booked since stands in the files' counters already.
        var booked = context.Rows.List<BankStatementRow>(("bank_account", bank.BankAccount));
        foreach (var entry in entries.Where(e => !booked.Any(s => s.FromDate <= e.BookedOn && e.BookedOn <= s.ToDate)))
            debits.Take(entry);
        debits.Write("", areBooked: false, wholeFileDebit, message.Document, log);
    }
}
