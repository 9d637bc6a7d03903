using System.Text;
using Disbursement.BankAdapters.Profiles;

namespace Disbursement.Host.Fuzz;

/// <summary>Counts the records of a text by itself: every line that is one was read or is named by an error.</summary>
internal static class LineRecords
{
    /// <summary>Lines with their numbers from 1, without LF or CR LF.</summary>
    private static IEnumerable<(long Number, byte[] Bytes)> Lines(byte[] bytes)
    {
        var number = 0L;
        for (var at = 0; at < bytes.Length; number++)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var line = bytes[at..(end < 0 ? bytes.Length : end)];
            at = end < 0 ? bytes.Length : end + 1;
            yield return (number + 1, line is [.., (byte)'\r'] ? line[..^1] : line);
        }
    }

    private static bool IsBlank(byte[] line) => line.AsSpan().Trim(" \t"u8).IsEmpty;

    private static string? Lost(IEnumerable<(long Number, byte[] Bytes)> records, FuzzSink sink,
        Func<long, bool> isRefusedBefore)
    {
        HashSet<long> told = [.. sink.Parsed, .. sink.Errors.Select(error => error.Line)];
        var lost = records.FirstOrDefault(line => !told.Contains(line.Number) && !isRefusedBefore(line.Number));
        return lost.Bytes is null ? Twice(sink) : $"line {lost.Number} was neither read nor refused";
    }

    private static string? Twice(FuzzSink sink) =>
        sink.Parsed.Distinct().Count() == sink.Parsed.Count ? null : "a line was read as two records";

    /// <summary>Rows of a layout: all lines but blank ones and those a head, columns or comment record may take.
    /// </summary>
    public static string? OfLayout(FileForm form, byte[] bytes, FuzzSink sink)
    {
        var encoding = Encoding.GetEncoding(form.Charset is "UTF-8" ? "utf-8" : "gb18030");
        var layout = form.Layout!;
        byte[][] starts = [.. layout.Records.Where(r => r.Kind is RecordKind.Head or RecordKind.Tail)
            .Select(r => r.Starts).Append(layout.Comment).Where(s => s.Length > 0).Select(encoding.GetBytes)];
        byte[][] columns = [.. layout.Records.Where(r => r.Kind is RecordKind.Columns)
            .Select(r => encoding.GetBytes(r.Fields[0].Name))];
        var rows = Lines(Unmarked(bytes)).Where(line => !IsBlank(line.Bytes)
            && !starts.Any(start => line.Bytes.AsSpan().StartsWith(start))
            && !columns.Any(name => line.Bytes.AsSpan().IndexOf(name) >= 0));
        return Lost(rows, sink, line => sink.Errors.Any(e => e.Field == "文件头" && e.Line <= line));
    }

    /// <summary>工商银行: rows below the line of columns, which is the fourth, or later behind words on the batch.
    /// </summary>
    public static string? OfBatchPayDetail(FileForm form, byte[] bytes, FuzzSink sink)
    {
        if (!sink.PastHeader) return null; // then an error said why
        var encoding = Encoding.GetEncoding(form.Charset is "UTF-8" ? "utf-8" : "gb18030");
        var lines = Lines(bytes).ToList();
        var columns = 4;
        if (Begins(4, "批次状态")) columns = Begins(5, "银行反馈信息:") ? 6 : 5;
        return Lost(lines.Where(line => line.Number > columns && !IsBlank(line.Bytes)), sink, _ => false);

        bool Begins(int line, string with) => lines.Count >= line
            && encoding.GetString(lines[line - 1].Bytes).Trim().StartsWith(with, StringComparison.Ordinal);
    }

    /// <summary>Entries from the fourth line on; a line beyond all bounds ends the reading, and is told.</summary>
    public static string? OfStatementCsv(byte[] bytes, FuzzSink sink) => !sink.PastHeader ? null
        : Lost(Lines(bytes).Where(line => line.Number > 3 && line.Bytes.Length > 0), sink,
            line => sink.Errors.Any(e => e.Reason.Contains("too long", StringComparison.Ordinal) && e.Line <= line));

    /// <summary>Every :61: of SWIFT; a statement refused for its head is refused with all its entries.</summary>
    public static string? OfSwift(byte[] bytes, FuzzSink sink) =>
        Lost(Lines(bytes).Where(line => line.Bytes.AsSpan().StartsWith(":61:"u8)), sink, line =>
        {
            var head = sink.Errors.Where(e => e.Field is not ":61:" && e.Line <= line)
                .Select(e => e.Line).DefaultIfEmpty(long.MaxValue).Max();
            return !sink.Parsed.Any(parsed => parsed > head && parsed < line) && head <= line;
        });

    private static byte[] Unmarked(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
}
