using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Cli;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Returns;

/// <summary>
/// An exception as a person meets it: beside its row the bank's message it was met in (name, and digest of its bytes),
/// the file by its reference, what is wrong in yuan and what to do, in both languages.
/// </summary>
public sealed record ExceptionAnswer(long Exception, string Kind, long? Message, string? MessageName, string? Profile,
    string? Document, long DocumentLine, long? File, string? FileReference, long? Claim, long? Account, long AmountFen,
    long ExpectedFen, string Detail, string Zh, string En, string DoZh, string DoEn)
{
    /// <summary>The bank's message, or where there was none (silence, a discharge) the file: "NAME (0123456789ab…)".
    /// </summary>
    private string At() => (MessageName, Document) switch
    {
        ({ } name, { } digest) => $"{name} ({digest[..12]}…)",
        (null, { } digest) => $"{digest[..12]}…",
        _ => FileReference ?? "",
    };

    public string Said(Output output) => At()
        + (DocumentLine > 0 ? output.Text($" 第{DocumentLine}行", $" line {DocumentLine}") : "")
        + (At().Length > 0 ? ": " : "") + output.Text(Zh, En);

    public string Advice(Output output) => output.Text(DoZh, DoEn);
}

/// <summary>Looks up what an exception's row only numbers; each message and file once.</summary>
public sealed class ExceptionAnswers(LedgerView view)
{
    private readonly Dictionary<long, BankMessageRow> _messages = [];
    private readonly Dictionary<long, DisbursementFileRow> _files = [];

    /// <param name="handed">Name of a statement handed over just now, which no message keeps; else null.</param>
    public IReadOnlyList<ExceptionAnswer> Of(IEnumerable<BankExceptionRow> rows, string? handed = null) =>
        [.. rows.Select(row => One(row, handed))];

    private ExceptionAnswer One(BankExceptionRow row, string? handed)
    {
        var message = row.Message is { } m
            ? Known(_messages, m, () => view.Find<BankMessageRow>(("message", m))!) : null;
        var file = row.File is { } f ? Known(_files, f, () => view.Find<DisbursementFileRow>(("file", f))!) : null;
        var (name, document) = (message?.Name ?? handed, message?.Document ?? row.Document);
        var said = ExceptionWords.Say(row, name ?? document ?? "", file?.Reference ?? "");
        return new ExceptionAnswer(row.Exception, row.Kind, row.Message, name, message?.Profile ?? file?.Profile,
            document, row.DocumentLine, row.File, file?.Reference, row.Claim, row.Account, row.AmountFen,
            row.ExpectedFen, row.Detail, said.Text(chinese: true), said.Text(chinese: false),
            said.Advice(chinese: true), said.Advice(chinese: false));
    }

    private static T Known<T>(Dictionary<long, T> known, long id, Func<T> find) =>
        known.TryGetValue(id, out var row) ? row : known[id] = find();
}
