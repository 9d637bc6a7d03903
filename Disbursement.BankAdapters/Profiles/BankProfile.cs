using System.Text.Json;
using System.Text.Json.Serialization;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>A partner bank as data. Every fact about its files,
/// keys and manners stands here, with its source.</summary>
public sealed record BankProfile
{
    /// <summary>Short id beginning with the bank's short name: "icbc-bxt", "cmb-ntagcsal", "iso20022-pain".</summary>
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    /// <summary>First three digits of the bank's CNAPS numbers.</summary>
    public required string BankCode { get; init; }
    public required FileForm Outbound { get; init; }
    public required FileForm Inbound { get; init; }
    /// <summary>Codec of account statements: "statement-csv" or "camt.053".</summary>
    public required FileForm Statement { get; init; }
    /// <summary>Form of the words on a whole file (…-status-…) and of late returns (…-returns-…), where the bank's
    /// layout of its answers has none; null where they come in the inbound form.</summary>
    public FileForm? Notices { get; init; }
    /// <summary>Form of recall requests (撤销); null where the bank takes none or none is sourced.</summary>
    public FileForm? Recall { get; init; }
    /// <summary>Questions in the bank's own form; null where none is sourced.</summary>
    public QueryForms? Queries { get; init; }
    /// <summary>Card applications (批量开卡) and their answers; null where the bank takes none in a file.</summary>
    public CardForms? Cards { get; init; }
    public required EnvelopeForm Envelope { get; init; }
    public required TransportForm Transport { get; init; }
    public required BankLimits Limits { get; init; }
    public required BankManners Manners { get; init; }
    /// <summary>Bank code or text → word and canonical reason.</summary>
    public required IReadOnlyList<CodeMapping> Codes { get; init; }
    /// <summary>Layout fact → where it was read and when; "unsourced" where there is no source.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    private static readonly ParsedOnce<BankProfile?> Known =
        new(bytes => JsonSerializer.Deserialize<BankProfile>(bytes.Span, Json));

    /// <summary>The profile of an adopted document, null for the JSON null. The same bytes are read once.</summary>
    /// <exception cref="JsonException">The bytes are no profile.</exception>
    public static BankProfile? Of(ReadOnlyMemory<byte> document) => Known.Of(document);

    /// <summary>Every form of the profile with the name of its field.</summary>
    public IEnumerable<(string Field, FileForm Form)> Forms()
    {
        yield return ("outbound", Outbound);
        yield return ("inbound", Inbound);
        yield return ("statement", Statement);
        if (Notices is not null) yield return ("notices", Notices);
    }

    /// <summary>The form a message of that name has: statements begin with <c>statement-</c>, notices are named
    /// <c>REFERENCE-status-N</c> and <c>REFERENCE-returns-N</c>, answers to card applications
    /// <c>REFERENCE-cards-N</c>.</summary>
    public FileForm FormOf(string name) =>
        name.StartsWith(StatementName, StringComparison.Ordinal) ? Statement
        : Codecs.MessageName.Of(name).What is "status" or "returns" ? Notices ?? Inbound
        : Codecs.MessageName.Of(name).IsCards ? Cards?.Answer ?? Inbound
        : Inbound;

