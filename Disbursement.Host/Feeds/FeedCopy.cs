using System.Text;

namespace Disbursement.Host.Feeds;

/// <summary>
/// A subscriber's copy: a file of lines as they were signed. A line is appended once it is verified to be the next, and
/// flushed before it is acknowledged; what a crash left of a line is taken off again.
/// </summary>
internal sealed class FeedCopy : IDisposable
{
    private readonly FileStream _file;
    private readonly FeedVerifier _verifier;

    private FeedCopy(FileStream file, FeedVerifier verifier) => (_file, _verifier) = (file, verifier);

    /// <summary>The last record it holds.</summary>
    public long Last => _verifier.Last;

    /// <summary>Opens a copy, begun where there is none, alone: a second receiver of one file would mix the two.
    /// </summary>
    /// <param name="wrong">The first line that is wrong, and why; then there is no copy to go on with.</param>
    /// <exception cref="IOException">Another process has it open, or it cannot be written.</exception>
    public static FeedCopy? Open(string path, FeedVerifier verifier, out (long Line, string Why)? wrong)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        wrong = TakeOffTorn(file) ? Check(file, verifier)
            : (1, Engine.Primitives.Bilingual.Of("不是一行批次", "not the line of a batch"));
        if (wrong is null)
        {
            file.Position = file.Length;
            return new FeedCopy(file, verifier);
        }
        file.Dispose();
        return null;
    }

    /// <summary>Holds a file to its keys, line by line.</summary>
    /// <returns>The first wrong line and why, or null. A copy without an end of its last line is wrong there.</returns>
    public static (long Line, string Why)? Check(Stream file, FeedVerifier verifier)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false,
            leaveOpen: true);
        for (var number = 1L; reader.ReadLine() is { } line; number++)
            if (verifier.Take(line, out var why) is var verdict and not FeedVerdict.Next)
                return (number, verdict is FeedVerdict.Repeated
                    ? Engine.Primitives.Bilingual.Of("与前面的一行重复", "the same as a line before it") : why);
        return null;
    }

    /// <summary>Takes a line that came. Once this returns what it holds is on the disk.</summary>
    public FeedVerdict Take(string line, out string why)
    {
        var verdict = _verifier.Take(line, out why);
        if (verdict != FeedVerdict.Next) return verdict;
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush(flushToDisk: true);
        return verdict;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A line without its end was never acknowledged: it comes again.</summary>
    /// <returns>False where what has no end is no line of a batch: the file is somebody else's, and stays.</returns>
    private static bool TakeOffTorn(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
            end--;
        }
        if (end == file.Length) return true;
        Span<byte> torn = stackalloc byte[(int)Math.Min(FeedVerifier.Head.Length, file.Length - end)];
        file.Position = end;
        file.ReadExactly(torn);
        if (!FeedVerifier.Head.StartsWith(Encoding.UTF8.GetString(torn), StringComparison.Ordinal)) return false;
        file.SetLength(end);
        file.Flush(flushToDisk: true);
        return true;
    }
}
