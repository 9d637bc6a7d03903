using System.Globalization;
using System.Text;
using Disbursement.Engine.Audit;

namespace Disbursement.Host.Audit;

/// <summary>The file log.leaves: for each leaf a line "leaf N LENGTH", its stored bytes, and a newline.</summary>
internal static class LeafLog
{
    private const int LongestHeaderBytes = 40;

    /// <summary>Writes the leaf of number n.</summary>
    public static void Write(Stream to, long n, ReadOnlySpan<byte> leaf)
    {
        to.Write(Encoding.ASCII.GetBytes(Header(n, leaf.Length)));
        to.Write(leaf);
        to.WriteByte((byte)'\n');
    }

    /// <summary>
    /// Reads all leaves in order. Null is given once, at the end, where the file is not a log any further.
    /// </summary>
    public static IEnumerable<byte[]?> Read(Stream from)
    {
        for (var n = 1L; ; n++)
        {
            var first = from.ReadByte();
            if (first < 0) yield break;
            var leaf = ReadOne(from, (char)first, n);
            yield return leaf;
            if (leaf is null) yield break;
        }
    }

    private static byte[]? ReadOne(Stream from, char first, long n)
    {
        Span<char> header = stackalloc char[LongestHeaderBytes];
        header[0] = first;
        var length = 1;
        while (header[length - 1] != '\n')
        {
            var next = from.ReadByte();
            if (next < 0 || length == header.Length) return null;
            header[length++] = (char)next;
        }
        var line = header[..length];
        var number = line[(line[..^1].LastIndexOf(' ') + 1)..^1];
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return null;
        if (bytes > Leaf.MaxBytes || !line.SequenceEqual(Header(n, bytes))) return null;
        var leaf = new byte[bytes];
        var whole = from.ReadAtLeast(leaf, bytes, throwOnEndOfStream: false) == bytes;
        return whole && from.ReadByte() == '\n' ? leaf : null;
    }

    private static string Header(long n, int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"leaf {n} {bytes}\n");
}
