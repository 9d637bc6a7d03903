using System.Buffers.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// Reads a stored payroll line by line without copying it. Accepts exactly the bytes <see cref="PayrollLines"/>
/// writes; at any
/// other byte it stops and <see cref="BadLine"/> names the line. Totals count only once the end is reached.
/// </summary>
public ref struct PayrollLineReader
{
    private static readonly ConfirmationGap[] Gaps =
    [
        ConfirmationGap.NotStated, ConfirmationGap.Absent, ConfirmationGap.Left, ConfirmationGap.Declined,
        ConfirmationGap.Other,
    ];

    private ReadOnlySpan<byte> _rest;
    private int _line;
    private bool _ended;

    public PayrollLineReader(ReadOnlySpan<byte> document)
    {
        _rest = document;
        _line = 1;
        if (document.StartsWith(PayrollLines.Head)) _rest = document[PayrollLines.Head.Length..];
        else Fail();
    }

    public PayrollEntry Current { get; private set; }

    /// <summary>Sums of the lines read so far; at the end they equal the declared ones.</summary>
    public PayrollTotals Totals { get; private set; }

    /// <summary>The first line that is not as written by us, or 0.</summary>
    public int BadLine { get; private set; }

    public bool MoveNext()
    {
        if (_ended) return false;
        _line++;
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0) return Fail();
        var text = _rest[..end];
        _rest = _rest[(end + 1)..];
        if (text.StartsWith(PayrollLines.Total)) return End(text[PayrollLines.Total.Length..]);
        if (!TryEntry(text, out var entry) || entry.Line < 1) return Fail();
        Current = entry;
        // Sums of a damaged document may not fit; that is a fault of the document, not of ours.
        if (!Fits(Totals, entry)) return Fail();
        Totals = Totals.Plus(entry.Gross, entry.Deductions, entry.Net);
        return true;
    }

    private bool End(ReadOnlySpan<byte> text)
    {
        var good = Next(ref text, out var lines) & Next(ref text, out var gross) & Next(ref text, out var deductions)
            & Next(ref text, out var net);
        var same = lines == Totals.Lines && gross == Totals.Gross.Fen
            && deductions == Totals.Deductions.Fen && net == Totals.Net.Fen;
        if (!good || !text.IsEmpty || !_rest.IsEmpty || !same) return Fail();
        _ended = true;
        return false;
    }

    private bool Fail()
    {
        BadLine = _line;
        _ended = true;
        return false;
    }

    private static bool TryEntry(ReadOnlySpan<byte> text, out PayrollEntry entry)
    {
        entry = default;
        if (!Number(ref text, out var line) || line > int.MaxValue) return false;
        var good = Next(ref text, out var worker) & Next(ref text, out var days) & Next(ref text, out var minutes)
            & Next(ref text, out var gross) & Next(ref text, out var deductions) & Next(ref text, out var net);
        if (!good || text.Length < 2 || text[0] != ' ') return false;
        if (!TryConfirmation(text[1..], out var confirmation)) return false;
        entry = new PayrollEntry((int)line, worker, days, minutes, new(gross), new(deductions), new(net), confirmation);
        return true;
    }

    private static bool TryConfirmation(ReadOnlySpan<byte> text, out Confirmation confirmation)
    {
        confirmation = default;
        foreach (var gap in Gaps)
        {
            if (!text.SequenceEqual(PayrollLines.Code(gap))) continue;
            confirmation = Confirmation.Missing(gap);
            return true;
        }
        Span<char> digits = stackalloc char[8];
        if (text.Length != 8 || !Utf8Parser.TryParse(text, out int _, out var used) || used != 8) return false;
        for (var i = 0; i < 8; i++) digits[i] = (char)text[i];
        if (!SheetText.TryDate(digits, out var date)) return false;
        confirmation = Confirmation.Given(date);
        return true;
    }

    private static bool Next(ref ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text[0] != ' ') return false;
        text = text[1..];
        return Number(ref text, out number);
    }

    /// <summary>A number as we write it: zero or more, no sign, no leading zero.</summary>
    private static bool Number(ref ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'9') return false;
        if (text[0] == '0' && text.Length > 1 && text[1] is >= (byte)'0' and <= (byte)'9') return false;
        if (!Utf8Parser.TryParse(text, out number, out var used)) return false;
        text = text[used..];
        return true;
    }

    private static bool Fits(PayrollTotals sums, in PayrollEntry entry) =>
        sums.Gross.Fen <= long.MaxValue - entry.Gross.Fen
        && sums.Deductions.Fen <= long.MaxValue - entry.Deductions.Fen && sums.Net.Fen <= long.MaxValue - entry.Net.Fen;
}