    /// <summary>How names of statements begin.</summary>
    public const string StatementName = "statement-";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false, // a key given twice: which of the two was meant is not ours to guess
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A codec with its character set. Options are named quirks of that codec, each with a spec line; layout and
/// tree are for the codecs that are driven by one.</summary>
public sealed record FileForm(string Codec, string Charset, IReadOnlyDictionary<string, string>? Options = null,
    FileLayout? Layout = null, TreeLayout? Tree = null)
{
    public string Option(string name, string otherwise) => Options?.GetValueOrDefault(name) ?? otherwise;
}

/// <summary>Questions a bank takes: what became of one file, and what came back (退票) within a span of days. Null where
/// the form of that question is not sourced. The answers come in the inbound form.</summary>
public sealed record QueryForms(FileForm? File = null, FileForm? Returns = null);

/// <summary>A batch of card applications, and the bank's answer: an account number for each worker, or why not.
/// </summary>
public sealed record CardForms(FileForm Request, FileForm Answer);

/// <summary>A kind of the envelope catalogue, with the key names of both sides in each direction.</summary>
/// <param name="Beside">Kind of the bank's messages that have a signature beside them, where Kind puts it inside and
/// not every form the bank answers in has room for it; null where there is one kind.</param>
/// <param name="BesideId">SM2 user id of that kind.</param>
public sealed record EnvelopeForm(string Kind, string OurKey, string BankCertificate,
    string DistinguishedId = "1234567812345678", string? Beside = null, string BesideId = "1234567812345678")
{
    /// <summary>The kind that opens a message of the bank.</summary>
    public string KindOf(bool hasSignatureBeside) => hasSignatureBeside ? Beside ?? Kind : Kind;

    /// <summary>The key names, seen from us; the SM2 user id is that of the kind.</summary>
    public Seams.EnvelopeKeys Names(bool hasSignatureBeside) =>
        new(OurKey, BankCertificate, hasSignatureBeside && Beside is not null ? BesideId : DistinguishedId);
}

/// <summary>A kind of the transport catalogue. NamePattern holds {reference}; names are unique because references
/// are. Also: further kinds the bank offers; an installation's link says which is used.</summary>
/// <param name="Answer">The words of the bank's immediate answer, for kinds whose servers give one.</param>
/// <param name="Post">The form of a bank whose HTTPS is sign-then-post; null where it is two folders as pages.</param>
public sealed record TransportForm(string Kind, string NamePattern, IReadOnlyList<string>? Also = null,
    AnswerForm? Answer = null, PostForm? Post = null)
{
    /// <summary>Every kind the bank offers, its own first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Kinds => [Kind, .. Also ?? []];

    public bool Offers(string kind) => Kinds.Contains(kind, StringComparer.Ordinal);
}

/// <summary>How a bank answers at once, before any report: the element of its XML that carries the code, and what the
/// codes mean. A code that is in no list proves nothing.</summary>
/// <param name="Refused">Only codes that say the bank took nothing.</param>
/// <param name="Absent">Codes of the query that say the file is not known there now.</param>
/// <param name="Query">The query's content, with {reference}; null where the bank has none.</param>
public sealed record AnswerForm(string Element, IReadOnlyList<string> Accepted, IReadOnlyList<string> Refused,
    IReadOnlyList<string>? Absent = null, string? Query = null);

/// <summary>What fits: widths in bytes of the outbound character set, counts in rows.</summary>
public sealed record BankLimits(int RowsPerFile, int BatchReferenceWidth, int RowReferenceWidth, int AccountWidth,
    int NameWidth, int RemarkWidth, long FileFen, long RowFen);

/// <summary>How a statement shows a file's debit.</summary>
public enum DebitMode { PerLine, WholeFile }

/// <summary>What proves that a file which got no answer never arrived.</summary>
public enum AbsenceProof { BankDedupes, QuietPeriod, Operator }

/// <summary>How the bank behaves. Days are the bank's working days; times are local (Asia/Shanghai).</summary>
/// <param name="CutOffs">Send times "HH:mm" after which a file counts for the next bank day, last one last.</param>
/// <param name="CreditLagDays">Bank days from sending to the credit on the worker's account.</param>
/// <param name="AnswerByDays">Bank days from first sending after which silence is an exception.</param>
/// <param name="WorksOnMakeUpDays">Whether the bank's batch window is
/// open on a weekend day that is a legal working day (调休).</param>
/// <param name="QuietPeriodHours">Longest intake delay; only with quietPeriod.</param>
public sealed record BankManners(IReadOnlyList<string> CutOffs, int CreditLagDays, int AnswerByDays,
    bool WorksOnMakeUpDays, DebitMode DebitMode, AbsenceProof AbsenceProof, int QuietPeriodHours);

/// <summary>One code of the bank. Match is the exact code or status text; Word what it means, Reason why.</summary>
public sealed record CodeMapping(string Match, LineWord Word, ReturnReason Reason, string Text);
