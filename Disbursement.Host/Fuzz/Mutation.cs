namespace Disbursement.Host.Fuzz;

/// <summary>Changes a message as lines, people and programs do: records, fields and tags, then single bytes.</summary>
internal static class Mutation
{
    private const int LongestInput = 256 * 1024;

    /// <summary>Bytes that mean something to a reader.</summary>
    private static readonly byte[] Special = [.. "<>&|,;:\"'#-?/=\n\r\t \0"u8, 0x1A, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    /// <summary>One to four changes, most often one; the original is left as it is.</summary>
    public static byte[] Of(byte[] original, Chance chance)
    {
        var bytes = original;
        for (var changes = 1 + (chance.OneIn(2) ? chance.Below(4) : 0); changes > 0; changes--)
        {
            bytes = bytes.Length == 0 ? [Special[chance.Below(Special.Length)]] : Change(bytes, chance);
            if (bytes.Length > LongestInput) bytes = bytes[..LongestInput];
        }
        return bytes;
    }

    private static byte[] Change(byte[] bytes, Chance chance) => chance.Below(16) switch
    {
        < 5 => RecordMutation.Of(bytes, chance),
        < 9 => ValueMutation.Of(bytes, chance),
        < 11 => Mutations.IsMarkup(bytes) ? MarkupMutation.Of(bytes, chance) : ValueMutation.Of(bytes, chance),
        < 13 => Text(bytes, chance),
        13 when chance.OneIn(3) => bytes[..chance.Below(bytes.Length)],
        13 => bytes[..Mutations.Place(bytes.Length, chance)],
        _ => Bytes(bytes, chance),
    };

    /// <summary>What breaks a character set: torn pairs, marks, characters no form has.</summary>
    private static byte[] Text(byte[] bytes, Chance chance)
    {
        ReadOnlySpan<byte> with = chance.Below(9) switch
        {
            0 => [0x81],                        // the first half of a GBK pair: takes the separator behind it
            1 => [0x81, 0x7C],                  // a GBK character whose second byte is '|'
            2 => [0x81, 0x30, 0x81, 0x30],      // GB18030 in four bytes
            3 => [0],
            4 => "\uFEFF"u8,
            5 => [0xA3, 0xB1],                  // １ of GBK
            6 => "１"u8,
            7 => "\uFFFD\u2028"u8,
            _ => "𠮷"u8,
        };
        return chance.OneIn(6) ? [.. with, .. bytes]
            : Mutations.Splice(bytes, Mutations.Place(bytes.Length, chance), 0, with);
    }

    private static byte[] Bytes(byte[] bytes, Chance chance)
    {
        var at = Mutations.Place(bytes.Length, chance);
        switch (chance.Below(4))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << chance.Below(8));
                return flipped;
            case 1: return Mutations.Splice(bytes, at, 1 + chance.Below(40), []);
            case 2:
                var piece = bytes.AsSpan(at, Math.Min(1 + chance.Below(200), bytes.Length - at));
                return Mutations.Splice(bytes, Mutations.Place(bytes.Length, chance), 0, piece);
            default: return Mutations.Splice(bytes, at, 0, [Special[chance.Below(Special.Length)]]);
        }
    }
}

/// <summary>Places and cuts, shared by the kinds of mutation.</summary>
internal static class Mutations
{
    /// <summary>Mostly behind the first third: what breaks the head hides everything below it.</summary>
    public static int Place(int length, Chance chance) =>
        chance.OneIn(5) ? chance.Below(length) : length / 3 + chance.Below(length - length / 3);

    /// <summary>The bytes with that many of them replaced.</summary>
    public static byte[] Splice(ReadOnlySpan<byte> bytes, int at, int length, ReadOnlySpan<byte> with)
    {
        length = Math.Min(length, bytes.Length - at);
        var result = new byte[bytes.Length - length + with.Length];
        bytes[..at].CopyTo(result);
        with.CopyTo(result.AsSpan(at));
        bytes[(at + length)..].CopyTo(result.AsSpan(at + with.Length));
        return result;
    }

    public static bool IsMarkup(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8);

    public static bool IsObject(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..];
}
