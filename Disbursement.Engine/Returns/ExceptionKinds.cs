namespace Disbursement.Engine.Returns;

/// <summary>
/// What a bank's message or statement can bring that does not fit. Each stands in the worklist with its amount.
/// </summary>
public static class ExceptionKinds
{
    /// <summary>Settled and rejected or not sent: the bank says both.</summary>
    public const string Contradicted = "Contradicted";
    /// <summary>Two people have decided that a line was not paid, and then a report says that it was.</summary>
    public const string PaidAfterDecision = "PaidAfterDecision";
    /// <summary>After a restore two people have decided that a journalled row was never paid, and then a report says
    /// that it was, or came back.</summary>
    public const string PaidAfterAbsence = "PaidAfterAbsence";
    /// <summary>Credited although the claim was paid again since.</summary>
    public const string DoubleCredit = "DoubleCredit";
    /// <summary>The message's signature is missing or not the bank's.</summary>
    public const string Unverified = "Unverified";
    /// <summary>No part of the message could be read.</summary>
    public const string Unreadable = "Unreadable";
    /// <summary>One part of a message could not be read.</summary>
    public const string UnreadableLine = "UnreadableLine";
    /// <summary>A report about no file of ours.</summary>
    public const string UnknownFile = "UnknownFile";
    /// <summary>A report about a file under our own prefix that we never built: somebody did, in a history this
    /// database does not have.</summary>
    public const string FileAhead = "FileAhead";
    /// <summary>A row the file does not have.</summary>
    public const string UnknownRow = "UnknownRow";
    public const string AmountDiffers = "AmountDiffers";
    public const string AccountDiffers = "AccountDiffers";
    /// <summary>A word about a row that names no account: not held against ours, so not taken.</summary>
    public const string AccountMissing = "AccountMissing";
    /// <summary>A word about a row that no code list knows: what became of it is not told.</summary>
    public const string UnknownWord = "UnknownWord";
    /// <summary>Lines or total stated in the message are not those it holds.</summary>
    public const string StatedTotalsDiffer = "StatedTotalsDiffer";
    /// <summary>The bank refuses a second copy: no word about the first.</summary>
    public const string DuplicateRefused = "DuplicateRefused";
    /// <summary>The bank refuses the file after accepting it or answering its lines, or the other way round.</summary>
    public const string FileContradicted = "FileContradicted";
    /// <summary>A word about a file that was never sent.</summary>
    public const string NeverSent = "NeverSent";
    /// <summary>A file never sent before met another one under its name at the bank's side.</summary>
    public const string NameTaken = "NameTaken";
    /// <summary>An answer to a recall of rows that nobody called back.</summary>
    public const string RecallUnasked = "RecallUnasked";
    /// <summary>A line of an accepted file without a word after the bank's time to answer.</summary>
    public const string Silent = "Silent";
    public const string UnknownAccount = "UnknownAccount";
    /// <summary>Opening balance is not the closing balance before it.</summary>
    public const string StatementGap = "StatementGap";
    /// <summary>A statement id with other content than before.</summary>
    public const string StatementChanged = "StatementChanged";
    /// <summary>The entries do not add up to closing less opening.</summary>
    public const string EntriesDiffer = "EntriesDiffer";
    /// <summary>Our books of a bank account do not add up to the statement's closing balance (L5).</summary>
    public const string BalanceDiffers = "BalanceDiffers";
    public const string UnallocatedCredit = "UnallocatedCredit";
    /// <summary>A credit named for an obligation or by an order that is not known here, or has ended.</summary>
    public const string UnknownPurpose = "UnknownPurpose";
    /// <summary>
    /// A court's or an unknown debit from a wage account (Decree 724 art. 33: it must not be frozen or deducted).
    /// </summary>
    public const string ForeignDebit = "ForeignDebit";
    /// <summary>Less money in the account than is reserved.</summary>
    public const string Impaired = "Impaired";

    /// <summary>The bank opens no account for a worker who was applied for.</summary>
    public const string CardRefused = "CardRefused";
    /// <summary>An answer to card applications that does not fit them: nothing was taken from that row.</summary>
    public const string CardAnswerDiffers = "CardAnswerDiffers";

    /// <summary>An answer to a batch of card applications that the send journal knows and a restored database lost.
    /// </summary>
    public const string CardBatchLost = "CardBatchLost";

    /// <summary>Those that name an amount nobody has yet put in its place.</summary>
    public static IReadOnlyList<string> All =>
    [
        Contradicted, PaidAfterDecision, PaidAfterAbsence, DoubleCredit, Unverified, Unreadable, UnreadableLine,
        UnknownFile, FileAhead, UnknownRow, AmountDiffers, AccountDiffers, AccountMissing, UnknownWord,
        StatedTotalsDiffer, DuplicateRefused, FileContradicted, NeverSent, NameTaken, RecallUnasked, Silent,
        UnknownAccount, StatementGap, StatementChanged, EntriesDiffer, BalanceDiffers, UnallocatedCredit,
        UnknownPurpose, ForeignDebit, Impaired, CardRefused, CardAnswerDiffers, CardBatchLost,
    ];

    /// <summary>Those whose cause is still there or is not, whatever anybody says: they end when it does.</summary>
    public static IReadOnlyList<string> UntilItsCauseEnds =>
    [
        Contradicted, FileAhead, NeverSent, NameTaken, Silent, UnallocatedCredit, UnknownPurpose, StatementGap,
        BalanceDiffers, Impaired,
    ];
}
