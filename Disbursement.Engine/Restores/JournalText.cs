using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Recalls;

namespace Disbursement.Engine.Restores;

/// <summary>What the send journal says of one sending.</summary>
/// <param name="Kind">Kind of the release: with whose money.</param>
/// <param name="Digest">SHA-256 of the bytes that went, hex.</param>
/// <param name="Sending">The name drawn for this sending and written into the ledger before it: a database without it
/// never knew, however like it what it did since may be.</param>
public sealed record JournalledSend(
    long Ledger, long Account, string Profile, ReleaseKind Kind, string Reference, string Digest, long Lines,
    long TotalFen, string Sending, IReadOnlyList<JournalledClaim> Claims);

/// <summary>
/// A claim by its natural key, so that it is found again in a restored database: project code, credit code, period,
/// component, revision; the worker and the payee account as keyed hashes, hex.
/// </summary>
public sealed record JournalledClaim(string Project, string Employer, string Period, long Component, long Revision,
    string Worker, string Payee, long Fen);

/// <summary>What the journal says of one sending of a recall (撤销).</summary>
/// <param name="File">Our reference of the file called back.</param>
/// <param name="Digest">SHA-256 of the bytes that went, hex.</param>
/// <param name="Rows">The rows called back, with commas between; * is the whole file.</param>
public sealed record JournalledRecall(long Ledger, string Profile, string File, string Reference, string Digest,
    string Rows);

/// <summary>What the send journal says of a batch of card applications that went out. No money hangs on one: a restore
/// holds nothing up for it, and only sees to it that it does not go out again.</summary>
/// <param name="Version">The batch's version as it was set to Sending.</param>
public sealed record JournalledCards(long Ledger, string Profile, string Reference, string Digest, long Lines,
    long Version);

/// <summary>A line of the journal that cannot be taken.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Text">The line itself, cut where it is long: it holds no more of a person than a keyed hash.</param>
public sealed record JournalledLine(long Line, string Text);

/// <summary>The journal as read.</summary>
/// <param name="TornLines">The beginnings of records cut short: they were never sent, for the call waits for the
/// flush.</param>
/// <param name="ForeignLines">Of each whole record in a form this program does not know the first such line: nobody may
/// say what it holds.</param>
public sealed record JournalReading(IReadOnlyList<JournalledSend> Sends, IReadOnlyList<JournalledRecall> Recalls,
    IReadOnlyList<JournalledLine> TornLines, IReadOnlyList<JournalledLine> ForeignLines)
{
    public static readonly JournalReading None = new([], [], [], []);

    /// <summary>Batches of card applications that went out.</summary>
    public IReadOnlyList<JournalledCards> Cards { get; init; } = [];

    public int Torn => TornLines.Count;
    public int Foreign => ForeignLines.Count;
}

/// <summary>
/// The text of the send journal. A record is a "send" line with its "claim" lines, a "recall" line or a "cards" line,
/// and an "end" line with the SHA-256 of what stands before it.
/// </summary>
public static class JournalText
{
    private const string Form = "3";
    private const string RecallForm = "1";
    private static readonly string[] s_beginnings = ["send ", "recall ", "cards "];
    private const int MostShown = 80;

