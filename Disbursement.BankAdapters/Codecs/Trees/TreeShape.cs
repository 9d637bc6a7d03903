using System.Text;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>The paths a layout asks for, as a tree to walk along while a document is read. What no path leads to has no
/// node.</summary>
internal sealed class TreeShape
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public TreeShape(TreeLayout layout)
    {
        foreach (var record in layout.Records)
        {
            if (record.When.Length > 0) Leaf(record.When);
            foreach (var field in record.Fields.Where(field => !RowColumns.IsConstant(field))) Leaf(field.Name);
            if (record.Rows.Length == 0) continue;
            Node(record.Rows).IsRow = true;
            foreach (var field in record.OfRow.Where(field => !RowColumns.IsConstant(field)))
                Leaf($"{record.Rows}/{field.Name}");
        }
    }

    public TreeNode Root { get; } = new("");

    /// <summary>How many texts are kept.</summary>
    public int Slots => _slots.Count;

    /// <summary>Where the text of that path is kept.</summary>
    public int this[string path] => _slots[path];

    /// <summary>The node of a path that the layout asks for.</summary>
    public TreeNode Find(string path) => Node(path);

    private void Leaf(string path)
    {
        if (_slots.TryAdd(path, _slots.Count)) Node(path).Slot = _slots[path];
    }

    private TreeNode Node(string path)
    {
        var node = Root;
        foreach (var name in path.Split('/')) node = node.Add(name.EndsWith("[]", StringComparison.Ordinal)
            ? name[..^2] : name);
        return node;
    }
}

/// <summary>One element or member that a path leads to or through.</summary>
internal sealed class TreeNode(string name)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private readonly List<TreeNode> _children = [];

    /// <summary>Where its text is kept; −1 where none is asked for.</summary>
    public int Slot { get; set; } = -1;

    public bool IsRow { get; set; }

    public TreeNode? Child(ReadOnlySpan<byte> name)
    {
        foreach (var child in _children)
            if (name.SequenceEqual(child._name)) return child;
        return null;
    }

    public TreeNode Add(string name)
    {
        if (Child(Encoding.UTF8.GetBytes(name)) is { } child) return child;
        _children.Add(new(name));
        return _children[^1];
    }
}
