using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// After a restore from an older backup: what the journal says went to a bank and this database does not know of is
/// listed, locked and made Unknown; then the anchor of the lost history may be passed over.
/// </summary>
public static class Recovery
{
    /// <param name="Unknown">Journalled sendings without their file, or with a file that never was sent here.</param>
    /// <param name="Torn">Records cut short by a crash: nothing of them was sent.</param>
    /// <param name="Foreign">Lines of whole records nobody can read here.</param>
    /// <param name="Recalls">Journalled recalls that were never asked for here.</param>
    /// <param name="Cards">Journalled batches of card applications without their batch, or with one never sent here.
    /// </param>
    public sealed record Found(IReadOnlyList<JournalledSend> Unknown, int Known, int Torn,
        IReadOnlyList<JournalledLine> Foreign, IReadOnlyList<JournalledRecall> Recalls,
        IReadOnlyList<JournalledCards> Cards);

    /// <summary>Holds the journal against the database. Listed before counts as known.</summary>
    public static Found Compare(Composition composition, SendJournal journal)
    {
        var reading = journal.Read();
        var known = new HashSet<(long, string)>();
        foreach (var ledger in composition.Store.Ledgers())
        {
            using var view = composition.Store.Read(ledger.Ledger);
            known.UnionWith(view.List<FileSendingRow>().Select(s => (ledger.Ledger, s.Sending)));
        }
        var unknown = reading.Sends.Where(s => !known.Contains((s.Ledger, s.Sending)))
            .DistinctBy(s => (s.Ledger, s.Sending)).ToList();
        var recalls = reading.Recalls.Where(r => !Knows(composition.Store, r))
            .DistinctBy(r => (r.Ledger, r.Reference, r.Digest)).ToList();
        var cards = reading.Cards.Where(c => !Knows(composition.Store, c))
            .DistinctBy(c => (c.Ledger, c.Reference, c.Digest)).ToList();
        return new Found(unknown, reading.Sends.Count + reading.Recalls.Count + reading.Cards.Count - unknown.Count
            - recalls.Count - cards.Count, reading.Torn, reading.ForeignLines, recalls, cards);
    }

    private static bool Knows(LedgerStore store, JournalledSend send)
    {
        if (store.Ledgers().All(l => l.Ledger != send.Ledger)) return false;
        using var view = store.Read(send.Ledger);
        return JournalledFile.Knows(view, send);
    }

    private static bool Knows(LedgerStore store, JournalledRecall recall)
    {
        if (store.Ledgers().All(l => l.Ledger != recall.Ledger)) return false;
        using var view = store.Read(recall.Ledger);
        return RecallBook.Knows(view, recall);
    }

    private static bool Knows(LedgerStore store, JournalledCards cards)
    {
        if (store.Ledgers().All(l => l.Ledger != cards.Ledger)) return false;
        using var view = store.Read(cards.Ledger);
        return CardJournal.Knows(view, cards);
    }

    /// <summary>
    /// What is asked before anything goes to a bank, in this order: the journal lies apart from the database, it knows
    /// no more than the database does, and it is there. The finding that refuses, or null.
    /// </summary>
    public static Finding? Refusal(LedgerStore store, SendJournal journal, long ledger) =>
        JournalPlace.Refusal(store, ledger, journal.Path) ?? Behind(store, journal) ?? Lost(store, journal, ledger);

    /// <summary>
    /// The finding that refuses every sending where the end of the journal has a file this database does not know: it
    /// is of an older backup, whether or not an anchor shows it. Null where it knows.
    /// </summary>
    public static Finding? Behind(LedgerStore store, SendJournal journal)
    {
        var newest = journal.Newest();
        if ((newest.Recalls.FirstOrDefault(r => !Knows(store, r))?.Reference
            ?? newest.Cards.FirstOrDefault(c => !Knows(store, c))?.Reference
            ?? newest.Sends.FirstOrDefault(s => !Knows(store, s))?.Reference) is { } unknown) return Ahead(unknown);
        journal.Known();
        return null;
    }

