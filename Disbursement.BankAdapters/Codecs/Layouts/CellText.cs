using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Reads the cells of one form: amounts in its unit with its suffix, days in a field's format.</summary>
internal sealed class CellText
{
    private readonly BankCharset _charset;
    private readonly byte[] _suffix;
    private readonly bool _isFen;

    /// <param name="behind">What must stand behind an amount, e.g. 元.</param>
    public CellText(BankCharset charset, AmountUnit amounts, string behind = "")
    {
        (_charset, _isFen) = (charset, amounts is AmountUnit.Fen);
        var suffix = new byte[charset.RoomFor(behind.Length)];
        _suffix = suffix[..Math.Max(charset.Encode(behind, suffix), 0)];
    }

    /// <summary>The text, or nothing where the bytes are not of the character set.</summary>
    public string Words(ReadOnlySpan<byte> cell) => _charset.TryDecode(cell, out var text) ? text : "";

    public bool Words(ReadOnlySpan<byte> cell, out string text) => _charset.TryDecode(cell, out text);

    /// <summary>An amount, ".01" and "0000000000100.00" among them, none below 0;
    /// fen may have decimals of nothing.</summary>
    public bool Amount(ReadOnlySpan<byte> cell, out Money amount)
    {
        amount = Money.Zero;
        if (_suffix.Length > 0)
        {
            if (!cell.EndsWith(_suffix)) return false;
            cell = cell[..^_suffix.Length];
        }
        if (_isFen) return Fen(cell, out amount);
        Span<char> text = stackalloc char[32];
        if (cell.Length > text.Length) return false;
        for (var i = 0; i < cell.Length; i++) text[i] = (char)cell[i];
        return Money.ParseYuan(text[..cell.Length], out amount) == MoneyText.Valid && amount.Fen >= 0;
    }

    public static bool Count(ReadOnlySpan<byte> cell, out int count) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    /// <summary>A day in the field's format (yyyyMMdd); what stands behind it, a time, is passed over.</summary>
    public static bool Day(ReadOnlySpan<byte> cell, string format, out LocalDate? day)
    {
        var pattern = format.Length > 0 ? format : "yyyyMMdd";
        day = null;
        if (cell.Length < pattern.Length) return false;
        var read = LocalDatePattern.CreateWithInvariantCulture(pattern)
            .Parse(Encoding.ASCII.GetString(cell[..pattern.Length]));
        if (read.Success) day = read.Value;
        return read.Success;
    }

    public static bool IsNumber(ReadOnlySpan<byte> cell) =>
        !cell.IsEmpty && !cell.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool Fen(ReadOnlySpan<byte> cell, out Money amount)
    {
        amount = Money.Zero;
        var dot = cell.IndexOf((byte)'.');
        if (dot >= 0)
        {
            if (cell[(dot + 1)..].ContainsAnyExcept((byte)'0')) return false;
            cell = cell[..dot];
        }
        if (!long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var fen)) return false;
        amount = new(fen);
        return true;
    }
}
