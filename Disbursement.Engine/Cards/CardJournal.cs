using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Cards;

/// <summary>Batches of card applications as the send journal knows them, after a restore from an older backup.
/// </summary>
public static class CardJournal
{
    /// <summary>Whether a journalled sending stands here: as sent or as what came after it, or listed by a recovery. A
    /// batch that was taken back at the very version it went out with was taken back in another history.</summary>
    public static bool Knows(IRowReader rows, JournalledCards cards) =>
        rows.Count<JournalledCardsRow>(("reference", cards.Reference), ("digest", cards.Digest)) > 0
        || Find(rows, cards) is { } batch && (batch.Version > cards.Version
            || batch.Version == cards.Version && batch.FirstSentAt is not null);

    /// <summary>Whether a recovery has listed a batch of this reference.</summary>
    public static bool Lists(IRowReader rows, string profile, string reference) =>
        rows.Count<JournalledCardsRow>(("reference", reference), ("profile", profile)) > 0;

    /// <summary>
    /// Lists what the journal shows, and doubts the batches that the backup knew and not their sending: sent again, the
    /// bank would have two applications of each worker.
    /// </summary>
    /// <param name="fresh">Those of this ledger that are not known.</param>
    internal static void Doubt(
        DecisionContext context, Changes changes, IReadOnlyList<JournalledCards> fresh, LedgerRestoreRow restore)
    {
        changes.Insert<JournalledCardsRow>([.. fresh.Select(c => new JournalledCardsRow
        {
            Reference = c.Reference,
            Digest = c.Digest,
            Restore = restore.Restore,
            Profile = c.Profile,
            Lines = c.Lines,
        })]);
        foreach (var batch in fresh.Select(c => Find(context.Rows, c)).OfType<CardBatchRow>().DistinctBy(b => b.Batch)
            .OrderBy(b => b.Batch))
            if (CardMachine.Table.Step(batch.State, FileTrigger.FindJournalled, Place.Of("card", "")) is
                { Accepted: true } doubted)
                changes.Update(batch with
                {
                    Version = batch.Version + 1,
                    State = doubted.Value,
                    FirstSentAt = context.At,
                    JournalDocument = restore.Journal,
                });
    }

    /// <summary>Used again for other lines, a reference is another batch's.</summary>
    private static CardBatchRow? Find(IRowReader rows, JournalledCards cards) =>
        rows.Find<CardBatchRow>(("profile", cards.Profile), ("reference", cards.Reference)) is { } batch
        && batch.Lines == cards.Lines ? batch : null;
}
