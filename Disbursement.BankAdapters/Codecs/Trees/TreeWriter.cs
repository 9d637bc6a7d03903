using System.Text;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;

namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>Writes one document. Everything but the rows' own texts is bytes before the first row is written.</summary>
internal sealed class TreeWriter
{
    private readonly BankProfile _profile;
    private readonly PaymentPlan _plan;
    private readonly OutboundWriter _file;
    private readonly PlanText _text;
    private readonly TreeRecord _record;
    private readonly bool _isJson, _isFen;
    private readonly List<byte> _head = [], _tail = [], _rowEnd = [];
    private readonly List<Step> _row = [];
    private bool _hasRow;

    /// <param name="question">What is asked, where the document is a question.</param>
    public TreeWriter(BankProfile profile, PaymentPlan plan, TreeLayout tree, OutboundWriter file,
        BankQuestion? question = null)
    {
        (_profile, _plan, _file, _record) = (profile, plan, file, tree.Records[0]);
        (_isJson, _isFen) = (tree.Syntax is TreeSyntax.Json, tree.Amounts is AmountUnit.Fen);
        _text = new(profile, plan, tree.Amounts, question);
        AnswersByPosition = _record.OfRow.Any(field => field.Value is FieldValue.Position);
        if (!_isJson && tree.Declared) Put(_head, $"<?xml version=\"1.0\" encoding=\"{file.Charset.Name}\"?>");
        var run = new Run(_head);
        if (_isJson) Object(OutNode.Of(_record.Fields), run);
        else foreach (var node in OutNode.Of(_record.Fields)) Element(node, run);
    }

    /// <summary>Whether a row says its position instead of our row reference.</summary>
    public bool AnswersByPosition { get; }

    public void Head() => _file.Raw([.. _head]);

    public void Tail() => _file.Raw([.. _tail]);

    public void Row(in CreditInstruction row)
    {
        if (_hasRow && _isJson) _file.Raw(","u8);
        _hasRow = true;
        foreach (var step in _row)
        {
            _file.Raw(step.Always);
            Field(step, row);
        }
        _file.Raw([.. _rowEnd]);
    }

    private void Field(Step step, in CreditInstruction row)
    {
        var field = step.Field;
        if (field is { Value: FieldValue.Amount, Pad: Pad.None })
        {
            _file.Raw(step.Open);
            if (_isFen) _file.Number(row.Amount.Fen);
            else _file.Yuan(row.Amount);
            _file.Raw(step.Close);
            return;
        }
        var text = field.Value switch
        {
            FieldValue.Amount => _text.Amount(row.Amount),
            FieldValue.Position => row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => _text.Of(field, row, fixedWidth: true),
        };
        if (field.Optional && text.Length == 0) return;
        _file.Raw(step.Open);
        Write(_file, row.Row, field, text);
        _file.Raw(step.Close);
    }

    private void Write(OutboundWriter writer, int row, LayoutField field, string text)
    {
        var width = PlanText.WidthOf(field, _profile.Limits);
        if (field.Pad is Pad.None) writer.Text(row, field.Name, text, width);
        else writer.Padded(row, field.Name, text, width, field.Pad is Pad.Left, (byte)field.PadWith[0]);
    }

    /// <summary>An XML element with what is in it.</summary>
    private void Element(OutNode node, Run run)
    {
        if (node.Field is { Value: FieldValue.Rows })
        {
            Rows(node, run, $"<{node.Name}>", $"</{node.Name}>");
            return;
        }
        var attributes = string.Concat(node.Children.Where(child => child.Name[0] == '@')
            .Select(child => $" {child.Name[1..]}=\"{child.Field!.Text}\""));
        if (node.Field is { } field)
        {
            Leaf(field, run, $"<{node.Name}>", $"</{node.Name}>");
            return;
        }
        Put(run.Bytes, $"<{node.Name}{attributes}>");
        foreach (var child in node.Children.Where(child => child.Name[0] != '@')) Element(child, run);
        Put(run.Bytes, $"</{node.Name}>");
    }

