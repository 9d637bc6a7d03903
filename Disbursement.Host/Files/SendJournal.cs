using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
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
        new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>
    /// Writes and flushes one record. Another writer at the same moment, or a full disk, is an IOException.
    /// </summary>
    public Entry Append(long ledger, DisbursementFileRow file, ReleaseKind kind, ReadOnlySpan<byte> body,
        IReadOnlyList<JournalledClaim> claims)
    {
        Invariant.Holds(claims.Count > 0, "a file has rows");
        var text = JournalText.Format(new JournalledSend(ledger, file.Account, file.Profile, kind, file.Reference,
            Convert.ToHexStringLower(SHA256.HashData(body)), file.Lines, file.TotalFen, file.Version, claims));
        MakeFolder();
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        EndTornLine(stream);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        _seen = stream.Length;
        return new Entry(file.Reference);
    }

    /// <summary>
    /// The newest whole record, where it was not written or looked at through this journal before; null where there
    /// is none. It is read from the end: a journal grows for years.
    /// </summary>
    public JournalledSend? Newest()
    {
        if (!File.Exists(path)) return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == _seen) return null;
        for (var take = Math.Min(stream.Length, 1L << 20); ; take = Math.Min(stream.Length, take * 4))
        {
            stream.Seek(-take, SeekOrigin.End);
            var bytes = new byte[take];
            stream.ReadExactly(bytes);
            var text = Encoding.UTF8.GetString(bytes);
            // Of a part that begins within a record only what follows the next beginning is read.
            var from = take == stream.Length ? 0 : text.IndexOf("\nsend ", StringComparison.Ordinal) + 1;
            if (take < stream.Length && from == 0) continue;
            var reading = JournalText.Read(text[from..].Split('\n', StringSplitOptions.RemoveEmptyEntries));
            if (reading.Sends.Count == 0 && take < stream.Length) continue;
            return reading.Sends.Count == 0 ? null : reading.Sends[^1];
        }
    }

    /// <summary>The database knows what the journal ends with: asked again is free until somebody writes.</summary>
    public void Known() => _seen = File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>All records; none where there is no journal yet.</summary>
    public JournalReading Read() => File.Exists(path)
        ? JournalText.Read(File.ReadLines(path, Encoding.UTF8)) : new JournalReading([], [], []);

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