    /// <summary>
    /// The finding that refuses every sending where files went out and the journal that must know them is not there, or
    /// is empty: the next sending would begin another, and nothing would witness what went before. Null where it holds
    /// something, where nothing was sent yet, or where two people declared it lost since.
    /// </summary>
    /// <param name="only">The ledger that sends: others of the database may have journals of their own. Null: all.
    /// </param>
    public static Finding? Lost(LedgerStore store, SendJournal journal, long? only = null)
    {
        var length = journal.Length;
        if (length > 0) return null;
        foreach (var ledger in store.Ledgers().Where(l => only is null || l.Ledger == only))
        {
            using var view = store.Read(ledger.Ledger);
            var sent = view.Queries.FilesSent();
            // Begun and empty: the process died between the commit of a first sending and its record.
            if (RestoreLost.NeedsNone(view, sent) || length == 0 && RestoreLost.NeedsNone(view, sent - 1)) continue;
            return new Finding(RestoreRules.JournalLost, Place.Of("--journal", journal.Path), journal.Path,
                ledger.Ledger.ToString(CultureInfo.InvariantCulture), sent.ToString(CultureInfo.InvariantCulture));
        }
        return null;
    }

    /// <summary>Why there is no journal to recover by: it is missed, or its loss was declared. Null where no file went
    /// out that it could know.</summary>
    public static Finding? Absent(LedgerStore store, SendJournal journal)
    {
        if (Lost(store, journal) is { } lost) return lost;
        foreach (var ledger in store.Ledgers())
        {
            using var view = store.Read(ledger.Ledger);
            if (view.Queries.FilesSent() is > 0 and var sent)
                return new Finding(RestoreRules.DeclaredLost, Place.Of("--journal", journal.Path), journal.Path,
                    ledger.Ledger.ToString(CultureInfo.InvariantCulture), sent.ToString(CultureInfo.InvariantCulture));
        }
        return null;
    }

    private static Finding Ahead(string newest) =>
        new(RestoreRules.JournalAhead, Place.Of("--journal", newest), newest);

    /// <summary>
    /// Begins a recovery of one ledger where the journal or the anchor shows a restore, and matches what it can. A
    /// repeat goes on where the one before stopped.
    /// </summary>
    /// <param name="decide">Runs a command, signed where somebody signs.</param>
    /// <param name="lostAnchor">The anchor that is ahead, where a person signs for passing it over.</param>
    /// <param name="epoch">Letters and digits of the references from now on; null: drawn.</param>
    public static Decision<Outcome> Run(Composition composition, long ledger, Found found,
        byte[]? lostAnchor, Func<Command, Decision<Outcome>> decide, string? epoch = null)
    {
        var records = string.Concat(found.Unknown.Where(s => s.Ledger == ledger).Select(JournalText.Format)
            .Concat(found.Recalls.Where(r => r.Ledger == ledger).Select(JournalText.Format))
            .Concat(found.Cards.Where(c => c.Ledger == ledger).Select(JournalText.Format)));
        if (records.Length > 0 || lostAnchor is not null)
        {
            var command = new Command("restore.begin", ("epoch", epoch ?? Epoch(composition, ledger)))
                .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(records)));
            if (lostAnchor is not null) command = command.With(new InputDocument(RestoreBegin.Anchor, lostAnchor));
            var begun = decide(command);
            if (!begun.Accepted) return begun;
        }
        // Once nothing is left to match, the words that were kept are applied.
        var match = new Command("restore.match");
        var matched = composition.Runner.Run(ledger, match);
        while (matched is { Accepted: true, Value.Repeat: false }) matched = composition.Runner.Run(ledger, match);
        return matched;
    }

    /// <summary>The anchor's bytes where it is of a history this database lost; null where it fits or is not
    /// there.</summary>
    public static byte[]? LostAnchor(LogFiles files, LiveLog log)
    {
        var path = files.AnchorPath(log.Ledger);
        return File.Exists(path) && files.CheckAnchor(log) is [var finding, ..]
            && (finding.Rule == AuditRules.AnchorAhead || finding.Rule == AuditRules.AnchorFork)
            ? File.ReadAllBytes(path) : null;
    }

    /// <summary>Signs the head as it stands and makes it the anchor; the lost one stays beside it.</summary>
    public static Decision<SignedNote> PassAnchor(Composition composition, LogFiles files, long ledger)
    {
        long restore;
        using (var view = composition.Store.Read(ledger)) restore = view.List<LedgerRestoreRow>()[^1].Restore;
        using var log = new LiveLog(composition.Store.Dialect, ledger);
        var note = log.Sign(LogKey.Ensure(files.KeyPath));
        if (note.Accepted) new Anchor(files.AnchorPath(ledger)).Restart(note.Value, restore);
        return note;
    }

    /// <summary>A fresh epoch; like the first one it says whether it is a rehearsal's.</summary>
    private static string Epoch(Composition composition, long ledger)
    {
        var rehearsal = composition.Store.Ledgers().First(l => l.Ledger == ledger).Rehearsal == 1;
        return (rehearsal ? "R" : "P") + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRTUVWXY0123456789", 3);
    }
}
