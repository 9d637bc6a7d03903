namespace Disbursement.Host.Fuzz;

/// <summary>Records deleted, repeated and exchanged: lines, elements, objects, or pieces of a fixed length.</summary>
internal static class RecordMutation
{
    public static byte[] Of(byte[] bytes, Chance chance)
    {
        var (first, second) = (Record(bytes, chance), Record(bytes, chance));
        var record = bytes[first];
        var at = first.Start.Value;
        switch (chance.Below(5))
        {
            case 0: return Mutations.Splice(bytes, at, record.Length, []);
            case 1: return Mutations.Splice(bytes, at, 0, record);
            case 2 when chance.OneIn(4):
                return Mutations.Splice(bytes, at, 0, Repeated(record, 2 + chance.Below(60)));
            case 3: // put elsewhere
                return Mutations.Splice(bytes, second.Start.Value, 0, record);
            default: // exchanged, where they do not overlap
                if (at > second.Start.Value) (first, second, at) = (second, first, second.Start.Value);
                if (first.End.Value > second.Start.Value) return Mutations.Splice(bytes, at, record.Length, []);
                return [.. bytes[..at], .. bytes[second], .. bytes[first.End.Value..second.Start.Value],
                    .. bytes[first], .. bytes[second.End.Value..]];
        }
    }

    /// <summary>A record of the other beside one of the first, or in its place.</summary>
    public static byte[] Joined(byte[] bytes, byte[] other, Chance chance)
    {
        if (bytes.Length == 0 || other.Length == 0) return bytes;
        var (place, record) = (Record(bytes, chance), Record(other, chance));
        var replaced = chance.OneIn(2) ? place.End.Value - place.Start.Value : 0;
        return Mutations.Splice(bytes, place.Start.Value, replaced, other[record]);
    }

    private static byte[] Repeated(byte[] record, int times)
    {
        var result = new byte[record.Length * times];
        for (var i = 0; i < times; i++) record.CopyTo(result, i * record.Length);
        return result;
    }

    private static Range Record(byte[] bytes, Chance chance)
    {
        var at = Mutations.Place(bytes.Length, chance);
        if (Mutations.IsMarkup(bytes)) return MarkupMutation.Element(bytes, at);
        if (Mutations.IsObject(bytes)) return Object(bytes, at);
        if (bytes.AsSpan().Count((byte)'\n') < 2)
        {
            // Fixed records: their length is nobody's to know here, so any piece will do.
            return at..Math.Min(at + 1 + chance.Below(160), bytes.Length);
        }
        var begin = bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var end = bytes.AsSpan(begin).IndexOf((byte)'\n');
        return begin..(end < 0 ? bytes.Length : begin + end + 1);
    }

    /// <summary>The innermost object around that byte or behind it, with the comma behind it.</summary>
    private static Range Object(ReadOnlySpan<byte> bytes, int at)
    {
        var begin = bytes[..(at + 1)].LastIndexOf((byte)'{');
        if (begin < 0) return at..(at + 1);
        var depth = 0;
        for (var i = begin; i < bytes.Length; i++)
        {
            if (bytes[i] == '{') depth++;
            if (bytes[i] != '}' || --depth > 0) continue;
            return begin..(i + 1 < bytes.Length && bytes[i + 1] == ',' ? i + 2 : i + 1);
        }
        return begin..bytes.Length;
    }
}
