using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using NodaTime;

namespace Disbursement.Engine.Returns;

/// <summary>What kind of word from the bank a message is.</summary>
public enum MessageKind
{
    /// <summary>About a whole file: accepted or refused, no lines.</summary>
    FileStatus,
    /// <summary>Line results of a file.</summary>
    Report,
    /// <summary>Late returns (退票): lines credited before and come back since.</summary>
    LateReturns,
    /// <summary>Account statement: balances and entries.</summary>
    Statement,
    /// <summary>Answer to a recall (撤销): cancelled, refused or pending, of a file or line by line.</summary>
    Recall,
    /// <summary>Answer to card applications: an account of each worker, or a reason. No amounts.</summary>
    Cards,
}

/// <summary>What the bank says about the whole file.</summary>
public enum FileWord { None, Pending, Accepted, Refused, NotFound, Doubtful }

/// <summary>What the bank says about a line. Pending and Doubtful
/// are no outcome: they are stored and change nothing.</summary>
public enum LineWord { Pending, Settled, Rejected, Returned, Doubtful }

/// <summary>The canonical reasons; a profile maps the bank's codes and texts to them.</summary>
public enum ReturnReason
{
    None, NameMismatch, AccountNotFound, AccountClosed, CardExpired, NotPersonalSettlement, Currency,
    AccountFrozen, Lost, Locked, Dormant, LimitExceeded, InsufficientFunds, Duplicate, SignatureOrCertificate,
    Busy, Timeout, CommunicationFailure, ReturnedAfterSuccess, Other,
}

/// <summary>Head of a decoded message.</summary>
/// <param name="FileReference">Our reference as the bank repeats it; null where the form does not carry it (the
/// profile then says from where it is taken).</param>
/// <param name="BankBatch">The bank's own batch or request number, or empty.</param>
/// <param name="StatedLines">Line count stated in the message, if stated.</param>
/// <param name="StatedTotal">Total stated in the message, if stated.</param>
/// <param name="Unlisted">Of a list of failures: how many other rows were paid, and their sum, as stated.</param>
/// <param name="Recall">Of an answer to a recall, where it tells no lines: what became of the recall.</param>
public sealed record MessageHead(MessageKind Kind, string? FileReference, string BankBatch, FileWord FileWord,
    string ReasonCode, string ReasonText, int? StatedLines, Money? StatedTotal, UnlistedRows? Unlisted = null,
    RecallWord? Recall = null);

/// <summary>Rows that a list of failures does not name and says were paid.</summary>
public readonly record struct UnlistedRows(int Lines, Money Total);

/// <summary>One line of a report or of late returns. Accounts and
/// amounts are as the bank wrote them, in full and in fen.</summary>
/// <param name="Line">Line or record number in the message, from 1: where a person finds it.</param>
/// <param name="RowReference">Our row reference or position as
/// repeated by the bank; empty where the form has none.</param>
/// <param name="Recall">Of an answer to a recall: what became of the recall of this line.</param>
/// <param name="Unknown">Where the word is Doubtful because no code list knows what the bank wrote: the element and its
/// text as written (<c>TxSts WXYZ</c>); else empty.</param>
public readonly record struct ReportLine(long Line, string RowReference, string Account, string Name, Money Amount,
    LineWord Word, ReturnReason Reason, string ReasonCode, string ReasonText, string BankReference,
    LocalDate? ValueDate, RecallWord? Recall = null, string Unknown = "");

/// <summary>What a list of an account's entries is to the books.</summary>
public enum StatementKind
{
    /// <summary>A statement (对账单): the account's books, with opening and closing balance.</summary>
    Statement,
    /// <summary>A report in the course of the day, or a notification of single entries (camt.052, camt.054, MT942):
    /// it books nothing, its entries are evidence only.</summary>
    Interim,
}

/// <summary>Head of a list of an account's entries. Balances are booked balances in fen.</summary>
/// <param name="From">Null, as <paramref name="To"/> and the balances, where the message states none.</param>
/// <param name="Account">Empty where the message states none.</param>
public sealed record StatementHead(string Account, string StatementId, LocalDate? From, LocalDate? To, Money? Opening,
    Money? Closing, StatementKind Kind = StatementKind.Statement)
{
    /// <summary>A statement that says what it covers and between which balances. Any other could be half of one.
    /// </summary>
    public bool IsBookable => Kind == StatementKind.Statement
        && From is not null && To is not null && Opening is not null && Closing is not null;
}

/// <summary>One booked entry: positive for credit, negative for debit.</summary>
/// <param name="BookedOn">Null where the message states no day.</param>
/// <param name="Counterparty">Name of the other side, or empty.</param>
/// <param name="CounterpartyAccount">Account of the other side, or empty.</param>
/// <param name="Reference">Our file reference where the bank repeats it (end-to-end, 用途, 业务参考号), else empty.</param>
/// <param name="Kind">What the bank calls it, kept as written (WAGE,
/// FEE, COURT, TRANSFER, REFUND or the bank's own text).</param>
public readonly record struct StatementEntry(long Line, string BankReference, LocalDate? BookedOn, Money Amount,
    string Counterparty, string CounterpartyAccount, string Reference, string Purpose, string Kind);

/// <summary>Something in a message that could not be read: where
/// it is and what was found. Never an exception.</summary>
public sealed record LocatedError(long Line, string Field, long ByteOffset, string Value, string Reason);

/// <summary>Takes the parts of a message as they are read. A decoder holds no more than one part in memory.</summary>
public interface IMessageSink
{
    void Head(MessageHead head);
    void Line(in ReportLine line);
    void Statement(StatementHead head);
    void Entry(in StatementEntry entry);
    void Error(LocatedError error);
}
