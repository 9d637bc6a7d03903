namespace Disbursement.BankAdapters.Profiles;

/// <summary>A text file's layout as data, for the codecs "delimited" and "fixed-width". What a bank's manual says in a
/// table stands here field by field; where each fact was read stands in the profile's sources.</summary>
/// <remarks>Widths are bytes of the form's character set. Going out, head records come first, then the rows (in
/// packets, if it has any), then tail records. Coming in, a line is taken by the first head or columns record it fits,
/// else as a row.</remarks>
public sealed record FileLayout
{
    /// <summary>What stands between fields, one or more characters ("|", "※"); empty with "fixed-width".</summary>
    public string Separator { get; init; } = "";
    /// <summary>Whether a separator also stands behind the last field of a record.</summary>
    public bool EndsWithSeparator { get; init; }
    public LineEnd LineEnd { get; init; } = LineEnd.Lf;
    public Quoting Quoting { get; init; } = Quoting.None;
    /// <summary>The unit amounts are written in.</summary>
    public required AmountUnit Amounts { get; init; }
    /// <summary>What stands behind an amount, e.g. 元; it must stand there.</summary>
    public string AmountSuffix { get; init; } = "";
    /// <summary>Characters no text may hold, besides control characters, the separator and the quote.</summary>
    public string Forbidden { get; init; } = "";
    /// <summary>Lines that begin so are passed over where no record takes them, e.g. "#".</summary>
    public string Comment { get; init; } = "";
    /// <summary>Rows of a packet; 0 where the file is not cut into packets.</summary>
    public int RowsPerPacket { get; init; }
    /// <summary>Whether an answer lists every row, or only those that failed.</summary>
    public RowsListed Lists { get; init; } = RowsListed.All;
    public required IReadOnlyList<LayoutRecord> Records { get; init; }
}

/// <summary>How lines end. None: records follow one another without any mark.</summary>
public enum LineEnd { Lf, CrLf, None }

/// <summary>Which fields stand in double quotes. All: every field
/// that is not bare, and no text may hold a quote.
/// AsNeeded: those with a separator or quote in them, a quote doubled (RFC 4180).</summary>
public enum Quoting { None, All, AsNeeded }

/// <summary>1 yuan = 100 fen. Fen may come back with decimals of nothing ("10002.00").</summary>
public enum AmountUnit { Yuan, Fen }

/// <summary>Which rows an answer lists.</summary>
public enum RowsListed { All, Failures }

/// <summary>What a record is for.</summary>
public enum RecordKind
{
    /// <summary>Before the rows.</summary>
    Head,
    /// <summary>A line of column names: rows below it are read by them.</summary>
    Columns,
    /// <summary>Before each packet of rows.</summary>
    Packet,
    /// <summary>One per credit.</summary>
    Row,
    /// <summary>Behind each packet of rows.</summary>
    PacketEnd,
    /// <summary>Behind the rows.</summary>
    Tail,
}

/// <summary>One kind of record.</summary>
/// <param name="Starts">Coming in: what the line begins with. A single field stands behind it; several fields are
/// those of the whole line.</param>
/// <param name="RunsOn">Going out: no line end behind it.</param>
/// <param name="Ragged">Coming in: cells may be missing or doubled; empty ones are passed over and an optional
/// field yields to the next one whose form the cell has.</param>
/// <param name="Required">Coming in: a message without it is none of this form.</param>
/// <param name="Separator">Where it differs from the layout's.</param>
public sealed record LayoutRecord(RecordKind Kind, IReadOnlyList<LayoutField> Fields, string Starts = "",
    bool RunsOn = false, bool Ragged = false, bool Required = false, string Separator = "");

/// <summary>One field.</summary>
/// <param name="Name">As the bank's document calls it; names the field in errors and in columns lines.</param>
/// <param name="Text">The constant of <see cref="FieldValue.Text"/>;
/// coming in, a constant in the place of a cell.</param>
/// <param name="Width">Going out: bytes at most, 0 for the profile's limit of that value. Fixed-width: exactly.</param>
/// <param name="PadWith">One character of ASCII, to fill the width with on the side of Pad.</param>
/// <param name="Format">Of a day, e.g. yyyyMMdd; of sameBank, its words "是/否".</param>
/// <param name="Bare">Never quoted.</param>
/// <param name="Optional">May be missing, in a columns line or a ragged row; in a tree going out, left out where it
/// is empty.</param>
public sealed record LayoutField(string Name, FieldValue Value, string Text = "", int Width = 0, Pad Pad = Pad.None,
    string PadWith = " ", string Format = "", bool Bare = false, bool Optional = false);

/// <summary>The side a field is filled up on.</summary>
public enum Pad { None, Left, Right }

/// <summary>What a field holds.</summary>
public enum FieldValue
{
    /// <summary>The constant of the field; coming in, passed over.</summary>
    Text,
    /// <summary>Our file reference.</summary>
    FileReference,
    /// <summary>Our row reference in the profile's width.</summary>
    RowReference,
    /// <summary>File reference with the row reference behind it.</summary>
    EndToEnd,
    /// <summary>The row's position in the file, from 1.</summary>
    Position,
    PayerAccount, PayerName, PayerBankCode, PayerBankName,
    /// <summary>The bank's id of its customer, or the agreement number.</summary>
    CustomerId,
    ExecutionDate, CreatedOn,
    /// <summary>The moment the file was made, e.g. yyyyMMddHHmmssfff.</summary>
    CreatedAt,
    /// <summary>The first of the hours in the field's format (HHmmss with '/' between) that is not past when the file
    /// is made; on another day than that, the first of all.</summary>
    ExecutionHour,
    /// <summary>Rows of the whole file, and their sum.</summary>
    Lines, Total,
    Purpose, Account, Name, BankCode, BankName, Amount, Remark,
    /// <summary>The payee's bank where it is another than the payer's; else nothing.</summary>
    OtherBankName,
    /// <summary>Whether the payee's account is with the payer's bank.</summary>
    SameBank,
    PacketRows, PacketNumber,
    /// <summary>1 where packets follow, else 0.</summary>
    MorePackets,
    /// <summary>The bank's word on the row; a code of the profile.</summary>
    Status,
    /// <summary>Why; a code or text of the profile.</summary>
    Reason,
    BankReference, ValueDate,
    /// <summary>The bank's own number of the file.</summary>
    BankBatch,
    /// <summary>The bank's word on the whole file, by the form's options fileAccepted, fileRefused, filePending and
    /// fileNotFound (codes with commas between); any other is doubtful.</summary>
    FileStatus,
    SettledLines, SettledTotal, RejectedLines, RejectedTotal,
    /// <summary>Of a document in a tree going out: where the rows stand.</summary>
    Rows,
    /// <summary>Of a question: its own number, and the first and last day it asks about.</summary>
    QueryReference, FirstDay, LastDay,
    /// <summary>Of a card application: the worker's identity number and phone.</summary>
    IdentityNumber, Phone,
}
