using System.Text;

namespace Disbursement.Host.Fuzz;

/// <summary>Tags taken out, put in, renamed and nested; what XML allows beside elements.</summary>
internal static class MarkupMutation
{
    private static readonly string[] Beside =
    [
        "<!-- x -->", "<?x y?>", "<![CDATA[<a>]]>", "&amp;", "&#65;", "&#x10FFFF;", "&#0;", "&x;", "&#55296;",
        "<a/>", "<a></a>", "<a b=\"c\"/>", "<a xmlns=\"urn:x\"/>", "</a>", "<a>", "<x:a/>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">", "<?xml version=\"1.0\"?>",
    ];

    public static byte[] Of(byte[] bytes, Chance chance)
    {
        var place = Mutations.Place(bytes.Length, chance);
        var element = Element(bytes, place);
        var (at, tag) = (element.Start.Value, TagLength(bytes, element.Start.Value));
        switch (chance.Below(8))
        {
            case 0: return Mutations.Splice(bytes, at, tag, []);
            case 1: // nothing left inside
                var name = Name(bytes, at);
                return Mutations.Splice(bytes, at, element.End.Value - at, Encoding.ASCII.GetBytes($"<{name}/>"));
            case 2: return Mutations.Splice(bytes, at + tag, 0, Encoding.UTF8.GetBytes(chance.Of(Beside)));
            case 3: return Mutations.Splice(bytes, place, 0, Encoding.UTF8.GetBytes(chance.Of(Beside)));
            case 4: return Nested(bytes, element, chance);
            case 5: // one letter of a name
                return Mutations.Splice(bytes, Math.Min(at + 1 + chance.Below(6), bytes.Length - 1), 1, "X"u8);
            case 6:
                var space = chance.OneIn(2) ? " Ccy=\"USD\""u8 : " xmlns=\"urn:other\""u8;
                return Mutations.Splice(bytes, at + Math.Max(tag - 1, 0), 0, space);
            default: // its content alone
                var end = element.End.Value;
                var close = bytes.AsSpan(0, end).LastIndexOf((byte)'<');
                return close <= at + tag ? bytes : [.. bytes[..at], .. bytes[(at + tag)..close], .. bytes[end..]];
        }
    }

    /// <summary>The element that begins at that byte or before it, to its end; its tag alone where it has none.
    /// </summary>
    public static Range Element(byte[] bytes, int at)
    {
        while (at > 0 && !Begins(bytes, at)) at--;
        if (!Begins(bytes, at)) return at..(at + 1);
        var end = at + TagLength(bytes, at);
        var name = Encoding.ASCII.GetBytes(Name(bytes, at));
        if (bytes[end - 1] != '>' || bytes[end - 2] == '/') return at..end;
        byte[] open = [(byte)'<', .. name], close = [(byte)'<', (byte)'/', .. name, (byte)'>'];
        for (var (depth, from) = (1, end); ;)
        {
            var next = bytes.AsSpan(from).IndexOf(close);
            if (next < 0) return at..end;
            depth += bytes.AsSpan(from, next).Count(open) - 1;
            from += next + close.Length;
            if (depth <= 0) return at..from;
        }
    }

    private static byte[] Nested(byte[] bytes, Range element, Chance chance)
    {
        var depth = chance.OneIn(6) ? 2000 : 1 + chance.Below(40);
        var name = chance.OneIn(2) ? "n" : Name(bytes, element.Start.Value);
        var (before, after) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < depth; i++)
        {
            before.Append('<').Append(name).Append('>');
            after.Append("</").Append(name).Append('>');
        }
        return [.. bytes[..element.Start.Value], .. Encoding.ASCII.GetBytes(before.ToString()), .. bytes[element],
            .. Encoding.ASCII.GetBytes(after.ToString()), .. bytes[element.End.Value..]];
    }

    private static bool Begins(byte[] bytes, int at) =>
        bytes[at] == '<' && at + 1 < bytes.Length && char.IsAsciiLetter((char)bytes[at + 1]);

    private static int TagLength(byte[] bytes, int at)
    {
        var end = bytes.AsSpan(at).IndexOf((byte)'>');
        return end < 0 ? bytes.Length - at : end + 1;
    }

    private static string Name(byte[] bytes, int at)
    {
        var end = at + 1;
        while (end < bytes.Length
            && (char.IsAsciiLetterOrDigit((char)bytes[end]) || bytes[end] is (byte)'_' or (byte)'.')) end++;
        return end > at + 1 ? Encoding.ASCII.GetString(bytes, at + 1, end - at - 1) : "n";
    }
}
