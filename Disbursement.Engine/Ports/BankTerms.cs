using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Ports;

/// <summary>
/// What a decision needs to know of a payer's bank: the part of its adopted profile that bears on money and time.
/// </summary>
public sealed record BankTerms
{
    /// <summary>Profile id, e.g. "icbc-bxt", and the profile's own version number.</summary>
    public required string Profile { get; init; }
    public required int Version { get; init; }

    /// <summary>First three digits of the bank's CNAPS numbers.</summary>
    public required string BankCode { get; init; }

    /// <summary>File name with {reference} in it.</summary>
    public required string NamePattern { get; init; }

    public required int RowsPerFile { get; init; }
    public required int BatchReferenceWidth { get; init; }
    public required int RowReferenceWidth { get; init; }

    /// <summary>Widths in bytes of the bank's character set, for findings while planning.</summary>
    public required int AccountWidth { get; init; }
    public required int NameWidth { get; init; }

    /// <summary>Largest total of a file and largest row, in fen.</summary>
    public required long FileFen { get; init; }
    public required long RowFen { get; init; }

    /// <summary>Times of a bank day after which a file counts for the next one, Asia/Shanghai.</summary>
    public required IReadOnlyList<LocalTime> CutOffs { get; init; }
    public required int CreditLagDays { get; init; }

    /// <summary>Bank days from a file's first sending after which silence is an exception.</summary>
    public required int AnswerByDays { get; init; }
    public required bool WorksOnMakeUpDays { get; init; }

    /// <summary>One debit of the file's total (refunds come as credits), or a debit of what was settled.</summary>
    public required bool DebitsWholeFile { get; init; }
    public required AbsenceEvidence Absence { get; init; }

    /// <summary>Whether a form of recall requests (撤销) is agreed with the bank.</summary>
    public required bool TakesRecalls { get; init; }

    /// <summary>Longest intake delay of the bank; counts with <see cref="AbsenceEvidence.QuietPeriod"/> only.</summary>
    public required int QuietHours { get; init; }

    /// <summary>The bank's name as it stands on an account it opens.</summary>
    public string NameZh { get; init; } = "";

    /// <summary>Whether the bank has a form of card applications (批量开卡).</summary>
    public bool TakesCards { get; init; }

    /// <summary>When the bank takes files, on the legal calendar.</summary>
    public BankWindow Window(LegalCalendar calendar) => new(calendar, CutOffs, WorksOnMakeUpDays);
}

/// <summary>What proves that a file which got no answer never reached the bank.</summary>
public enum AbsenceEvidence
{
    /// <summary>The bank itself refuses a reference it has seen.</summary>
    BankDedupes,
    /// <summary>The bank does not know the file after its longest intake delay.</summary>
    QuietPeriod,
    /// <summary>Only people with the bank's word on paper.</summary>
    Operator,
}

/// <summary>Reads the bytes of an adopted bank profile. Pure: same bytes, same terms.</summary>
public interface IBankTermsReader
{
    /// <summary>The terms, or null where the bytes are no profile.</summary>
    BankTerms? Parse(ReadOnlyMemory<byte> profile);

    /// <summary>
    /// Every reason why the bytes cannot come into force as the profile of that name; empty where they can.
    /// </summary>
    IReadOnlyList<Finding> Faults(string name, ReadOnlyMemory<byte> profile);
}
