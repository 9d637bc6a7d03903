using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Disbursement.Host.Intake;

/// <summary>Finds out how the text of a file is encoded: it must be all UTF-8 or all GB18030.</summary>
internal static class SheetEncoding
{
    private const int BlockBytes = 1 << 16;

    public static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback)!;

    /// <summary>The encoding, or null with the offset of the byte that fits neither.</summary>
    /// <remarks>UTF-8 is tried first: Chinese text in GB18030 is next to never valid UTF-8, while the reverse is
    /// common.</remarks>
    public static Encoding? Find(SheetSource source, out long badOffset)
    {
        badOffset = Utf8Ends(source);
        if (badOffset < 0) return Encoding.UTF8;
        if (HasUtf8Mark(source)) return null;
        var gb = Gb18030Ends(source);
        if (gb < 0) return Gb18030;
        // The encoding that went farther is the likelier one, so its first bad byte is the one worth looking at.
        badOffset = Math.Max(badOffset, gb);
        return null;
    }

    /// <summary>
    /// A byte order mark of UTF-16, or zeros in every second byte of the beginning, as Latin letters and separators
    /// have them: no text of a sheet holds a zero.
    /// </summary>
    public static bool IsUtf16(SheetSource source)
    {
        using var stream = source.Open();
        Span<byte> start = stackalloc byte[512];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return true;
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i++)
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        return even + odd > 0 && (even == 0 || odd == 0);
    }

    /// <summary>Row (from 1) and cell of the row (from 1) that a byte stands in, by line ends, commas and quotes alone.
    /// </summary>
    /// <remarks>In GB18030 the second byte of a character is never a line end, comma or quote.</remarks>
    public static (long Row, long Cell) CellAt(SheetSource source, long offset)
    {
        using var stream = new BufferedStream(source.Open(), BlockBytes);
        var (row, cell, quoted) = (1L, 1L, false);
        for (var at = 0L; at < offset && stream.ReadByte() is >= 0 and var next; at++)
        {
            if (next == '"') quoted = !quoted;
            if (next == '\n') (row, cell) = (row + 1, quoted ? cell : 1);
            else if (next == ',' && !quoted) cell++;
        }
        return (row, cell);
    }

    private static bool HasUtf8Mark(SheetSource source)
    {
        using var stream = source.Open();
        Span<byte> start = stackalloc byte[3];
        return stream.ReadAtLeast(start, 3, throwOnEndOfStream: false) == 3 && start.SequenceEqual("\uFEFF"u8);
    }

    /// <summary>Offset of the first byte that is not UTF-8, or -1.</summary>
    private static long Utf8Ends(SheetSource source)
    {
        using var stream = source.Open();
        var block = new byte[BlockBytes];
        var text = new char[BlockBytes];
        long offset = 0;
        int kept = 0;
        while (true)
        {
            var filled = kept + stream.ReadAtLeast(block.AsSpan(kept), BlockBytes - kept, throwOnEndOfStream: false);
            var last = filled < BlockBytes;
            var status = Utf8.ToUtf16(block.AsSpan(0, filled), text, out var read, out _,
                replaceInvalidSequences: false, last);
            if (status == OperationStatus.InvalidData) return offset + read;
            if (last) return -1;
            kept = filled - read;
            block.AsSpan(read, kept).CopyTo(block);
            offset += read;
        }
    }

    /// <summary>Offset of the first byte that is not GB18030, or -1.</summary>
    private static long Gb18030Ends(SheetSource source)
    {
        using var stream = source.Open();
        var decoder = Gb18030.GetDecoder();
        var block = new byte[BlockBytes];
        var text = new char[Gb18030.GetMaxCharCount(BlockBytes)];
        long offset = 0;
        while (true)
        {
            var filled = stream.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false);
            var last = filled < BlockBytes;
            try
            {
                decoder.GetChars(block.AsSpan(0, filled), text, flush: last);
            }
            catch (DecoderFallbackException bad)
            {
                return Math.Max(0, offset + bad.Index);
            }
            if (last) return -1;
            offset += filled;
        }
    }
}
