using Disbursement.Engine.Restores;

namespace Disbursement.Engine.Ports;

public partial interface ISetQueries
{
    /// <summary>Journalled lines neither matched nor absent, with the claim of their key; by send and line.</summary>
    IReadOnlyList<WaitingLine> WaitingLines();

    /// <summary>Words of the bank that were kept for want of a payment and are no outcome yet of the one there is now;
    /// by file, line and order.</summary>
    IReadOnlyList<KeptWord> KeptWords();

    /// <summary>Wages paid otherwise whose row in a journalled file the bank calls paid too, and that no exception
    /// names yet.</summary>
    IReadOnlyList<TwiceCredited> TwiceCredited();

    /// <summary>Journalled files that still hold up every sending.</summary>
    IReadOnlyList<OpenSend> OpenSends();

    /// <summary>Claims that journalled lines lock; almost always none.</summary>
    IReadOnlyList<LockedClaim> LockedClaims();

    /// <summary>Rows of a file whose claim a line of another, journalled file locks; almost always none.</summary>
    IReadOnlyList<LockedRow> LockedRows(long file);

    /// <summary>Files of ours that have not reached a bank and go no more, beside the journalled file that is why; by
    /// file and item.</summary>
    IReadOnlyList<StayingFile> StayingFiles();

    /// <summary>The claims of a file as the send journal names them, in the order of its rows.</summary>
    IReadOnlyList<JournalledClaim> FileClaims(long file);

    /// <summary>Files that went out, or may have: sent from here and not proved unsent, or known by the
    /// journal.</summary>
    long FilesSent();
}