    /// <summary>One record, whole.</summary>
    public static string Format(JournalledSend send)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"send {Form} {send.Ledger} {send.Account} {Escape(send.Profile)} "
            + $"{send.Kind} {send.Reference} {send.Digest} {send.Lines} {send.TotalFen} {send.Sending}\n");
        foreach (var claim in send.Claims)
            text.Append(CultureInfo.InvariantCulture, $"claim {Escape(claim.Project)} {Escape(claim.Employer)} "
                + $"{claim.Period} {claim.Component} {claim.Revision} {claim.Worker} {claim.Payee} {claim.Fen}\n");
        return Ended(text);
    }

    /// <summary>One record of a recall, whole.</summary>
    public static string Format(JournalledRecall recall) => Ended(new StringBuilder().Append(
        CultureInfo.InvariantCulture, $"recall {RecallForm} {recall.Ledger} {Escape(recall.Profile)} {recall.File} "
            + $"{recall.Reference} {recall.Digest} {recall.Rows}\n"));

    private static string Ended(StringBuilder text)
    {
        // Summed before "end " stands in the text: Append is done from left to right.
        var sum = Sum(text.ToString());
        return text.Append("end ").Append(sum).Append('\n').ToString();
    }

    /// <summary>Whether a line begins a record.</summary>
    public static bool Begins(string line) =>
        Array.Exists(s_beginnings, b => line.StartsWith(b, StringComparison.Ordinal));

    /// <summary>The record of a batch of card applications, whole.</summary>
    public static string Format(JournalledCards cards)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"cards 1 {cards.Ledger} {Escape(cards.Profile)} "
            + $"{cards.Reference} {cards.Digest} {cards.Lines} {cards.Version}\n");
        return $"{text}end {Sum(text)}\n";
    }

    /// <summary>Reads any lines. Total: what is no whole record is counted, never an exception.</summary>
    public static JournalReading Read(IEnumerable<string> lines)
    {
        var (sends, recalls) = (new List<JournalledSend>(), new List<JournalledRecall>());
        var (torn, foreign) = (new List<JournalledLine>(), new List<JournalledLine>());
        var record = new List<string>();
        var cards = new List<JournalledCards>();
        var number = 0L;
        foreach (var line in lines)
        {
            if (Begins(line) && record.Count > 0)
            {
                torn.Add(Line(number, record, 0));
                record.Clear();
            }
            number++;
            record.Add(line);
            if (!line.StartsWith("end ", StringComparison.Ordinal)) continue;
            if (!Whole(record)) torn.Add(Line(number, record, 0));
            else if (Cards(record) is { } batch) cards.Add(batch);
            else if (Recall(record) is { } recall) recalls.Add(recall);
            else if (Parse(record, out var wrong) is { } send) sends.Add(send);
            else foreign.Add(Line(number, record, wrong));
            record.Clear();
        }
        if (record.Count > 0) torn.Add(Line(number, record, 0));
        return new JournalReading(sends, recalls, torn, foreign) { Cards = cards };
    }

    /// <summary>A line of the record that ends with line <paramref name="last"/> of the journal.</summary>
    private static JournalledLine Line(long last, List<string> record, int index) =>
        new(last - record.Count + 1 + index,
            record[index].Length > MostShown ? record[index][..MostShown] + "…" : record[index]);

    private static bool Whole(List<string> record) =>
        record[^1] == "end " + Sum(string.Concat(record.Take(record.Count - 1).Select(l => l + "\n")));

    private static JournalledCards? Cards(List<string> record) =>
        record.Count == 2 && record[0].Split(' ') is ["cards", "1", var ledger, var profile, var reference, var digest,
            var lines, var version] && Number(ledger, out var l) && Number(lines, out var n)
            && Number(version, out var v) ? new(l, Unescape(profile), reference, digest, n, v) : null;

    /// <param name="wrong">Index of the line that cannot be read; 0 also where the head's figures are not those of the
    /// claims.</param>
    private static JournalledSend? Parse(List<string> record, out int wrong)
    {
        wrong = 0;
        var head = record[0].Split(' ');
        if (head is not ["send", Form, _, _, _, _, _, _, _, _, _]) return null;
        if (!Number(head[2], out var ledger) || !Number(head[3], out var account)
            || !Enum.TryParse<ReleaseKind>(head[5], out var kind) || !Number(head[8], out var lines)
            || !Number(head[9], out var total) || head[10].Length == 0 || !Hex(head[10])) return null;
        var claims = record.Skip(1).SkipLast(1).Select(Claim).ToList();
        wrong = claims.IndexOf(null) + 1;
        return wrong > 0 || claims.Count != lines || claims.Sum(c => c!.Fen) != total ? null
            : new JournalledSend(ledger, account, Unescape(head[4]), kind, head[6], head[7], lines, total, head[10],
                claims!);
    }

    private static JournalledRecall? Recall(List<string> record)
    {
        var head = record[0].Split(' ');
        return record.Count == 2 && head is ["recall", RecallForm, _, _, _, _, _, _] && Number(head[2], out var ledger)
            && Hex(head[6]) && RecalledRows.TryParse(head[7], out _, out _)
            ? new JournalledRecall(ledger, Unescape(head[3]), head[4], head[5], head[6], head[7]) : null;
    }

    private static JournalledClaim? Claim(string line)
    {
        var cells = line.Split(' ');
        return cells is ["claim", _, _, { Length: 21 }, _, _, _, _, _] && Number(cells[4], out var component)
            && Number(cells[5], out var revision) && Number(cells[8], out var fen) && Hex(cells[6]) && Hex(cells[7])
            ? new JournalledClaim(Unescape(cells[1]), Unescape(cells[2]), cells[3], component, revision, cells[6],
                cells[7], fen)
            : null;
    }

    // A blank parts the cells and a line end the lines; both can stand in a project's code.
    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace(" ", "%20", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal);

    private static string Unescape(string text) => text.Replace("%0D", "\r", StringComparison.Ordinal)
        .Replace("%0A", "\n", StringComparison.Ordinal).Replace("%20", " ", StringComparison.Ordinal)
        .Replace("%25", "%", StringComparison.Ordinal);

    private static bool Hex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigitLower);

    private static bool Number(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
