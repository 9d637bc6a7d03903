using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;

namespace Disbursement.Host.Files;

/// <summary>
/// An append-only text outside the database of everything that goes to a bank, flushed to disk before the call. It
/// outlives a database restored from an older backup. Its form is <see cref="JournalText"/>.
/// </summary>
public sealed class SendJournal(string path)
{
    private long _seen = -1;

    public string Path => path;

    /// <summary>How long one host waits for the record that another one writes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The proof that a sending is on disk. Only the journal makes it, and no file is handed over without it.
    /// </summary>
    public sealed class Entry
    {
        internal Entry(string reference) => Reference = reference;
        public string Reference { get; }
    }

    /// <summary>Bytes in it; null where there is no such file.</summary>
    public long? Length => File.Exists(path) ? new FileInfo(path).Length : null;

    /// <summary>
    /// Makes the file where there is none, before the first sending is committed: from then on a journal that is not
    /// there is a journal that was lost.
    /// </summary>
    public void Begin()
    {
        if (File.Exists(path)) return;
        MakeFolder();
        Opened(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>One that cannot be begun cannot be written either: that is told of the sending itself.</summary>
    public void TryBegin()
    {
        try
        {
            Begin();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>
    /// Writes and flushes one record. Another writer at the same moment, or a full disk, is an IOException.
    /// </summary>
    /// <param name="sending">The name the ledger has this sending under.</param>
    public Entry Append(long ledger, DisbursementFileRow file, string sending, ReleaseKind kind,
        ReadOnlySpan<byte> body, IReadOnlyList<JournalledClaim> claims)
    {
        Invariant.Holds(claims.Count > 0, "a file has rows");
        var text = JournalText.Format(new JournalledSend(ledger, file.Account, file.Profile, kind, file.Reference,
            Convert.ToHexStringLower(SHA256.HashData(body)), file.Lines, file.TotalFen, sending, claims));
        return Append(text, file.Reference);
    }

    /// <summary>The same for a recall (撤销) of a file.</summary>
    public Entry Append(long ledger, DisbursementFileRow file, RecallRow recall, ReadOnlySpan<byte> body) =>
        Append(JournalText.Format(new JournalledRecall(ledger, file.Profile, file.Reference, recall.Reference,
            Convert.ToHexStringLower(SHA256.HashData(body)), recall.Rows)), recall.Reference);

    /// <summary>The same of a batch of card applications.</summary>
    public Entry Append(long ledger, CardBatchRow batch, ReadOnlySpan<byte> body) =>
        Append(JournalText.Format(new JournalledCards(ledger, batch.Profile, batch.Reference,
            Convert.ToHexStringLower(SHA256.HashData(body)), batch.Lines, batch.Version)), batch.Reference);

    private Entry Append(string text, string reference)
    {
        MakeFolder();
        using var stream = Opened(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        EndTornLine(stream);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        _seen = stream.Length;
        return new Entry(reference);
    }

    private IEnumerable<string> Lines()
    {
        // Shared with readers alone: a record half written is not read.
        using var reader = new StreamReader(Opened(FileMode.Open, FileAccess.Read, FileShare.Read), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>Another host writes a record of its own for a moment: no reason to leave a file where it is, or to end.
    /// </summary>
    private FileStream Opened(FileMode mode, FileAccess access, FileShare share)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, mode, access, share);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(begun) < Patience)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>
    /// The newest whole records, of files, recalls and batches of cards, where there is one that was not written or
    /// looked at through this journal before. They are read from the end: a journal grows for years. More than the last
    /// one, for two hosts may have written in another order than they committed in.
    /// </summary>
    public JournalReading Newest()
    {
        if (!File.Exists(path)) return JournalReading.None;
        using var stream = Opened(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == _seen) return JournalReading.None;
        for (var take = Math.Min(stream.Length, 1L << 20); ; take = Math.Min(stream.Length, take * 4))
        {
            stream.Seek(-take, SeekOrigin.End);
            var bytes = new byte[take];
            stream.ReadExactly(bytes);
            var text = Encoding.UTF8.GetString(bytes);
            // Of a part that begins within a record only what follows the next beginning is read.
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var reading = JournalText.Read(take == stream.Length ? lines
                : lines.Skip(1).SkipWhile(line => !JournalText.Begins(line)));
            if (reading.Sends.Count + reading.Recalls.Count + reading.Cards.Count > 0 || take == stream.Length)
                return reading;
        }
    }

    /// <summary>The database knows what the journal ends with: asked again is free until somebody writes.</summary>
    public void Known() => _seen = File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>All records; none where there is no journal yet.</summary>
    public JournalReading Read() => File.Exists(path)
        ? JournalText.Read(Lines()) : JournalReading.None;

    private void MakeFolder()
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
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
}
