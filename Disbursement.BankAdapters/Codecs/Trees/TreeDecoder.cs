using System.Text;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>Reads the answer that a tree of the profile describes: paths of the bank's word, of its numbers, and of
/// rows. Layout: specs/layouts.md.</summary>
/// <remarks>Total and streaming: one row is held at a time, and the texts of the head.</remarks>
public sealed class TreeDecoder : IMessageDecoder
{
    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        var form = profile.FormOf(name);
        var tree = form.Tree ?? throw new DefectException($"profile {profile.Id} has no tree");
        ITreeReader reader = tree.Syntax is TreeSyntax.Json ? new JsonTreeReader(input) : new XmlTreeReader(input);
        var token = reader.Read();
        var charset = BankCharset.Named(reader.Declared.Length > 0 ? reader.Declared : form.Charset);
        if (charset is null)
        {
            sink.Error(new(1, "encoding", 0, reader.Declared, "is no character set of this bank"));
            return;
        }
        var head = new AnswerHead(form, tree.Lists, MessageName.Of(name), sink) { RowsSpeak = true };
        var rows = new AnswerRows(profile, charset, new(charset, tree.Amounts), head, sink);
        new TreeAnswer(tree, charset, head, rows, sink).Read(reader, token);
    }
}

/// <summary>One document on its way from tokens to a head and rows.</summary>
internal sealed class TreeAnswer
{
    /// <summary>All texts of one row together.</summary>
    private const int MostRowBytes = 32 * 1024;

    private readonly TreeLayout _tree;
    private readonly TreeShape _shape;
    private readonly BankCharset _charset;
    private readonly AnswerHead _head;
    private readonly AnswerRows _rows;
    private readonly IMessageSink _sink;
    private readonly TreeNode?[] _at = new TreeNode?[ITreeReader.MostDepth + 2];
    private readonly HeadText?[] _texts;
    private readonly Cells _cells;
    private readonly bool[] _isPut;
    private readonly byte[] _row = new byte[MostRowBytes];
    private readonly Dictionary<TreeRecord, RowColumns> _columns = [];
    private int _depth, _rowLength, _rowDepth;
    private long _rowNumber, _rowOffset;
    private string _rowFault = "";
    private TreeRecord? _record;

    public TreeAnswer(TreeLayout tree, BankCharset charset, AnswerHead head, AnswerRows rows, IMessageSink sink)
    {
        (_tree, _charset, _head, _rows, _sink) = (tree, charset, head, rows, sink);
        _shape = new(tree);
        _texts = new HeadText?[_shape.Slots];
        _isPut = new bool[_shape.Slots];
        _cells = new(charset);
        _at[0] = _shape.Root;
        foreach (var record in tree.Records.Where(record => record.Rows.Length > 0))
            _columns[record] = RowColumns.At(record.OfRow, field => _shape[$"{record.Rows}/{field.Name}"],
                _shape.Slots);
    }

    public void Read(ITreeReader reader, TreeToken token)
    {
        for (; token is not (TreeToken.End or TreeToken.Broken); token = reader.Read())
        {
            if (token is TreeToken.Close) Close();
            else
            {
                var node = _at[_depth]?.Child(reader.Name);
                if (token is TreeToken.Open) Open(node, reader);
                else if (node is { Slot: >= 0 }) Take(node.Slot, reader);
            }
        }
        if (token is TreeToken.Broken)
        {
            // What breaks off says nothing of the whole file: its rows were given one by one.
            _sink.Error(new(reader.Line, "文件", reader.Offset, "", reader.Fault));
            return;
        }
        if (Record() is not { } record) Refuse("holds nothing of this form");
        else
        {
            Tell(record);
            if (_rowNumber == 0 && !record.Fields.Any(field => field.Value is FieldValue.FileStatus && IsTold(field)))
                Refuse("holds no row, and no word on the file");
            else _head.End(_rows.IsComplete);
        }
    }

