using NodaTime;

namespace Disbursement.Engine.Audit;

/// <summary>
/// Reads the text of a leaf line by line, in its fixed order. Total: any bytes give a leaf or a located error.
/// </summary>
internal static class LeafReader
{
    private static readonly string[] Order = ["arg", "input", "output", "rows", "count"];
    private static readonly Leaf Nothing = new("", 0, default, "");

    public static bool Read(ReadOnlySpan<byte> bytes, out Leaf leaf, out string error)
    {
        leaf = Nothing;
        if (bytes.Length > Leaf.MaxBytes) return Fail($"longer than {Leaf.MaxBytes} bytes", out error);
        if (!AuditText.TryUtf8(bytes, out var text)) return Fail("not UTF-8", out error);
        if (!text.EndsWith('\n')) return Fail("the last line does not end", out error);
        var lines = text[..^1].Split('\n');
        if (lines.Length < 5 || lines[0] != Leaf.Header) return Fail($"line 1: not {Leaf.Header}", out error);
        if (!Head(lines, out leaf, out error)) return false;
        return Body(lines, ref leaf, out error);
    }

    private static bool Head(string[] lines, out Leaf leaf, out string error)
    {
        leaf = Nothing;
        if (!Field(lines[1], "ledger ", out var ledger) || !AuditText.IsWord(ledger))
            return Fail("line 2: not a ledger", out error);
        if (!Field(lines[2], "n ", out var number) || !AuditText.TryNumber(number, 1, out var n))
            return Fail("line 3: not a number from 1", out error);
        if (!Field(lines[3], "at ", out var moment) || !Moment(moment, out var at))
            return Fail("line 4: not a UTC time in microseconds", out error);
        if (!Field(lines[4], "decider ", out var decider) || !AuditText.IsWord(decider))
            return Fail("line 5: not a decider", out error);
        leaf = new(ledger, n, at, decider);
        error = "";
        return true;
    }

    private static bool Body(string[] lines, ref Leaf leaf, out string error)
    {
        var arguments = new List<LeafArgument>();
        List<LeafDocument> inputs = [], outputs = [];
        var rows = new List<LeafRows>();
        var counts = new List<LeafCount>();
        var names = new HashSet<(string, string)>();
        var place = 0;
        for (var i = 5; i < lines.Length; i++)
        {
            // At most three cuts: the value of an argument may hold spaces of its own.
            var words = lines[i].Split(' ', 3);
            var kind = Array.IndexOf(Order, words[0]);
            if (kind < place) return Fail($"line {i + 1}: unknown or out of order", out error);
            place = kind;
            if (words.Length < 3 || !AuditText.IsWord(words[1])) return Fail($"line {i + 1}: not a name", out error);
            var repeated = words[0] is not ("input" or "output") && !names.Add((words[0], words[1]));
            if (repeated) return Fail($"line {i + 1}: {words[1]} stands twice", out error);
            var read = words[0] switch
            {
                "arg" => Argument(words, arguments),
                "input" => Document(words, inputs),
                "output" => Document(words, outputs),
                "rows" => Rows(words, rows),
                _ => Count(words, counts),
            };
            if (!read) return Fail($"line {i + 1}: not a value of {words[0]}", out error);
        }
        leaf = leaf with { Arguments = arguments, Inputs = inputs, Outputs = outputs, Rows = rows, Counts = counts };
        error = "";
        return true;
    }

    private static bool Argument(string[] words, List<LeafArgument> to)
    {
        if (!AuditText.TryUnescape(words[2], out var value)) return false;
        to.Add(new(words[1], value));
        return true;
    }

    private static bool Document(string[] words, List<LeafDocument> to)
    {
        if (!Hash256.TryParseHex(words[2], out var digest)) return false;
        to.Add(new(words[1], digest));
        return true;
    }

    private static bool Rows(string[] words, List<LeafRows> to)
    {
        var parts = words[2].Split(' ');
        if (parts.Length != 2 || !AuditText.TryNumber(parts[0], 0, out var count)) return false;
        if (!Hash256.TryParseHex(parts[1], out var root)) return false;
        to.Add(new(words[1], count, root));
        return true;
    }

    private static bool Count(string[] words, List<LeafCount> to)
    {
        if (!AuditText.TryNumber(words[2], long.MinValue, out var value)) return false;
        to.Add(new(words[1], value));
        return true;
    }

    private static bool Moment(string text, out Instant at)
    {
        var parsed = Leaf.TimePattern.Parse(text);
        at = parsed.Success ? parsed.Value : default;
        return parsed.Success && Leaf.TimePattern.Format(at) == text;
    }

    private static bool Field(string line, string name, out string value)
    {
        value = line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";
        return value.Length > 0;
    }

    private static bool Fail(string what, out string error)
    {
        error = what;
        return false;
    }
}
