using Disbursement.Engine.Files;

namespace Disbursement.Host.Files;

/// <summary>
/// After a restore from an older backup: what the journal says went to a bank and this database does not know of.
/// </summary>
public static class Recovery
{
    /// <param name="Unknown">Journalled sendings without their file, or with a file that never was sent here.</param>
    /// <param name="Torn">Records cut short by a crash: nothing of them was sent.</param>
    public sealed record Found(IReadOnlyList<JournalledSend> Unknown, int Known, int Torn);

    public static Found Compare(Composition composition, SendJournal journal)
    {
        var reading = journal.Read();
        var sent = new HashSet<(long, string)>();
        foreach (var ledger in composition.Store.Ledgers())
        {
            using var view = composition.Store.Read(ledger.Ledger);
            foreach (var file in view.List<DisbursementFileRow>())
                if (file.FirstSentAt is not null || file.State is not (FileState.Built or FileState.Sealed))
                    sent.Add((ledger.Ledger, file.Reference));
        }
        var unknown = reading.Sends.Where(s => !sent.Contains((s.Ledger, s.Reference)))
            .DistinctBy(s => (s.Ledger, s.Reference)).ToList();
        return new Found(unknown, reading.Sends.Count - unknown.Count, reading.Torn);
    }
}
