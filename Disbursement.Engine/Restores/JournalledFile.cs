using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;

namespace Disbursement.Engine.Restores;

/// <summary>
/// Which file of this ledger a record of the send journal is. After a restore two can bear one reference: the one that
/// went out, and another that was built here under the same number before the journal was asked.
/// </summary>
public static class JournalledFile
{
    /// <summary>The file of the record's reference with the same bytes, or the same wages in the same rows; null where
    /// there is none. One of other wages is another file, which never went.</summary>
    public static DisbursementFileRow? Of(IRowReader rows, ISetQueries queries, JournalledSend send) =>
        rows.List<DisbursementFileRow>(("profile", send.Profile), ("reference", send.Reference))
            .FirstOrDefault(f => f.Lines == send.Lines && f.TotalFen == send.TotalFen
                && (f.SealedDocument == send.Digest || queries.FileClaims(f.File).SequenceEqual(send.Claims)));

    /// <summary>Sent from here, or listed by a recovery: by the name of the sending alone. What was done since a backup
    /// can come to the same file, at the same version, with the same bytes, and is another sending.</summary>
    public static bool Knows(IRowReader rows, JournalledSend send) =>
        rows.Count<FileSendingRow>(("sending", send.Sending)) > 0;

    /// <summary>
    /// The file a bank means by a reference: the journalled one, where the journal shows the reference. Null where it
    /// is none of ours, or the journalled one cannot be made yet.
    /// </summary>
    public static DisbursementFileRow? Named(IRowReader rows, string profile, string reference)
    {
        var sends = Sends(rows, profile, reference);
        var files = rows.List<DisbursementFileRow>(("profile", profile), ("reference", reference));
        return sends.Count == 0 ? files is [var only, ..] ? only : null
            : sends.Select(s => files.FirstOrDefault(f => f.File == s.File)).FirstOrDefault(f => f is not null);
    }

    /// <summary>Whether the journal shows the file's reference on another file, or on a batch of cards: what a bank has
    /// under it is not this.</summary>
    public static bool IsAnother(IRowReader rows, DisbursementFileRow file) =>
        Sends(rows, file.Profile, file.Reference).Any(s => s.File != file.File)
        || rows.List<JournalledCardsRow>(("reference", file.Reference)).Any(c => c.Profile == file.Profile);

    private static List<JournalledSendRow> Sends(IRowReader rows, string profile, string reference) =>
        [.. rows.List<JournalledSendRow>(("reference", reference)).Where(s => s.Profile == profile)
            .OrderBy(s => s.Send)];
}
