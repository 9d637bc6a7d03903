using System.Text.Json.Serialization;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Host.Cli;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Returns;

/// <summary>
/// An exception as a person meets it: beside its row the bank's message it was met in (name, and digest of its bytes),
/// the file by its reference, what is wrong in yuan and what to do, in both languages; and whether it is still open.
/// Of what waits for people and is no exception of a message (an Unknown file, lines after a restore) there is the same
/// without a number.
/// </summary>
/// <param name="State">Open, Settled (the bank's or our own later facts ended it) or Explained (two people did).
/// </param>
/// <param name="SettledBy">What ended it, such as "Outcome Settled Report" or "File 3 Reconciled"; null while open.
/// </param>
/// <param name="Since">Since when it waits, where that is known.</param>
public sealed record ExceptionAnswer(long? Exception, string Kind, string State, long? Message, string? MessageName,
    string? Profile, string? Document, long DocumentLine, long? File, string? FileReference, long? Claim, long? Account,
    long AmountFen, long ExpectedFen, string Detail, string Zh, string En, string DoZh, string DoEn,
    string? SettledBy = null, string? SettledZh = null, string? SettledEn = null, Instant? Since = null)
{
    /// <summary>The states.</summary>
    public const string Open = "Open", Settled = "Settled", Explained = "Explained";

    [JsonIgnore]
    public bool IsOpen => State == Open;

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

    /// <summary>What to do; of one that is over, what ended it.</summary>
    public string Advice(Output output) => IsOpen ? output.Text(DoZh, DoEn) : output.Text(SettledZh!, SettledEn!);
}

/// <summary>Looks up what an exception's row only numbers; each message and file once.</summary>
public sealed class ExceptionAnswers(LedgerView view)
{
    private readonly Dictionary<long, BankMessageRow> _messages = [];
    private readonly Dictionary<long, DisbursementFileRow> _files = [];
    private IReadOnlyDictionary<long, ExceptionEnd>? _ends;

    /// <param name="handed">Name of a statement handed over just now, which no message keeps; else null.</param>
    public IReadOnlyList<ExceptionAnswer> Of(IEnumerable<BankExceptionRow> rows, string? handed = null) =>
        [.. rows.Select(row => One(row, handed))];

    private ExceptionAnswer One(BankExceptionRow row, string? handed)
    {
        var message = row.Message is { } m
            ? Known(_messages, m, () => view.Find<BankMessageRow>(("message", m))!) : null;
        var file = row.File is { } f ? Known(_files, f, () => view.Find<DisbursementFileRow>(("file", f))!) : null;
        // Of a file that only the send journal knows there is no row as long as its account is not known.
        var lost = file is null && row.File is { } number
            && view.List<JournalledSendRow>(("file", number)) is [var send, ..] ? send : null;
        var reference = file?.Reference ?? lost?.Reference;
        var (name, document) = (message?.Name ?? handed, message?.Document ?? row.Document);
        var said = ExceptionWords.Say(row, name ?? document ?? "", reference ?? "");
        _ends ??= new SetQueries(view).ExceptionEnds();
        var open = new ExceptionAnswer(row.Exception, row.Kind, ExceptionAnswer.Open, row.Message, name,
            message?.Profile ?? file?.Profile ?? lost?.Profile, document, row.DocumentLine, row.File, reference,
            row.Claim, row.Account, row.AmountFen, row.ExpectedFen, row.Detail,
            Terms.Of(said, chinese: true), said.Text(chinese: false), Terms.Advice(said, chinese: true),
            said.Advice(chinese: false));
        return _ends.TryGetValue(row.Exception, out var end) ? Ended(open, end) : open;
    }

    private static ExceptionAnswer Ended(ExceptionAnswer open, ExceptionEnd end)
    {
        var (zh, en) = Words(end);
        return open with
        {
            State = end.How == "Explained" ? ExceptionAnswer.Explained : ExceptionAnswer.Settled,
            SettledBy = end.How == "Outcome" ? $"{end.How} {end.What}" : $"{end.How} {end.Id} {end.What}".TrimEnd(),
            SettledZh = zh,
            SettledEn = en,
        };
    }

    private static (string Zh, string En) Words(ExceptionEnd end) => end.How switch
    {
        "Outcome" => Both(end.What, (outcome, source) => ($"已有结果: {outcome} ({source})",
            $"the line has an answer: {outcome} ({source})")),
        "File" => ($"文件 {end.Id} 已{Terms.Of(Enum.Parse<FileState>(end.What), chinese: true)}",
            $"file {end.Id} is {Terms.Of(Enum.Parse<FileState>(end.What), chinese: false)}: its lines are answered"),
        "Message" => ($"同一报文已作为 {end.What} (报文 {end.Id}) 处理",
            $"the same message was taken as {end.What} (message {end.Id})"),
        "Statement" => ($"对账单 {end.What} 已入账", $"statement {end.What} is booked"),
        "Allocation" => ($"已分配到账户 {end.Id}", $"given to account {end.Id}"),
        "Attribution" => ($"已归属文件 {end.Id} ({end.What})", $"laid on file {end.Id} ({end.What})"),
        "Balance" => ($"账户 {end.Id} 资金已补足", $"account {end.Id} has its money again"),
        "Recovery" => ($"追偿 {end.Id} 已了结 ({end.What})", $"recovery {end.Id} has ended ({end.What})"),
        "Journal" => ($"发送日志有此文件 (第 {end.Id} 项)", $"the send journal names the file (item {end.Id})"),
        "Exception" => ($"与异常 {end.Id} ({end.What}) 是同一行, 按该项办理",
            $"the same row as exception {end.Id} ({end.What}): it ends with that one"),
        "Explained" => ($"已由两人凭证说明 ({end.What[..12]}…)",
            $"two people explained it by a document ({end.What[..12]}…)"),
        _ => throw new DefectException($"no words for {end.How}"),
    };

    private static (string Zh, string En) Both(
        string what, Func<string, string, (string Zh, string En)> said)
    {
        var parts = what.Split(' ');
        var (outcome, source) = (Enum.Parse<OutcomeKind>(parts[0]), Enum.Parse<OutcomeSource>(parts[1]));
        return (said(Terms.Of(outcome, true), Terms.Of(source, true)).Zh,
            said(Terms.Of(outcome, false), Terms.Of(source, false)).En);
    }

    private static T Known<T>(Dictionary<long, T> known, long id, Func<T> find) =>
        known.TryGetValue(id, out var row) ? row : known[id] = find();
}
