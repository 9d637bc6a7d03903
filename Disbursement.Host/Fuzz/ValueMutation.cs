namespace Disbursement.Host.Fuzz;

/// <summary>Fields emptied, lengthened, exchanged, set to values at an edge; separators put in and taken out.</summary>
internal static class ValueMutation
{
    private static readonly byte[] Separators = [.. "|,;\t:<>\"\n\r?/{}[]"u8];

    private static readonly byte[][] Edges =
    [
        .. new[]
        {
            "0", "-1", "+1", "1", "-0.00", "00", ".01", "1.", ".", "1,5", "0.001", "12.345", "1e30", "1E-2", "0x10",
            "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
            "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08", "90000000000000000.00",
            "99999999999999999999999999999999", "9999999999999.99", "999999999999999.99", "9007199254740993",
            "20260230", "00000000", "99991231", "20261301", "2026-02-30", "0000-00-00", "9999-12-31", "260230",
            "991332", "2026-03-13T25:00:00", "NaN", "Infinity", "null", "true", "１２３", "٣", " ", "", "ACSC", "RJCT",
            "PART", "BOOK", "PDNG", "CRDT", "DBIT", "OPBD", "CLBD", "CNY", "USD", "成功", "样例\u0001", "=1+1", "../x",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public static byte[] Of(byte[] bytes, Chance chance)
    {
        var place = Mutations.Place(bytes.Length, chance);
        var field = chance.OneIn(2) ? Digits(bytes, place) : Field(bytes, place);
        var (at, length) = (field.Start.Value, field.End.Value - field.Start.Value);
        switch (chance.Below(10))
        {
            case 0: return Mutations.Splice(bytes, at, length, []);
            case 1: return Mutations.Splice(bytes, at, 0, bytes.AsSpan(field));
            case 2: return Mutations.Splice(bytes, at, 0, Long(bytes.AsSpan(field), chance));
            case 3: return Exchanged(bytes, field, Field(bytes, Mutations.Place(bytes.Length, chance)));
            case 4: return Mutations.Splice(bytes, at, 0, [chance.Of(Separators)]);
            case 5: return Mutations.Splice(bytes, Math.Min(field.End.Value, bytes.Length - 1), 1, []);
            case 6: return Mutations.Splice(bytes, at, length, bytes.AsSpan(Field(bytes, place / 2)));
            case 7 or 8: return Mutations.Splice(bytes, at, length, Filled(chance.Of(Edges), length));
            default: return Mutations.Splice(bytes, at, length, chance.Of(Edges));
        }
    }

    /// <summary>The run of digits, signs and points nearest behind that byte.</summary>
    private static Range Digits(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && !IsDigit(bytes[at])) at++;
        if (at == bytes.Length) return (at - 1)..at;
        var begin = at;
        while (begin > 0 && IsNumeric(bytes[begin - 1])) begin--;
        while (at < bytes.Length && IsNumeric(bytes[at])) at++;
        return begin..at;
    }

    private static Range Field(ReadOnlySpan<byte> bytes, int at)
    {
        var begin = bytes[..at].LastIndexOfAny(Separators) + 1;
        var end = bytes[begin..].IndexOfAny(Separators);
        return begin..(end < 0 ? bytes.Length : begin + end);
    }

    private static byte[] Exchanged(byte[] bytes, Range first, Range second)
    {
        if (first.Start.Value > second.Start.Value) (first, second) = (second, first);
        return first.End.Value > second.Start.Value ? bytes
            : [.. bytes[..first.Start.Value], .. bytes[second], .. bytes[first.End.Value..second.Start.Value],
                .. bytes[first], .. bytes[second.End.Value..]];
    }

    /// <summary>Ten to twenty thousand bytes: beyond every bound of a field and of a line.</summary>
    private static byte[] Long(ReadOnlySpan<byte> field, Chance chance)
    {
        var many = new byte[chance.OneIn(8) ? 20_000 : 10 + chance.Below(400)];
        for (var i = 0; i < many.Length; i++) many[i] = field.IsEmpty ? (byte)'9' : field[i % field.Length];
        return many;
    }

    /// <summary>As long as what it replaces: fixed records keep their length.</summary>
    private static byte[] Filled(byte[] value, int length)
    {
        if (value.Length >= length) return value[^length..];
        var filled = new byte[length];
        Array.Fill(filled, value is [] or [(byte)' '] ? (byte)' ' : (byte)'0');
        value.CopyTo(filled, length - value.Length);
        return filled;
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsNumeric(byte b) => IsDigit(b) || b is (byte)'.' or (byte)'-' or (byte)'+';
}