    /// <summary>A JSON object with its members.</summary>
    private void Object(IReadOnlyList<OutNode> members, Run run)
    {
        Put(run.Bytes, "{");
        for (var i = 0; i < members.Count; i++)
        {
            var node = members[i];
            var name = $"{(i > 0 ? "," : "")}\"{node.Name}\":";
            if (node.Field is { Value: FieldValue.Rows }) Rows(node, run, name + "[", "]");
            else if (node.Field is { } field)
                Leaf(field, run, name + (field.Bare ? "" : "\""), field.Bare ? "" : "\"");
            else
            {
                Put(run.Bytes, name + (node.IsArray ? "[" : ""));
                Object(node.Children, run);
                if (node.IsArray) Put(run.Bytes, "]");
            }
        }
        Put(run.Bytes, "}");
    }

    /// <summary>What stands before the rows ends, what stands behind them begins.</summary>
    private void Rows(OutNode node, Run run, string before, string behind)
    {
        var row = new Run([]);
        var members = OutNode.Of(_record.OfRow);
        if (_isJson)
        {
            Put(_head, before);
            Object(members, row);
        }
        else
        {
            Put(row.Bytes, before);
            foreach (var member in members) Element(member, row);
            Put(row.Bytes, behind);
        }
        _rowEnd.AddRange(row.Bytes);
        run.Bytes = _tail;
        if (_isJson) Put(_tail, behind);
    }

    private void Leaf(LayoutField field, Run run, string open, string close)
    {
        if (PlanText.IsOfRow(field.Value))
        {
            _row.Add(new([.. run.Bytes], Encoding.ASCII.GetBytes(open), field, Encoding.ASCII.GetBytes(close)));
            run.Bytes.Clear();
            return;
        }
        var text = Constant(field);
        if (field.Optional && text.Length == 0) return;
        Put(run.Bytes, open);
        run.Bytes.AddRange(text);
        Put(run.Bytes, close);
    }

    /// <summary>The bytes of a text that every row has the same; errors are of row 0.</summary>
    private byte[] Constant(LayoutField field)
    {
        using var bytes = new MemoryStream();
        var writer = new OutboundWriter(_profile, _plan, bytes) { Forbidden = _file.Forbidden, Escape = _file.Escape };
        var text = _text.Of(field);
        Write(writer, 0, field, text);
        if (field.Value is FieldValue.ExecutionHour && text.Length == 0)
            writer.Error(0, field.Name, field.Format, "the last of these hours is past on the day of execution");
        foreach (var error in writer.Errors.Where(error => error.Field == field.Name))
            _file.Error(0, error.Field, error.Value, error.Reason);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Names are ASCII: validation holds them to it.</summary>
    private static void Put(List<byte> bytes, string text) => bytes.AddRange(Encoding.ASCII.GetBytes(text));

    /// <summary>Where constant bytes go.</summary>
    private sealed class Run(List<byte> bytes)
    {
        public List<byte> Bytes { get; set; } = bytes;
    }

    /// <summary>Bytes that always stand, then the row's own text between its tags.</summary>
    private readonly record struct Step(byte[] Always, byte[] Open, LayoutField Field, byte[] Close);
}

/// <summary>The fields' paths as a tree, in the order they are first named.</summary>
internal sealed class OutNode(string name)
{
    private readonly List<OutNode> _children = [];

    public string Name { get; } = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
    public bool IsArray { get; } = name.EndsWith("[]", StringComparison.Ordinal);
    public LayoutField? Field { get; private set; }
    public IReadOnlyList<OutNode> Children => _children;

    public static IReadOnlyList<OutNode> Of(IReadOnlyList<LayoutField> fields)
    {
        var root = new OutNode("");
        foreach (var field in fields)
        {
            var node = root;
            foreach (var part in field.Name.Split('/'))
            {
                var child = node._children.Find(other => other.Name == part || other.Name + "[]" == part);
                if (child is null) node._children.Add(child = new(part));
                node = child;
            }
            node.Field = field;
        }
        return root._children;
    }
}
