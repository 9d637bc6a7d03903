using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Restores;

/// <summary>How a line of a journalled file left the list of what nobody knows.</summary>
public enum JournalledCause
{
    /// <summary>Its claim is known and has its payment in the file: from here on it is a payment like any
    /// other.</summary>
    Matched,
    /// <summary>Two people with a document: it does not hold up other files any longer. Its wage stays
    /// locked.</summary>
    Held,
    /// <summary>Two people with a document: it was never paid. Its wage is free again.</summary>
    Absent,
}

/// <summary>One recovery after a restore: from its leaf on, references begin with the new epoch.</summary>
[Table("ledger_restore", "ledger restore", Unique = ["epoch"])]
public sealed record LedgerRestoreRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Restore { get; init; }
    public required string Epoch { get; init; }

    /// <summary>Digest of the stored records of the journal that this database did not know.</summary>
    public required string Journal { get; init; }

    /// <summary>Digest of the anchor that was passed over: the checkpoint of the history that was lost.</summary>
    public string? Anchor { get; init; }

    /// <summary>Who passed it over.</summary>
    public long? Person { get; init; }
    public required long Sends { get; init; }
}

/// <summary>One sending of a file by the name that the send journal has it under: sent from here, or found in a journal
/// that was kept.</summary>
[Table("file_sending", "ledger sending")]
public sealed record FileSendingRow : IFactRow
{
    public long Ledger { get; set; }

    /// <summary>Hex, drawn by the Host.</summary>
    public required string Sending { get; init; }
    public required long File { get; init; }
}

[Table("journalled_send", "ledger send", Unique = ["reference digest file", "file"])]
public sealed record JournalledSendRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Send { get; init; }
    public required long Restore { get; init; }

    /// <summary>The wage account by the number it had in the lost database. Here it may have another, and this number
    /// may be another account's: it is found by its project's code (<see cref="JournalledLineRow"/>).</summary>
    public required long Account { get; init; }
    public required string Profile { get; init; }
    public required ReleaseKind Kind { get; init; }
    public required string Reference { get; init; }
    public required string Digest { get; init; }
    public required long Lines { get; init; }
    public required long TotalFen { get; init; }

    /// <summary>The number of its file, there already or to be made once the account is known.</summary>
    public required long File { get; init; }
}

[Table("journalled_line", "ledger send line")]
public sealed record JournalledLineRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Send { get; init; }
    public required long Line { get; init; }
    public required string ProjectCode { get; init; }
    public required string EmployerCode { get; init; }
    public required string Period { get; init; }
    public required long Component { get; init; }
    public required long Revision { get; init; }
    public required string WorkerHash { get; init; }
    public required byte[] PayeeHash { get; init; }
    public required long AmountFen { get; init; }
}

[Table("journalled_line_left", "ledger send line cause")]
public sealed record JournalledLineLeftRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Send { get; init; }
    public required long Line { get; init; }
    public required JournalledCause Cause { get; init; }

    /// <summary>The evidence; null for Matched.</summary>
    public string? Document { get; init; }
}

/// <summary>
/// What the bank's report said of a row that has no payment here; or two people, after the bank had contradicted their
/// first word on it (then Rejected). A report's word becomes an outcome as soon as the row has its payment.
/// </summary>
[Table("journalled_word", "ledger send line seq")]
public sealed record JournalledWordRow : IFactRow
{
    public long Ledger { get; set; }
    public required long Send { get; init; }
    public required long Line { get; init; }
    public required long Seq { get; init; }
    public required OutcomeKind Kind { get; init; }
    public required OutcomeSource Source { get; init; }
    public required string Reason { get; init; }
    public required string BankReference { get; init; }
    public LocalDate? ValueDate { get; init; }

    /// <summary>Digest of the bank's stored message, or of the evidence.</summary>
    public required string Document { get; init; }
    public required long DocumentLine { get; init; }

    /// <summary>Why it is never an outcome: the kind of the exception it was told as. It locks all the same. Else
    /// null.</summary>
    public string? Trouble { get; init; }
}

/// <summary>A line neither matched nor absent, with the claim of its natural key and what stands in its way.</summary>
public sealed record WaitingLine
{
    public required long Send { get; init; }
    public required long Line { get; init; }
    public required long AmountFen { get; init; }
    public required byte[] PayeeHash { get; init; }
    public required long Held { get; init; }

    /// <summary>1 where two people called it absent, and then the bank said that it was paid or came back: it is locked
    /// again.</summary>
    public required long Denied { get; init; }

    /// <summary>The claim of the very key, or null where this database has none.</summary>
    public long? Claim { get; init; }
    public long? NetFen { get; init; }
    public long? Payroll { get; init; }
    public long? PayrollLine { get; init; }
    public required long Attempts { get; init; }
    public required long Deaths { get; init; }

    /// <summary>The approved payee account the journal names, or null.</summary>
    public long? PayeeVersion { get; init; }

    /// <summary>1 where its payment stands in the file already: the backup knew the file and not its sending.</summary>
    public required long Placed { get; init; }

    /// <summary>It can become a payment of the file now.</summary>
    public bool Payable => Claim is not null && NetFen == AmountFen && Attempts == Deaths && PayeeVersion is not null;
}

/// <summary>A kept word whose row has its payment by now.</summary>
public sealed record KeptWord
{
    public required long File { get; init; }
    public required long Send { get; init; }
    public required long Line { get; init; }
    public required OutcomeKind Kind { get; init; }
    public required string Reason { get; init; }
    public required string BankReference { get; init; }
    public LocalDate? ValueDate { get; init; }
    public required string Document { get; init; }
    public required long DocumentLine { get; init; }

    /// <summary>1 where people had called the line absent.</summary>
    public required long Denied { get; init; }
}

/// <summary>A wage that the bank called paid in a row without its payment here, and that was paid otherwise.</summary>
public sealed record TwiceCredited
{
    public required long File { get; init; }
    public required long Line { get; init; }
    public required long Claim { get; init; }
    public required long Worker { get; init; }
    public required long AmountFen { get; init; }

    /// <summary>The bank's message, and its line.</summary>
    public required string Document { get; init; }
    public required long DocumentLine { get; init; }
}

/// <summary>A journalled file that still holds up every sending, and how many of its lines wait.</summary>
public sealed record OpenSend
{
    public required long Send { get; init; }
    public required string Reference { get; init; }
    public required string Profile { get; init; }
    public required long File { get; init; }

    /// <summary>The project whose wages it has, by its code.</summary>
    public required string Project { get; init; }

    /// <summary>The file's state; null where it could not be made yet.</summary>
    public string? State { get; init; }

    /// <summary>The profile of the bank that the project's account is with here; null where the project is not
    /// known.</summary>
    public string? ProjectProfile { get; init; }
    public required long Lines { get; init; }
    public required long TotalFen { get; init; }

    /// <summary>Lines whose wage this database does not know, or cannot put into the file.</summary>
    public required long LinesWaiting { get; init; }
}

/// <summary>A claim that a journalled line locks.</summary>
public sealed record LockedClaim
{
    public required long Claim { get; init; }
    public required string Reference { get; init; }
}

/// <summary>A row of a file whose claim a line of another, journalled file locks.</summary>
public sealed record LockedRow
{
    public required long Row { get; init; }
    public required long Claim { get; init; }
    public required string Reference { get; init; }
}
