using System.Buffers;
using System.Buffers.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>One line of the stored payroll: what claims are written from. No name and no identity number.</summary>
public readonly record struct PayrollEntry(int Line, long Worker, long CentiDays, long Minutes, Money Gross,
    Money Deductions, Money Net, Confirmation Confirmation)
{
    public static PayrollEntry Of(PayrollLine line) => new(line.Line, line.Worker, line.CentiDays, line.Minutes,
        line.Gross, line.Deductions.Total, line.Net, line.Confirmation);
}

/// <summary>
/// The canonical document of a checked payroll's lines: <see cref="Format(IReadOnlyList{PayrollEntry})"/> and
/// <see cref="PayrollLineReader"/> are exact inverses, so its bytes can be hashed, stored and compared.
/// </summary>
/// <remarks>
/// ASCII, lines end in \n, fields in one space: line, worker, hundredths of days, minutes, gross fen, deductions fen,
/// net fen,
/// day of confirmation (20260305) or the reason there is none. The last line has the totals; a torn document lacks it.
/// </remarks>
public static class PayrollLines
{
    internal static ReadOnlySpan<byte> Head => "payroll-lines/1\n"u8;
    internal static ReadOnlySpan<byte> Total => "total"u8;

    /// <summary>The document's bytes.</summary>
    public static byte[] Format(IReadOnlyList<PayrollEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + 64 * entries.Count);
        Format(entries, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the document while the entries are read once.</summary>
    public static void Format(IEnumerable<PayrollEntry> entries, IBufferWriter<byte> to)
    {
        to.Write(Head);
        var totals = default(PayrollTotals);
        foreach (var entry in entries)
        {
            Write(to, entry);
            totals = totals.Plus(entry.Gross, entry.Deductions, entry.Net);
        }
        to.Write(Total);
        Field(to, totals.Lines);
        Field(to, totals.Gross.Fen);
        Field(to, totals.Deductions.Fen);
        Field(to, totals.Net.Fen);
        to.Write("\n"u8);
    }

    /// <summary>All entries and totals of a document; false, with the line that is wrong (1 is the head), for any
    /// other bytes.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> document, out List<PayrollEntry> entries, out PayrollTotals totals, out int badLine)
    {
        entries = [];
        var reader = new PayrollLineReader(document);
        while (reader.MoveNext()) entries.Add(reader.Current);
        totals = reader.Totals;
        badLine = reader.BadLine;
        return badLine == 0;
    }

    /// <summary>Root over the lines of a document as they are written, head and totals left out.</summary>
    /// <remarks>One worker's line can be proved by it without showing anyone else's.</remarks>
    public static Hash256 Root(ReadOnlySpan<byte> document)
    {
        var root = new RowsRoot();
        var rest = document[Head.Length..];
        for (var end = rest.IndexOf((byte)'\n'); !rest.StartsWith(Total); end = rest.IndexOf((byte)'\n'))
        {
            root.Add(rest[..end]);
            rest = rest[(end + 1)..];
        }
        return root.Root;
    }

    /// <summary>The code of a missing confirmation in the document.</summary>
    internal static ReadOnlySpan<byte> Code(ConfirmationGap gap) => gap switch
    {
        ConfirmationGap.NotStated => "NOTSTATED"u8,
        ConfirmationGap.Absent => "ABSENT"u8,
        ConfirmationGap.Left => "LEFT"u8,
        ConfirmationGap.Declined => "DECLINED"u8,
        ConfirmationGap.Other => "OTHER"u8,
        _ => throw new DefectException($"a missing confirmation cannot be {gap}"),
    };

    private static void Write(IBufferWriter<byte> to, in PayrollEntry entry)
    {
        Number(to, entry.Line);
        Field(to, entry.Worker);
        Field(to, entry.CentiDays);
        Field(to, entry.Minutes);
        Field(to, entry.Gross.Fen);
        Field(to, entry.Deductions.Fen);
        Field(to, entry.Net.Fen);
        if (entry.Confirmation.On is { } day)
        {
            Field(to, day.Year * 10_000 + day.Month * 100 + day.Day);
        }
        else
        {
            to.Write(" "u8);
            to.Write(Code(entry.Confirmation.Gap));
        }
        to.Write("\n"u8);
    }

    private static void Field(IBufferWriter<byte> to, long number)
    {
        to.Write(" "u8);
        Number(to, number);
    }

    private static void Number(IBufferWriter<byte> to, long number)
    {
        Utf8Formatter.TryFormat(number, to.GetSpan(20), out var written);
        to.Advance(written);
    }
}
