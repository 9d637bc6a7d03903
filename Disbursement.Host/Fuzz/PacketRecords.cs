using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Returns;

namespace Disbursement.Host.Fuzz;

/// <summary>Counts the records of a message of fixed packets by itself.</summary>
internal static class PacketRecords
{
    public static string? Trouble(FileLayout layout, byte[] bytes, FuzzSink sink)
    {
        var packet = layout.Records.First(record => record.Kind is RecordKind.Packet).Fields;
        var width = layout.Records.First(record => record.Kind is RecordKind.Row).Fields.Sum(field => field.Width);
        var records = Count(packet, width, bytes);
        if (sink.Parsed.Count > records) return $"{sink.Parsed.Count} rows were read of {records}";
        // A file the bank did not take has no rows to read.
        if (!sink.Heads.Exists(head => head.FileWord is FileWord.Accepted)) return null;
        return sink.Parsed.Count + sink.Errors.Count >= records ? null
            : $"of {records} rows {sink.Parsed.Count} were read and {sink.Errors.Count} refused";
    }

    /// <summary>Whole rows of the packets that follow one another, as far as their heads can be read.</summary>
    private static int Count(IReadOnlyList<LayoutField> packet, int width, byte[] bytes)
    {
        var (count, head) = (0, packet.Sum(field => field.Width));
        for (var at = 0; at + head <= bytes.Length;)
        {
            var (rows, more) = (-1, false);
            foreach (var field in packet)
            {
                var text = bytes.AsSpan(at, field.Width).Trim(" \t\r"u8);
                if (field.Value is FieldValue.MorePackets) more = text.SequenceEqual("1"u8);
                if (field.Value is FieldValue.PacketRows
                    && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read)) rows = read;
                at += field.Width;
            }
            if (rows < 0) return count;
            var whole = Math.Min(rows, (bytes.Length - at) / width);
            (count, at) = (count + whole, at + whole * width);
            if (whole < rows || !more) return count;
        }
        return count;
    }
}
