namespace Disbursement.Host.Fuzz;

/// <summary>Changes one node of a DER tree and writes the lengths around it anew, so that the change is seen by more
/// than the first parser.</summary>
internal static class DerMutation
{
    private const int MostDepth = 12;

    /// <summary>A node: where it begins, where its content does, where it ends, and which nodes it stands in.</summary>
    private sealed record Node(int Begin, int Content, int End, IReadOnlyList<Node> Around);

    public static byte[] Of(byte[] bytes, Chance chance)
    {
        var nodes = new List<Node>();
        Walk(bytes, 0, bytes.Length, [], nodes);
        if (nodes.Count == 0) return Mutation.Of(bytes, chance);
        var (node, other) = (chance.Of(nodes), chance.Of(nodes));
        var (whole, content) = (bytes[node.Begin..node.End], bytes[node.Content..node.End]);
        switch (chance.Below(8))
        {
            case 0: return Put(bytes, node, []);
            case 1: return Put(bytes, node, [.. whole, .. whole]);
            case 2: return Put(bytes, node, bytes[other.Begin..other.End]);
            case 3: return Put(bytes, node, Written(whole[0], []));
            case 4: return Put(bytes, node, Written((byte)chance.Below(256), content));
            case 5:
                var longer = new byte[content.Length + 1 + chance.Below(300)];
                content.CopyTo(longer, 0);
                return Put(bytes, node, Written(whole[0], longer));
            case 6 when node.Content - node.Begin > 1: // a length that is not so
                var lying = (byte[])bytes.Clone();
                lying[node.Begin + 1] = (byte)chance.Below(256);
                return lying;
            default: // one bit of its content: the tree stays whole
                if (content.Length == 0) return Put(bytes, node, [0x05, 0x00]);
                var at = node.Content + chance.Below(content.Length);
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << chance.Below(8));
                return flipped;
        }
    }

    private static void Walk(byte[] bytes, int from, int to, IReadOnlyList<Node> around, List<Node> into)
    {
        while (from + 2 <= to)
        {
            var (content, length) = (from + 2, (long)bytes[from + 1]);
            if (length > 0x84) return;
            if (length >= 0x80)
            {
                var size = (int)length & 0x7F;
                if (size == 0 || content + size > to) return;
                length = 0;
                for (var i = 0; i < size; i++) length = (length << 8) | bytes[content + i];
                content += size;
            }
            if (content + length > to) return;
            var node = new Node(from, content, (int)(content + length), around);
            into.Add(node);
            if ((bytes[from] & 0x20) != 0 && around.Count < MostDepth)
                Walk(bytes, content, node.End, [.. around, node], into);
            from = node.End;
        }
    }

    /// <summary>The tree with other bytes in the node's place.</summary>
    private static byte[] Put(byte[] bytes, Node node, byte[] with)
    {
        var (begin, end, inner) = (node.Begin, node.End, with);
        foreach (var around in node.Around.Reverse())
        {
            byte[] content = [.. bytes[around.Content..begin], .. inner, .. bytes[end..around.End]];
            inner = Written(bytes[around.Begin], content);
            (begin, end) = (around.Begin, around.End);
        }
        return [.. bytes[..begin], .. inner, .. bytes[end..]];
    }

    private static byte[] Written(byte tag, byte[] content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        < 0x100 => [tag, 0x81, (byte)content.Length, .. content],
        _ => [tag, 0x82, (byte)((content.Length >> 8) & 0xFF), (byte)(content.Length & 0xFF), .. content],
    };
}