    private void Open(TreeNode? node, ITreeReader reader)
    {
        _at[++_depth] = node;
        if (node is not { IsRow: true } || _rowDepth > 0) return;
        (_rowDepth, _rowLength, _rowOffset, _rowFault) = (_depth, 0, reader.Offset, "");
        _rowNumber++;
        _cells.Begin(_shape.Slots);
        _isPut.AsSpan().Clear();
    }

    private void Close()
    {
        if (_depth == _rowDepth)
        {
            _rowDepth = 0;
            EndRow(_at[_depth]!);
        }
        _depth--;
    }

    private void Take(int slot, ITreeReader reader)
    {
        if (_rowDepth > 0) TakeOfRow(slot, reader);
        else if (_texts[slot] is { } first) _sink.Error(new(1, first.Path, reader.Offset, "", "stands twice"));
        else
        {
            var bytes = new byte[XmlBytes.MostBytes];
            var length = reader.Copy(_charset, bytes);
            _charset.TryDecode(bytes.AsSpan(0, Math.Max(length, 0)), out var text);
            var path = Encoding.UTF8.GetString(reader.Name);
            if (length < 0) _sink.Error(new(reader.Line, path, reader.Offset, "", $"is not {_charset.Name}"));
            _texts[slot] = new(path, text.Trim(), bytes[..Math.Max(length, 0)], reader.Offset);
        }
    }

    private void TakeOfRow(int slot, ITreeReader reader)
    {
        var room = _row.AsSpan(_rowLength);
        var length = room.Length < XmlBytes.MostBytes ? 0 : reader.Copy(_charset, room);
        var name = Encoding.UTF8.GetString(reader.Name);
        if (room.Length < XmlBytes.MostBytes) _rowFault = "the row is too long";
        else if (length < 0) _rowFault = $"{name} is not {_charset.Name}";
        else if (_isPut[slot]) _rowFault = $"{name} stands twice";
        else
        {
            _isPut[slot] = true;
            _cells.Put(slot, _rowLength..(_rowLength + length), (int)(reader.Offset - _rowOffset));
            _rowLength += length;
        }
    }

    private void EndRow(TreeNode node)
    {
        var row = new Record(_rowNumber, _rowOffset, _row.AsSpan(0, _rowLength));
        if (_rowFault.Length > 0) _rows.Refuse(row, "行", _rowFault);
        else if (Record() is not { Rows.Length: > 0 } record || !ReferenceEquals(node, _shape.Find(record.Rows)))
            _rows.Refuse(row, "行", "stands before what tells the form, or where it has none");
        else
        {
            if (_rowNumber == 1) Tell(record);
            _rows.Read(row, _cells, _columns[record]);
        }
    }

    /// <summary>The record the document fits, once enough of it is read.</summary>
    private TreeRecord? Record() => _record ??= _tree.Records.FirstOrDefault(record =>
        record.When.Length == 0 || _texts[_shape[record.When]]?.Text == record.Is);

    /// <summary>Gives what the head says so far; several status words are one.</summary>
    private void Tell(TreeRecord record)
    {
        var words = record.Fields.Where(field => field.Value is FieldValue.FileStatus).ToList();
        if (words.Find(IsTold) is { } word)
        {
            var text = string.Join('/', words.Select(Word).Where(part => part.Length > 0));
            var first = _texts[_shape[word.Name]]!;
            _head.Tell(FieldValue.FileStatus, text, 0, new(1, first.Path, first.Offset, text, ""));
        }
        foreach (var field in record.Fields.Where(field => field.Value is not FieldValue.FileStatus && IsTold(field)))
        {
            var text = _texts[_shape[field.Name]]!;
            _rows.Tell(field, text.Bytes, new(1, text.Path, text.Offset, text.Text, ""));
        }
    }

    private string Word(LayoutField field) =>
        RowColumns.IsConstant(field) ? field.Text : _texts[_shape[field.Name]]?.Text ?? "";

    private bool IsTold(LayoutField field) =>
        !RowColumns.IsConstant(field) && _texts[_shape[field.Name]] is { Text.Length: > 0 };

    private void Refuse(string reason) => _sink.Error(new(1, "文件", 0, "", reason));

    private sealed record HeadText(string Path, string Text, byte[] Bytes, long Offset);
}
