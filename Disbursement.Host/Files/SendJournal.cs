using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Files;

namespace Disbursement.Host.Files;

/// <summary>What the journal says of one sending.</summary>
/// <param name="Digest">SHA-256 of the bytes that went, hex.</param>
public sealed record JournalledSend(
    long Ledger, long Account, string Reference, string Digest, long Lines, long TotalFen,
    IReadOnlyList<JournalledClaim> Claims);

/// <summary>
/// A claim by its natural key, so that it is found again in a restored database; the worker as keyed hash.
/// </summary>
public sealed record JournalledClaim(long Project, long Employer, string Period, long Component, long Revision,
    string Worker, long Fen);

/// <summary>The journal as read. A torn record was never sent: the call waits for the flush.</summary>
public sealed record JournalReading(IReadOnlyList<JournalledSend> Sends, int Torn);

/// <summary>
/// An append-only text outside the database of everything that goes to a bank, flushed to disk before the call. It
/// outlives a database restored from an older backup.
/// </summary>
/// <remarks>
/// A record is a "send" line, its "claim" lines, and an "end" line with the SHA-256 of what stands before it. A record
/// without a fitting end is torn.
/// </remarks>
public sealed class SendJournal(string path)
{
    public string Path => path;

    /// <summary>
    /// The proof that a sending is on disk. Only the journal makes it, and no file is handed over without it.
    /// </summary>
    public sealed class Entry
    {
        internal Entry(string reference) => Reference = reference;
        public string Reference { get; }
    }

    /// <summary>
    /// Writes and flushes one record. Another writer at the same moment, or a full disk, is an IOException.
    /// </summary>
    public Entry Append(
        long ledger, DisbursementFileRow file, ReadOnlySpan<byte> body, IReadOnlyList<JournalledClaim> claims)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"send 1 {ledger} {file.Account} {file.Reference} "
            + $"{Convert.ToHexStringLower(SHA256.HashData(body))} {file.Lines} {file.TotalFen}\n");
        foreach (var claim in claims)
            text.Append(CultureInfo.InvariantCulture,
                $"claim {claim.Project} {claim.Employer} {claim.Period} {claim.Component} {claim.Revision} "
                + $"{claim.Worker} {claim.Fen}\n");
        // Summed before "end " stands in the text: Append is done from left to right.
        var sum = Sum(text.ToString());
        text.Append("end ").Append(sum).Append('\n');
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        EndTornLine(stream);
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        stream.Flush(flushToDisk: true);
        return new Entry(file.Reference);
    }

    /// <summary>All records; none where there is no journal yet.</summary>
    public JournalReading Read()
    {
        if (!File.Exists(path)) return new JournalReading([], 0);
        var sends = new List<JournalledSend>();
        var torn = 0;
        var record = new List<string>();
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            if (line.StartsWith("send ", StringComparison.Ordinal) && record.Count > 0)
            {
                torn++;
                record.Clear();
            }
            record.Add(line);
            if (!line.StartsWith("end ", StringComparison.Ordinal)) continue;
            if (Parse(record) is { } send) sends.Add(send);
            else torn++;
            record.Clear();
        }
        return new JournalReading(sends, record.Count > 0 ? torn + 1 : torn);
    }

    /// <summary>
    /// A crash in the middle of a line leaves it without its end: the next record begins on a line of its own.
    /// </summary>
    private static void EndTornLine(FileStream stream)
    {
        if (stream.Length == 0) return;
        stream.Seek(-1, SeekOrigin.End);
        if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
    }

    private static JournalledSend? Parse(List<string> record)
    {
        var before = string.Concat(record.Take(record.Count - 1).Select(l => l + "\n"));
        if (record[^1] != "end " + Sum(before)) return null;
        var head = record[0].Split(' ');
        if (head is not ["send", "1", _, _, _, _, _, _]) return null;
        return new JournalledSend(Number(head[2]), Number(head[3]), head[4], head[5], Number(head[6]), Number(head[7]),
            [.. record.Skip(1).SkipLast(1).Select(l => l.Split(' '))
                .Select(c => new JournalledClaim(
                    Number(c[1]), Number(c[2]), c[3], Number(c[4]), Number(c[5]), c[6], Number(c[7])))]);
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
